import { DurableObject } from 'cloudflare:workers';
import { openDurableStore } from '../../db/durable-object.ts';
import { storeCases } from '../contract/store.contract.ts';

interface Env {
  CASES: { idFromName(name: string): unknown; get(id: unknown): { fetch(url: string): Promise<Response> } };
}

/** One object a case, so that each case has a fresh database, as on Node. */
export class CaseObject extends DurableObject {
  override async fetch(request: Request): Promise<Response> {
    const one = storeCases[Number(new URL(request.url).pathname.slice(1))];
    try {
      if (!one) throw new Error('no such case');
      one.run(openDurableStore(this.ctx.storage));
      return Response.json({ error: null });
    } catch (error) {
      return Response.json({
        error: error instanceof Error ? `${error.message}\n${error.stack}` : String(error),
      });
    }
  }
}

/** Answers `/3` with what case 3 said: `{"error": null}` when it held. */
const worker = {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url);
    return env.CASES.get(env.CASES.idFromName(pathname)).fetch(`http://case${pathname}`);
  },
};

// biome-ignore lint/style/noDefaultExport: the Workers runtime asks for it
export default worker;
