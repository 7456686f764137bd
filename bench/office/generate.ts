import type { Queries } from '../../db/queries/index.ts';
import type { Session } from '../../db/queries/session.ts';
import type { Store } from '../../db/store.ts';
import { writeDelivery } from './delivery.ts';
import { writeHouseholds } from './households.ts';
import { writeIssues } from './issues.ts';
import { writePeople } from './people.ts';
import { createRandom, type Random } from './random.ts';
import type { Size } from './size.ts';
import { writeVisits } from './visits.ts';

/** What every part of the generator writes with. */
export interface Writing extends Pick<Session, 'db' | 'vault'> {
  q: Queries;
  size: Size;
  random: Random;
  /** The office's present, epoch ms: everything lies in the year before it. */
  now: number;
  connection: string;
  /** Writes in slices of one transaction each. */
  each<T>(items: Iterable<T>, write: (item: T) => void): void;
}

export interface Branch {
  id: number;
  communityId: number;
  /** The bound group's row and its id on the platform. */
  chatId: number;
  externalId: string;
  members: Person[];
}

export interface Person {
  id: number;
  name: string;
  externalId: string;
  pointId: number;
}

export interface Home {
  id: number;
  communityId: number;
  address: string;
  building: string;
  head: string;
}

/** What was written, for those who then speak in it. */
export interface Generated {
  branches: Branch[];
  /** By community. */
  homes: Map<number, Home[]>;
}

export interface GenerateInput extends Pick<Session, 'db' | 'vault'> {
  q: Queries;
  store: Store;
  size: Size;
  now: number;
  connection: string;
  seed?: number;
}

const SLICE = 5_000;

/** Fills an empty office of this size through the house's own queries, sealed fields and audit chain included; the same rows for the same seed. */
export function generate(input: GenerateInput): Generated {
  const { store, seed = 1, ...rest } = input;
  const writing: Writing = {
    ...rest,
    random: createRandom(seed),
    each<T>(items: Iterable<T>, write: (item: T) => void) {
      let slice: T[] = [];
      const flush = (): void => {
        const rows = slice;
        slice = [];
        store.transaction(() => {
          for (const row of rows) write(row);
        });
      };
      for (const item of items) {
        slice.push(item);
        if (slice.length >= SLICE) flush();
      }
      flush();
    },
  };
  const branches = writePeople(writing);
  const homes = writeHouseholds(writing, branches);
  const generated = { branches, homes };
  writeVisits(writing, generated);
  writeIssues(writing, generated);
  writeDelivery(writing, generated);
  return generated;
}
