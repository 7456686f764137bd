// Bundles our own code and the small packages into dist/, for reading some hundred files costs more than running them;
// what is native, or loaded when first needed (the SDK first of all, decision 43), stays a package.
// `npm ci` runs it as `prepare`. The Worker's bundle is made by wrangler.
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
/** `node build.mjs <folder>` builds elsewhere, below this checkout (tests do). */
const out = process.argv[2] ?? 'dist';
/** Those of one bundle share their code. */
const bundles = [
  {
    entries: [
      { in: 'src/main.node.ts', out: 'main.node' },
      { in: 'src/main.past.ts', out: 'main.past' },
    ],
  },
  { entries: [{ in: 'src/main.cli.ts', out: 'lianxin' }], banner: '#!/usr/bin/env node' },
];
/** Files that are served as they are; the code looks for them beside its bundle. */
const assets = [{ from: 'src/web/playground/assets', to: `${out}/assets` }];

rmSync(root + out, { recursive: true, force: true });
mkdirSync(root + out, { recursive: true });
for (const { from, to } of assets) {
  if (existsSync(root + from)) cpSync(root + from, root + to, { recursive: true });
}
const packages = [
  '@larksuiteoapi/node-sdk',
  'better-sqlite3',
  'exceljs',
  'https-proxy-agent',
  'pino',
  'prom-client',
  'ws',
];
/** zod carries its messages in forty languages; ours are Chinese sentences of our own. */
const oneLanguage = {
  name: 'one-language',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /locales\/index\.js$/ }, ({ resolveDir }) =>
      /[\\/]zod[\\/]/.test(resolveDir) ? { path: 'locales', namespace: 'one-language' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'one-language' }, () => ({ contents: 'export {};' }));
  },
};
/**
 * esbuild writes Chinese in strings as `\uXXXX`, but not in regular expressions; and a bundle with one such character
 * takes two bytes for each of its characters in memory, 2 MB. JSX text knows no such escapes and becomes strings anyway.
 */
const plainText = {
  name: 'plain-text',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/](?:src|cards|db)[\\/].*\.ts$/ }, ({ path }) =>
      path.includes('node_modules')
        ? undefined
        : { contents: readFileSync(path, 'utf8').replace(/[^\0-\x7f]/g, escaped), loader: 'ts' },
    );
  },
};
const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
/** Packages of the older kind call `require`. */
const REQUIRE =
  "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

for (const { entries, banner } of bundles) {
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: out,
    bundle: true,
    splitting: true,
    external: packages,
    plugins: [oneLanguage, plainText],
    minifyWhitespace: true,
    minifySyntax: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    legalComments: 'linked',
    banner: { js: [banner, REQUIRE].filter(Boolean).join('\n') },
    logLevel: 'warning',
  });
  for (const entry of entries) chmodSync(`${root}${out}/${entry.out}.js`, 0o755);
}
