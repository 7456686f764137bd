import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { storeCases } from '../contract/store.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'lianxin-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['a file', (index: number) => join(folder, `${index}.db`)],
  ['memory', () => ':memory:'],
])('store contract on better-sqlite3, %s', (_where, path) => {
  it.each(storeCases.map((one, index) => [one.name, index, one] as const))('%s', (_name, index, one) => {
    const store = openStore(path(index));
    try {
      one.run(store);
    } finally {
      store.close();
    }
  });
});
