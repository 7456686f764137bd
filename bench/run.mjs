// Bundles the benchmark and what it measures into node_modules/.cache/bench, then runs it: `npm run bench [-- suite …]`.
// The peers stay packages of bench/package.json: `npm ci --prefix bench` once before the first run.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = 'node_modules/.cache/bench';
const entries = [
  'main',
  'servers/bare',
  'load/client',
  'load/sink',
  'office/make',
  'suites/growth-run',
  'suites/reader',
];

rmSync(`${root}${out}/js`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: entries.map((entry) => ({ in: `bench/${entry}.ts`, out: entry })),
  outdir: `${out}/js`,
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'linked',
  logLevel: 'warning',
});
const { status } = spawnSync(
  process.execPath,
  ['--enable-source-maps', `${out}/js/main.js`, ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
