import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The two commands as build.mjs makes them, in a folder from where their packages are found. */
export interface Program {
  /** Runs `lianxin <args>` to its end. */
  command(args: string[], env: Record<string, string>): Promise<{ code: number | null; output: string }>;
  /** Starts the server; resolves when it listens, or when it has ended. */
  server(env: Record<string, string>): Promise<Server>;
  remove(): void;
}

export interface Server {
  url: string;
  /** Everything it wrote, log and terminal together. */
  output(): string;
  /** SIGTERM, or what it ended with by itself. */
  stop(): Promise<number | null>;
}

export async function buildProgram(): Promise<Program> {
  const caches = join(root, 'node_modules/.cache');
  mkdirSync(caches, { recursive: true });
  const folder = mkdtempSync(join(caches, 'operations-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'src/main.node.ts', out: 'main' },
      { in: 'src/main.past.ts', out: 'main.past' },
      { in: 'src/main.cli.ts', out: 'command' },
    ],
    outdir: folder,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  const run = (file: string, args: string[], env: Record<string, string>) => {
    const child = spawn(process.execPath, [join(folder, file), ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', TZ: 'Asia/Shanghai', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const heard: (() => void)[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        for (const listener of heard) listener();
      });
    const ended = once(child, 'close') as Promise<[number | null, string | null]>;
    return { child, ended, heard, output: () => output };
  };
  return {
    async command(args, env) {
      const { ended, output } = run('command.js', args, env);
      const [code] = await ended;
      return { code, output: output() };
    },
    async server(env) {
      const { child, ended, heard, output } = run('main.js', [], { HOST: '127.0.0.1', PORT: '0', ...env });
      const address = () => /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0];
      await Promise.race([ended, new Promise<void>((resolve) => heard.push(() => address() && resolve()))]);
      return {
        url: address() ?? '',
        output,
        async stop() {
          child.kill('SIGTERM');
          const [code] = await ended;
          return code;
        },
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
