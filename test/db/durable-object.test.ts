import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeCases } from '../contract/store.contract.ts';

let host: Miniflare;

beforeAll(async () => {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('durable-object.entry.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
  });
  host = new Miniflare({
    modules: true,
    script: bundle.outputFiles[0]?.text ?? '',
    compatibilityDate: '2026-04-01',
    compatibilityFlags: ['nodejs_compat'],
    durableObjects: { CASES: { className: 'CaseObject', useSQLite: true } },
  });
  await host.ready;
});
afterAll(() => host.dispose());

describe('store contract on a Durable Object', () => {
  it.each(storeCases.map((one, index) => [one.name, index] as const))('%s', async (_name, index) => {
    const answer = await host.dispatchFetch(`http://host/${index}`);
    expect(await answer.json()).toEqual({ error: null });
  });
});
