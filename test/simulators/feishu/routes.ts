import { appRoutes } from './app.ts';
import { forwardRoute } from './forward.ts';
import { directoryRoutes } from './routes-directory.ts';
import { messageRoutes } from './routes-message.ts';
import type { State } from './state.ts';
import type { Json, JsonObject } from './types.ts';

/** One request, read and matched. */
export interface Call {
  state: State;
  params: Record<string, string>;
  query: URLSearchParams;
  body: JsonObject;
}

export interface Binary {
  type: string;
  name: string;
  bytes: Buffer;
}

export interface Route {
  method: string;
  /** Path with `:name` parts. */
  path: string;
  /** No bearer token wanted. */
  open?: boolean;
  /** Body is not JSON. */
  multipart?: boolean;
  /** Counts against the app's message budget. */
  limited?: boolean;
  /** `data`: wrapped as {code,msg,data}; `bare`: merged beside code and msg; a Binary is sent as it is. */
  answer: 'data' | 'bare' | 'file';
  run(call: Call): Json | Binary;
}

/** All but the long connection's endpoint, which lives with its sockets. */
export const ROUTES: Route[] = [...messageRoutes, forwardRoute, ...directoryRoutes, ...appRoutes];

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
