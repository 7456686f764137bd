import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A workbook that needs more is no roster, MB. */
const MEMORY = 1024;
const PATIENCE = 10 * 60_000;
/** Output that is kept, characters: a report names each bad row. */
const MOST = 4_000_000;

export interface ImportChild {
  /** The command line's bundle; the one beside this bundle where absent. */
  script?: string;
  /** An office of the directory. */
  office?: string;
  /** The server's own where absent. */
  env?: NodeJS.ProcessEnv;
}

/**
 * Imports a roster file somebody sent by running `lianxin import` on it: reading a workbook and checking 20,000 rows
 * block for seconds and may take a gigabyte, which must not happen where messages are answered (decision 41). The bytes
 * go through a pipe and never to the disk. Resolves with what the command has said; rejects when it may go better later.
 */
export function importByChild(options: ImportChild = {}) {
  const script = options.script ?? fileURLToPath(new URL('./lianxin.js', import.meta.url));
  return async ({ name, bytes }: { name: string; bytes: Uint8Array }): Promise<string[]> => {
    const args = ['import', '-', '--chat', '--name', name];
    if (options.office !== undefined) args.push('--office', options.office);
    const child = spawn(process.execPath, [`--max-old-space-size=${MEMORY}`, script, ...args], {
      env: options.env,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (said.length < MOST) said += chunk;
    });
    // A child that has ended does not read on; its exit says what became of it.
    child.stdin.on('error', () => undefined).end(bytes);
    try {
      const [code] = (await once(child, 'close')) as [number | null];
      const lines = said.split('\n').filter((line) => line !== '');
      if (code === 0 || code === 2) return lines;
      throw new Error(`import ended with ${code}`);
    } finally {
      clearTimeout(timer);
    }
  };
}
