import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export interface PlaygroundServer {
  base: string;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** Builds, starts the bundle as `npm start` does, without credentials, on a free port, and waits for its address. */
export async function startPlayground(): Promise<PlaygroundServer> {
  execFileSync(process.execPath, ['build.mjs'], { cwd: ROOT });
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(FEISHU|DINGTALK)_|^(ADMINS|SECRET_KEY|DATABASE_PATH)$/.test(name),
    ),
  );
  const child = spawn(process.execPath, ['dist/main.node.js'], {
    cwd: ROOT,
    env: { ...env, PORT: String(await freePort()), HOST: '127.0.0.1' },
  });
  const base = await address(child);
  return {
    base,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', (code) => resolve(code));
        child.kill('SIGTERM');
      }),
  };
}

/** Known before the start, for links in the room name it. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const at = probe.address();
      probe.close(() => resolve(typeof at === 'object' && at ? at.port : 0));
    });
  });
}

function address(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const url = said.match(/http:\/\/[\d.]+:\d+/)?.[0];
      if (url) resolve(url);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`the playground stopped (${code}): ${said}`)));
  });
}
