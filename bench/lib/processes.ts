import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Everything the bench starts ends with it, whatever happens. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The server gets a core of its own where the machine has two and the tool for it. */
export const pinning =
  process.platform === 'linux' && availableParallelism() > 1 && spawnSync('taskset', ['-V']).status === 0;

/** The command that runs node with these arguments on that core, where that can be asked for. */
export function pinned(core: number, args: readonly string[]): [string, string[]] {
  return pinning
    ? ['taskset', ['-c', String(core), process.execPath, ...args]]
    : [process.execPath, [...args]];
}

export const SERVER_CORE = 0;
export const CLIENT_CORE = 1;

export interface Running {
  port: number;
  /** Processor time so far, ms (Linux; elsewhere 0). */
  cpuMs(): number;
  /** Resident memory, MB (Linux; elsewhere 0). */
  memoryMb(): number;
  stop(): Promise<void>;
}

/** Starts a server and waits until it says its port (`port 1234`, or an address that ends in it). */
export async function startServer(
  args: readonly string[],
  options: { core?: number; env?: Record<string, string>; cwd?: string } = {},
): Promise<Running> {
  const [command, rest] = pinned(options.core ?? SERVER_CORE, args);
  const child = spawn(command, rest, {
    cwd: options.cwd,
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', TZ: 'Asia/Shanghai', ...options.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const found = /port (\d+)|127\.0\.0\.1:(\d+)/.exec(said);
      if (found) resolve(Number(found[1] ?? found[2]));
    });
    child.once('exit', (code) =>
      reject(new Error(`${args.join(' ')} ended with ${code} before it listened`)),
    );
  });
  return {
    port,
    cpuMs: () => cpuOf(child.pid ?? 0),
    memoryMb: () => memoryOf(child.pid ?? 0),
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 12_000);
      await ended;
      clearTimeout(late);
      running.delete(child);
    },
  };
}

/** Runs to its end; what it wrote as its last line, as JSON. */
export async function ask<T>(args: readonly string[], core = CLIENT_CORE): Promise<T> {
  const [command, rest] = pinned(core, args);
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  let said = '';
  child.stdout?.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  running.delete(child);
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}`);
  return JSON.parse(said.trim().split('\n').at(-1) ?? 'null') as T;
}

/** Clock ticks a second of /proc; 100 wherever Linux runs today. */
const TICKS = 100;

function cpuOf(pid: number): number {
  const stat = readProc(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 1000) / TICKS;
}

function memoryOf(pid: number): number {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readProc(`/proc/${pid}/status`))?.[1] ?? 0) / 1024);
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Builds the product as it is shipped into a folder below the checkout; gives its start file. */
export function buildProduct(folder: string): string {
  execFileSync(process.execPath, ['build.mjs', folder], { stdio: 'inherit' });
  return `${folder}/main.node.js`;
}
