import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Miniflare } from 'miniflare';
import { openStore } from '../../db/node.ts';
import type { Store } from '../../db/store.ts';
import { createWorld, type World } from '../helpers/world.ts';
import { bundleWorker, type WorkerBundle } from './bundle.ts';

/** The key of `createWorld`, so that the object can read what the world has seeded. */
export const SECRET = 'a secret for tests, long enough …';

const entry = readFileSync(join(import.meta.dirname, 'moved-clock.entry.js'), 'utf8');
/** The clock of the Worker, the object and the test, this far from the machine's. */
const clockModule = (start: number) => `
const real = Date.now;
let ahead = ${start};
globalThis.Date = class extends Date {
  constructor(...args) {
    super(...(args.length === 0 ? [real() + ahead] : args));
  }
  static now() {
    return real() + ahead;
  }
};
export const offset = () => ahead;
export const shift = (to) => {
  ahead = to;
};
`;

/** The Worker in workerd, and what lies in the storage of its objects. */
export interface WorkerHost {
  readonly bundle: WorkerBundle;
  /** Starts it, or starts it again over the same storage; the simulator of `world` then pushes to it. */
  start(settings?: Record<string, string>): Promise<Miniflare>;
  /** As a crash would: workerd is killed. */
  stop(): Promise<void>;
  /** The running one. */
  running(): Miniflare;
  /** The file of an object, by the object's name. */
  file(name: string): Promise<string>;
  /** Puts a database where the object of that name will find it. */
  seed(name: string, from: string): Promise<void>;
  /** Looks into an object's storage from outside, beside the running Worker too. */
  look<T>(file: string, see: (store: Store) => T): T;
  /** Time passes for Worker, object and alarms alike (epoch ms); resolves to the instant the alarm was armed for. */
  moveTo(name: string, at: number): Promise<number | null>;
  /** The object loses its memory in the middle of whatever it does; the Worker stays up. */
  reset(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface WorkerHostOptions {
  /** What the Worker's clock shows at its first start (epoch ms). */
  at?: number;
  bindings?: () => Record<string, string>;
  /** Is told the address at every start. */
  onStart?: (url: URL) => void;
  /** Give it the directory of many offices. */
  directory?: boolean;
  /** Is told what workerd writes to stdout and stderr; without it, that goes where the test's own goes. */
  onOutput?: (text: string) => void;
}

interface Handles {
  moveClock(offset: number): Promise<number | null>;
  reset(): Promise<void>;
}

export function createWorkerHost(options: WorkerHostOptions): WorkerHost {
  const folder = mkdtempSync(join(tmpdir(), 'lianxin-worker-'));
  const bundle = bundleWorker(join(folder, 'bundle'));
  let offset = options.at === undefined ? 0 : options.at - Date.now();
  let worker: Miniflare | undefined;

  const running = (): Miniflare => {
    if (!worker) throw new Error('the Worker is not running');
    return worker;
  };
  const objects = () => running().getDurableObjectNamespace('OFFICE');
  const handles = async (name: string): Promise<Handles> => {
    const namespace = await objects();
    return namespace.get(namespace.idFromName(name)) as unknown as Handles;
  };
  const { onOutput } = options;

  const host: WorkerHost = {
    bundle,
    running,
    async start(settings = {}) {
      await host.stop();
      worker = new Miniflare({
        name: 'lianxin',
        modules: [
          { type: 'ESModule', path: 'entry.js', contents: entry },
          { type: 'ESModule', path: 'clock.js', contents: clockModule(offset) },
          { type: 'ESModule', path: 'main.worker.js', contents: bundle.script },
        ],
        compatibilityDate: '2026-04-01',
        compatibilityFlags: ['nodejs_compat'],
        durableObjects: { OFFICE: { className: 'OfficeObject', useSQLite: true } },
        durableObjectsPersist: join(folder, 'objects'),
        ...(options.directory ? { kvNamespaces: ['DIRECTORY'], kvPersist: join(folder, 'kv') } : {}),
        ...(onOutput && {
          handleRuntimeStdio(...streams: Readable[]) {
            for (const stream of streams) stream.on('data', (chunk: Buffer) => onOutput(chunk.toString()));
          },
        }),
        bindings: { SECRET_KEY: SECRET, LOG_LEVEL: 'silent', ...options.bindings?.(), ...settings },
      });
      options.onStart?.(await worker.ready);
      return worker;
    },
    async stop() {
      await worker?.dispose();
      worker = undefined;
    },
    async file(name) {
      const id = (await objects()).idFromName(name).toString();
      return join(folder, 'objects', 'lianxin-OfficeObject', `${id}.sqlite`);
    },
    async seed(name, from) {
      const to = await host.file(name);
      mkdirSync(join(to, '..'), { recursive: true });
      copyFileSync(from, to);
    },
    look(file, see) {
      const store = openStore(file, { readonly: true });
      try {
        return see(store);
      } finally {
        store.close();
      }
    },
    async moveTo(name, at) {
      offset = at - Date.now();
      return (await handles(name)).moveClock(offset);
    },
    async reset(name) {
      // The call itself breaks off as well.
      await (await handles(name)).reset().catch(() => undefined);
    },
    async close() {
      await host.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return host;
}

/** One office with the people of `createWorld`, served by its object instead of Node. */
export async function openWorkerWorld(at: number): Promise<{ world: World; host: WorkerHost; file: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'lianxin-seed-'));
  const seed = join(folder, 'seed.db');
  const world = await createWorld({ at, path: seed });
  world.household('3号楼502', '张某', '石小红');
  await world.office.stop();
  world.store.close();
  const host = createWorkerHost({
    at,
    bindings: () => world.sim.env(),
    onStart: (url) => world.sim.connectWebhook({ url: new URL('webhook/feishu', url).href }),
  });
  await host.start();
  const file = await host.file(world.connection);
  await host.seed(world.connection, seed);
  rmSync(folder, { recursive: true, force: true });
  return { world, host, file };
}
