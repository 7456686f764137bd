import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Ask } from './preload.entry.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Built {
  folder: string;
  remove(): void;
}

/** The server's bundle, made as build.mjs makes it, in a folder from where its packages are found. */
export async function buildServer(): Promise<Built> {
  const caches = join(root, 'node_modules/.cache');
  mkdirSync(caches, { recursive: true });
  const folder = mkdtempSync(join(caches, 'faults-'));
  await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'src/main.node.ts', out: 'main.node' },
      { in: 'test/faults/preload.entry.ts', out: 'preload' },
    ],
    outdir: folder,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** One life of the server process. */
export interface Life {
  readonly pid: number;
  /** Puts the process's clock `offset` ms from the machine's. */
  clock(offset: number): Promise<void>;
  /** Answers of the server's own connection to a PRAGMA. */
  pragma(text: string): Promise<unknown[]>;
  kill(): Promise<void>;
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>;
  /** Ended, or being killed: nothing more can be asked of it. */
  gone(): boolean;
  /** How it ended, once it has. */
  ended(): { code: number | null; signal: string | null } | undefined;
  /** What it wrote to stdout and stderr. */
  output(): string;
}

export interface LifeOptions {
  built: Built;
  port: number;
  path: string;
  secret: string;
  /** FEISHU_*. */
  env: Record<string, string>;
  clockOffset: number;
}

/** Starts the process and resolves when it listens; rejects with its output if it ends instead. */
export async function startLife(options: LifeOptions): Promise<Life> {
  const child = spawn(
    process.execPath,
    ['--import', join(options.built.folder, 'preload.mjs'), join(options.built.folder, 'main.node.mjs')],
    {
      cwd: options.built.folder,
      env: {
        PATH: process.env.PATH ?? '',
        TZ: 'Asia/Shanghai',
        HOST: '127.0.0.1',
        PORT: String(options.port),
        DATABASE_PATH: options.path,
        SECRET_KEY: options.secret,
        LOG_LEVEL: 'warn',
        CLOCK_OFFSET: String(options.clockOffset),
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  child.setMaxListeners(0);
  let output = '';
  let ended: { code: number | null; signal: string | null } | undefined;
  child.on('exit', (code, signal) => {
    ended = { code, signal };
  });
  const read = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  const exit = once(child, 'exit');
  let killed = false;
  const asks = createAsks(child);
  await listening(child, () => output);
  return {
    pid: child.pid ?? 0,
    clock: async (offset) => void (await asks((id) => ({ id, clock: offset }))),
    pragma: (text) => asks((id) => ({ id, pragma: text })),
    async kill() {
      killed = true;
      child.kill('SIGKILL');
      await exit;
    },
    async stop() {
      child.kill('SIGTERM');
      await exit;
      return ended?.code ?? null;
    },
    gone: () => killed || ended !== undefined,
    ended: () => ended,
    output: () => output,
  };
}

function createAsks(child: ChildProcess) {
  const waiting = new Map<number, (values: unknown[]) => void>();
  let next = 0;
  child.on('message', (answer: { id: number; values: unknown[] }) => {
    waiting.get(answer.id)?.(answer.values);
    waiting.delete(answer.id);
  });
  return (make: (id: number) => Ask): Promise<unknown[]> =>
    new Promise((resolve, reject) => {
      next += 1;
      waiting.set(next, resolve);
      child.once('exit', () => reject(new Error('the server ended while it was asked')));
      child.send(make(next), (error) => {
        if (error) reject(error);
      });
    });
}

function listening(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (output().includes('连心助手已启动')) resolve();
    };
    child.stdout?.on('data', look);
    child.once('exit', (code) =>
      reject(new Error(`the server ended with ${code} at its start:\n${output()}`)),
    );
  });
}

/** A port that is free now; the server comes back on the same one after each kill. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
  const address = probe.address();
  await new Promise<void>((done) => probe.close(() => done()));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
