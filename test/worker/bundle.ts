import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface WorkerBundle {
  script: string;
  /** Every source file that went in, from esbuild's own account. */
  inputs: string[];
}

/** Bundles the Worker as a deployment would, with wrangler and its configuration, and deploys nothing. */
export function bundleWorker(outdir: string): WorkerBundle {
  execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/wrangler/bin/wrangler.js'),
      ...['deploy', '--dry-run', '--outdir', outdir, '--metafile', join(outdir, 'meta.json')],
    ],
    {
      cwd: root,
      stdio: 'pipe',
      env: { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG: 'error' },
    },
  );
  const meta = JSON.parse(readFileSync(join(outdir, 'meta.json'), 'utf8')) as {
    inputs: Record<string, unknown>;
  };
  return { script: readFileSync(join(outdir, 'main.worker.js'), 'utf8'), inputs: Object.keys(meta.inputs) };
}
