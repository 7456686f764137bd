import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import { bundle } from '../../db/migrations/bundle.ts';
import { openStore } from '../../db/node.ts';
import * as schema from '../../db/schema/index.ts';

const folder = new URL('../../db/migrations/', import.meta.url);
const tables = Object.values(schema)
  .filter((one) => one instanceof SQLiteTable)
  .map((table) => getTableConfig(table));
const { db } = openStore(':memory:');

/** Each index as "unique? name(columns)". */
function indexesOnDisk(table: string): string[] {
  const list = db.all<{ name: string; unique: number; origin: string }>(
    sql`SELECT * FROM pragma_index_list(${table})`,
  );
  return list
    .filter((index) => index.origin === 'c')
    .map((index) => {
      const columns = db.all<{ name: string }>(
        sql`SELECT name FROM pragma_index_info(${index.name}) ORDER BY seqno`,
      );
      return `${index.unique ? 'unique ' : ''}${index.name}(${columns.map((column) => column.name).join(',')})`;
    })
    .sort();
}

describe('the migrations', () => {
  it('are in the bundle as they are in the files: after a change of the schema run npm run db:generate', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
    expect(bundle.map((one) => `${one.tag}.sql`)).toEqual(files.sort());
    for (const one of bundle) {
      const text = readFileSync(new URL(`${one.tag}.sql`, folder), 'utf8');
      expect(one.sql).toBe(text);
      expect(one.hash).toBe(createHash('sha256').update(text).digest('hex').slice(0, 16));
    }
  });

  it('make exactly the tables of the schema', () => {
    const onDisk = db.all<{ name: string }>(
      sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    );
    expect(onDisk.map((row) => row.name).sort()).toEqual(tables.map((table) => table.name).sort());
    expect(tables.length).toBeGreaterThan(20);
  });

  it.each(tables.map((table) => [table.name, table] as const))(
    'make %s as the schema has it',
    (name, table) => {
      const onDisk = db.all<{
        name: string;
        type: string;
        notnull: number;
        pk: number;
        dflt_value: string | null;
      }>(sql`SELECT * FROM pragma_table_info(${name})`);
      const composite = table.primaryKeys[0]?.columns.map((column) => column.name) ?? [];
      const keyPlace = (column: string, primary: boolean) => (primary ? 1 : composite.indexOf(column) + 1);
      expect(
        onDisk.map((column) => [
          column.name,
          column.type.toLowerCase(),
          column.notnull === 1,
          column.pk,
          column.dflt_value !== null,
        ]),
      ).toEqual(
        table.columns.map((column) => [
          column.name,
          column.getSQLType(),
          column.notNull,
          keyPlace(column.name, column.primary),
          column.default !== undefined,
        ]),
      );
      const wanted = table.indexes.map(({ config }) => {
        const columns = config.columns.map((column) => ('name' in column ? column.name : 'expression'));
        return `${config.unique ? 'unique ' : ''}${config.name}(${columns.join(',')})`;
      });
      expect(indexesOnDisk(name)).toEqual(wanted.sort());
    },
  );
});
