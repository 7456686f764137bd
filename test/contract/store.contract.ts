import assert from 'node:assert/strict';
import { asc } from 'drizzle-orm';
import { setting } from '../../db/schema/index.ts';
import { CommitFailed, type Store } from '../../db/store.ts';
import { put, type StoreCase } from './store-case.ts';
import { migrationCases, valueCases } from './store-values.contract.ts';

const keys = (store: Store) =>
  store.db
    .select({ key: setting.key })
    .from(setting)
    .orderBy(asc(setting.key))
    .all()
    .map((row) => row.key);
const boom = () => {
  throw new Error('boom');
};

const transactions: StoreCase[] = [
  {
    name: 'a transaction gives back its value and keeps its rows',
    run(store) {
      const value = store.transaction(() => {
        put(store, 'a');
        put(store, 'b');
        return 7;
      });
      assert.equal(value, 7);
      assert.deepEqual(keys(store), ['a', 'b']);
    },
  },
  {
    name: 'a throw rolls the whole transaction back and is passed on as it is',
    run(store) {
      const error = new TypeError('mine');
      assert.throws(
        () =>
          store.transaction(() => {
            put(store, 'a');
            throw error;
          }),
        (thrown) => thrown === error,
      );
      assert.deepEqual(keys(store), []);
      store.transaction(() => put(store, 'after'));
      assert.deepEqual(keys(store), ['after']);
    },
  },
  {
    name: 'a transaction inside a transaction is refused, and so is a savepoint outside one',
    run(store) {
      assert.throws(() => store.transaction(() => store.transaction(() => put(store, 'a'))), /already open/);
      assert.throws(() => store.savepoint(() => put(store, 'a')), /needs a transaction/);
      assert.deepEqual(keys(store), []);
    },
  },
  {
    name: 'an async work is refused and leaves nothing',
    run(store) {
      // @ts-expect-error: what the type refuses must fail at run time too
      const asyncWork: () => never = async () => put(store, 'a');
      assert.throws(() => store.transaction(asyncWork), TypeError);
      const outcomes = store.batch([asyncWork, () => put(store, 'b')]);
      assert.deepEqual(
        outcomes.map((outcome) => outcome.ok),
        [false, true],
      );
      assert.deepEqual(keys(store), ['b']);
    },
  },
];

const batches: StoreCase[] = [
  {
    name: 'an empty batch is nothing',
    run(store) {
      assert.deepEqual(store.batch([]), []);
    },
  },
  {
    name: 'a throw in a batch undoes that work alone; the order of the outcomes is that of the works',
    run(store) {
      const outcomes = store.batch([
        () => {
          put(store, 'a');
          return 1;
        },
        () => {
          put(store, 'b');
          return boom();
        },
        () => {
          put(store, 'c');
          return 3;
        },
      ]);
      assert.deepEqual(outcomes[0], { ok: true, value: 1 });
      assert.equal(outcomes[1]?.ok, false);
      assert.deepEqual(outcomes[2], { ok: true, value: 3 });
      assert.deepEqual(keys(store), ['a', 'c']);
    },
  },
  {
    name: 'a later work of a batch sees the rows of an earlier one, and not those undone',
    run(store) {
      const outcomes = store.batch<string[] | undefined>([
        () => {
          put(store, 'kept');
          return undefined;
        },
        () => {
          put(store, 'undone');
          return boom();
        },
        () => keys(store),
      ]);
      assert.deepEqual(outcomes[2], { ok: true, value: ['kept'] });
    },
  },
  {
    name: 'a unique conflict is an outcome of its own work; the next work may use the key',
    run(store) {
      put(store, 'taken', 'first');
      const outcomes = store.batch([
        () => {
          put(store, 'x');
          put(store, 'taken', 'second');
        },
        () => put(store, 'y'),
      ]);
      const [first, second] = outcomes;
      assert.ok(first && !first.ok && !(first.error instanceof CommitFailed));
      assert.match(String(first.error), /UNIQUE/);
      assert.equal(second?.ok, true);
      assert.deepEqual(keys(store), ['taken', 'y']);
    },
  },
  {
    name: 'a savepoint inside a work undoes itself alone when the work catches',
    run(store) {
      const outcomes = store.batch([
        () => {
          put(store, 'a');
          assert.throws(
            () =>
              store.savepoint(() => {
                put(store, 'b');
                store.savepoint(() => put(store, 'c'));
                boom();
              }),
            /boom/,
          );
          store.savepoint(() => put(store, 'd'));
        },
      ]);
      assert.equal(outcomes[0]?.ok, true);
      assert.deepEqual(keys(store), ['a', 'd']);
    },
  },
  {
    name: 'an inner savepoint that was released falls with its outer one, three deep',
    run(store) {
      store.transaction(() => {
        put(store, '1');
        try {
          store.savepoint(() => {
            put(store, '2');
            store.savepoint(() => {
              put(store, '3');
              store.savepoint(() => put(store, '4'));
            });
            boom();
          });
        } catch {
          put(store, '5');
        }
      });
      assert.deepEqual(keys(store), ['1', '5']);
    },
  },
];

/** The whole contract: a suite per host runs each case on a fresh, migrated store of its own. */
export const storeCases: readonly StoreCase[] = [
  ...transactions,
  ...batches,
  ...valueCases,
  ...migrationCases,
];
