import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { castOf } from '../lib/cast.ts';
import { type Running, startServer } from '../lib/processes.ts';
import { APP, CONNECTION } from '../load/app.ts';
import { makeOffice, SECRET } from '../office/open.ts';
import { FULL, type Size } from '../office/size.ts';

/** Where a run keeps its files; a real disk, for a commit that costs nothing proves nothing. */
export const HOME = 'node_modules/.cache/bench';
export const DATA = `${HOME}/data`;
export const JS = `${HOME}/js`;

/** An office in a new file and the people who will speak in it. */
export function prepareOffice(name: string, size: Size): { path: string; cast: string } {
  mkdirSync(DATA, { recursive: true });
  const path = emptied(name);
  const made = makeOffice(path, size, { connection: CONNECTION, now: Date.now() });
  made.store.close();
  const cast = `${DATA}/${name}.json`;
  writeFileSync(cast, JSON.stringify(castOf(made, 4_000)));
  return { path, cast };
}

/** The full-size office: it takes long to make, so it is kept from run to run; nobody writes into it. */
export function fullOffice(): { path: string; cast: string } {
  const path = `${DATA}/open.db`;
  return existsSync(path) ? { path, cast: `${DATA}/open.json` } : prepareOffice('open', FULL);
}

/** A copy of an office's file to be written into. */
export function ownCopy(from: string, name: string): string {
  const path = emptied(name);
  copyFileSync(from, path);
  return path;
}

function emptied(name: string): string {
  const path = `${DATA}/${name}.db`;
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  return path;
}

/** The shipped product on that file, sending to the sink. */
export function startProduct(start: string, path: string, sinkPort: number): Promise<Running> {
  return startServer([...nodeArguments(), start], {
    env: {
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'fatal',
      DATABASE_PATH: path,
      SECRET_KEY: SECRET,
      FEISHU_APP_ID: APP.id,
      FEISHU_APP_SECRET: APP.secret,
      FEISHU_ENCRYPT_KEY: APP.encryptKey,
      FEISHU_VERIFICATION_TOKEN: APP.token,
      FEISHU_BASE_URL: `http://127.0.0.1:${sinkPort}`,
    },
  });
}

/** `BENCH_NODE="--cpu-prof --cpu-prof-dir=…" npm run bench main -- --quick --only=lianxin` shows where the time goes. */
const nodeArguments = (): string[] => process.env.BENCH_NODE?.split(' ').filter(Boolean) ?? [];
