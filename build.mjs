// Bundles our own code into dist/; packages stay packages, so the SDK is loaded when first needed (decision 43).
// `npm ci` runs it as `prepare`. The Worker's bundle is made by wrangler.
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
/** `node build.mjs <folder>` builds elsewhere, below this checkout (tests do). */
const out = process.argv[2] ?? 'dist';
const entries = [
  { in: 'src/main.node.ts', out: 'main.node' },
  { in: 'src/main.cli.ts', out: 'lianxin', banner: '#!/usr/bin/env node' },
];
/** Files that are served as they are; the code looks for them beside its bundle. */
const assets = [{ from: 'src/web/playground/assets', to: `${out}/assets` }];

rmSync(root + out, { recursive: true, force: true });
mkdirSync(root + out, { recursive: true });
for (const { from, to } of assets) {
  if (existsSync(root + from)) cpSync(root + from, root + to, { recursive: true });
}
for (const entry of entries) {
  if (!existsSync(root + entry.in)) {
    console.log(`build: no ${entry.in}, skipped`);
    continue;
  }
  await build({
    absWorkingDir: root,
    entryPoints: [{ in: entry.in, out: entry.out }],
    outdir: out,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    legalComments: 'none',
    banner: entry.banner ? { js: entry.banner } : {},
    logLevel: 'warning',
  });
  chmodSync(`${root}${out}/${entry.out}.js`, 0o755);
}
