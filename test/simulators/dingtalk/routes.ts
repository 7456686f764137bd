import type { State } from './state.ts';
import type { Json, JsonObject } from './types.ts';

/** One request, read and matched. */
export interface Call {
  state: State;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: JsonObject;
  bytes: Buffer;
}

/** A body that is no JSON, with its own type. */
export interface Binary {
  type: string;
  bytes: Uint8Array;
  status?: number;
}

export interface Route {
  method: string;
  /** Path with `:name` parts. */
  path: string;
  /**
   * `new`: token in a header, errors 4xx. `old`: token in the query, HTTP 200 with errcode. `webhook`: no token,
   * errcode. `open`: no token, errors 4xx. `file`: a stored file.
   */
  family: 'new' | 'old' | 'webhook' | 'open' | 'file';
  /** Exempt from the month's calls (tokens, contacts, 5.9). */
  free?: boolean;
  /** Permission point that it needs. */
  scope?: string;
  multipart?: boolean;
  run(call: Call): Json | Binary;
}

/** The first route that fits, with its path parameters. */
export function matchRoute(
  routes: Route[],
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } | undefined {
  const parts = path.split('/');
  for (const route of routes) {
    const wanted = route.path.split('/');
    if (route.method !== method || wanted.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((part, index) => {
      const given = decodeURIComponent(parts[index] ?? '');
      if (!part.startsWith(':')) return part === given;
      params[part.slice(1)] = given;
      return given !== '';
    });
    if (fits) return { route, params };
  }
  return undefined;
}
