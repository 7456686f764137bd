import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { openStore } from '../../db/node.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { Store } from '../../db/store.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { assembleOffice } from '../../src/office/assemble.ts';
import { castOf } from '../lib/cast.ts';
import { type Running, startServer } from '../lib/processes.ts';
import { createTaker } from '../lib/taker.ts';
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

/**
 * A copy of the full-size office in which every job that is due by now has run and everything is sent: a quiet
 * afternoon, whatever day it is; `prepare` adds what a suite needs. The office itself takes long to make, so it is kept from run to run.
 */
export async function fullOffice(
  name: string,
  prepare: (at: { store: Store; q: Queries }) => void = () => undefined,
): Promise<{ path: string; cast: string }> {
  const full = { path: `${DATA}/open.db`, cast: `${DATA}/open.json` };
  if (!existsSync(full.path)) prepareOffice('open', FULL);
  const path = ownCopy(full.path, name);
  const store = openStore(path);
  const office = assembleOffice({
    store,
    secret: SECRET,
    clock: systemClock,
    platforms: [createTaker()],
    log: silentLog,
  });
  await office.start();
  await office.tick(Date.now(), 60_000);
  prepare({ store, q: office.q });
  await office.stop();
  store.close();
  return { path, cast: full.cast };
}

/** A copy of an office's file to be written into; on disk before it is used, or the first commits would wait for it. */
export function ownCopy(from: string, name: string): string {
  const path = emptied(name);
  copyFileSync(from, path);
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
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
