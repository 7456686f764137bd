import { CommitFailed } from '../db/store.ts';
import { createApp } from './app.ts';
import type { FormPages } from './http/forms.ts';
import { systemClock } from './lib/clock.ts';
import { AppError } from './lib/errors.ts';
import type { PageModel } from './office/page-model.ts';
import type { Delivered, OfficeObject } from './office-object.ts';
import { connectionsOf } from './offices/credentials.ts';
import type { OfficeEntry } from './offices/entry.ts';
import { makePlatforms } from './offices/make-platforms.ts';
import { awake } from './offices/worker-awake.ts';
import { createWorkerOffices, workerHost } from './offices/worker-offices.ts';
import { readWorker, type WorkerEnv } from './offices/worker-settings.ts';
import type { Answer, Inbound } from './platforms/platform.ts';
import { workerLog } from './worker-log.ts';

export { OfficeObject } from './office-object.ts';

type App = ReturnType<typeof createApp>;

/** The binding of `wrangler.toml`: objects by name, with the calls we make. */
interface OfficeBinding {
  idFromName(name: string): unknown;
  get(id: unknown): Pick<OfficeObject, 'deliver' | 'page'>;
}

const isBinding = (value: unknown): value is OfficeBinding =>
  typeof value === 'object' && value !== null && 'idFromName' in value;

/** Composition root 2: verifies and decrypts here, one call to the office's object, nothing kept in between. */
function createWorkerApp(env: WorkerEnv): App {
  const settings = readWorker(env);
  const { config, log } = settings;
  const binding = env.OFFICE;
  if (!isBinding(binding)) throw new AppError('config', { userText: 'wrangler.toml 里缺少 OFFICE 绑定。' });
  const find = settings.directory && createWorkerOffices(settings);
  // The first connection names the object, so a Worker that has begun with DingTalk alone keeps to it (wrangler.toml).
  const [name = ''] = connectionsOf(config);
  return createApp({
    platforms: makePlatforms(config, workerHost(settings)),
    // Its object is named by a connection (`feishu:…`), those of the directory by `o/<id>`: never the same.
    sink: (inbound) => deliver(binding, name, inbound),
    pages: pagesOf(binding, name),
    offices:
      find &&
      (async (id) => {
        const found = await find(id);
        if (!found) return undefined;
        const { platforms, entry } = found;
        const at = `o/${id}`;
        return {
          platforms,
          sink: (inbound) => deliver(binding, at, inbound, entry),
          pages: pagesOf(binding, at, entry),
        };
      }),
    // The object's storage is no connection that could be down: a failing object shows in each answer.
    ready: () => true,
    now: systemClock.now,
    log,
  });
}

/** An object that cannot be reached has nothing on disk either: 503, and the platform pushes again (decision 1). */
async function deliver(
  binding: OfficeBinding,
  name: string,
  inbound: Inbound,
  entry?: OfficeEntry,
): Promise<Answer> {
  let delivered: Delivered;
  try {
    delivered = await binding.get(binding.idFromName(name)).deliver(inbound, entry);
  } catch (cause) {
    throw new CommitFailed(cause);
  }
  if (delivered.kind === 'lost') throw new CommitFailed('the object could not commit');
  if (delivered.kind === 'failed')
    throw new AppError(delivered.code, { userText: '这一步没有办成，请再试一次。' });
  return delivered.answer;
}

/** The signed pages of an object's office. */
function pagesOf(binding: OfficeBinding, name: string, entry?: OfficeEntry): FormPages {
  const page = async (token: string, sent: Record<string, string | string[]> | null): Promise<PageModel> => {
    let model: PageModel | null;
    try {
      model = await binding.get(binding.idFromName(name)).page(token, sent, entry);
    } catch (cause) {
      throw new CommitFailed(cause);
    }
    if (model === null) throw new CommitFailed('the object could not commit');
    return model;
  };
  return { open: (token) => page(token, null), send: page };
}

let app: App | undefined;

/** The Workers runtime asks for a default export with `fetch`. */
const worker = {
  async fetch(
    request: Request,
    env: WorkerEnv,
    context: { waitUntil(work: Promise<unknown>): void },
  ): Promise<Response> {
    try {
      app ??= createWorkerApp(env);
    } catch (error) {
      const reason = error instanceof AppError ? error.userText : String(error);
      workerLog('error').error({ reason }, 'the configuration is wrong');
      return Response.json({ error: 'config' }, { status: 503 });
    }
    const { fetch } = app;
    return awake(context, () => fetch(request, env));
  },
};
export default worker;
