import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Reads each text in a process of its own and counts how many blocks of our code ran, by the engine's own counters: a
 * measure of work that no other program on the machine disturbs. The counters must be on before the code is compiled.
 * What happens inside one call of the engine's own (a pattern, a search) counts as one.
 */
const COUNTER = `
import { Session } from 'node:inspector/promises';
import { readFileSync } from 'node:fs';
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
const { readAll } = await import('./reading.mjs');
const counts = [];
for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
  await session.post('Profiler.takePreciseCoverage');
  readAll(text);
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const ranges = result.filter((each) => each.url.endsWith('reading.mjs')).flatMap((each) => each.functions).flatMap((each) => each.ranges);
  counts.push(ranges.reduce((sum, each) => sum + each.count, 0));
}
process.stdout.write(JSON.stringify(counts));
`;

export async function countSteps(texts: readonly string[]): Promise<number[]> {
  const caches = join(root, 'node_modules/.cache');
  mkdirSync(caches, { recursive: true });
  const folder = mkdtempSync(join(caches, 'steps-'));
  try {
    await build({
      absWorkingDir: root,
      entryPoints: [{ in: 'test/fuzz/reading.entry.ts', out: 'reading' }],
      outdir: folder,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      outExtension: { '.js': '.mjs' },
      logLevel: 'warning',
    });
    writeFileSync(join(folder, 'count.mjs'), COUNTER);
    const counts = execFileSync(process.execPath, [join(folder, 'count.mjs')], {
      input: JSON.stringify(texts),
      encoding: 'utf8',
    });
    return JSON.parse(counts) as number[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
