import type { IssueAct, IssueFacts, State } from '../../src/domain/issue-types.ts';
import type { issue } from '../schema/index.ts';
import type { Session } from './session.ts';

type Columns = typeof issue.$inferSelect;

/** As SQLite gives it. */
export type IssueRow = Omit<Columns, 'complaint'> & { complaint: 0 | 1 };

/** 线下转办 or 转交: whom, and the number they gave. */
export interface Outside {
  whom: string;
  number: string | null;
}

/** A matter; what is sealed of it is opened when it is looked at. */
export interface Issue
  extends Omit<
      Columns,
      | 'placeSealed'
      | 'personSealed'
      | 'wordsSealed'
      | 'resultSealed'
      | 'outsideSealed'
      | 'alternatives'
      | 'former'
      | 'returned'
      | 'subjects'
    >,
    Pick<IssueFacts, 'former' | 'returned'> {
  place: string | null;
  person: string | null;
  words: string;
  result: string | null;
  outside: Outside | null;
  alternatives: string[];
  subjects: number[];
}

export interface NewIssue extends IssueFacts {
  orgId: number;
  year: number;
  householdId: number | null;
  visitId: number | null;
  building: string;
  place: string | null;
  person: string | null;
  words: string;
  alternatives: readonly string[];
  subjects: readonly number[];
  complaint: boolean;
  now: number;
}

export interface IssueStepRow {
  id: number;
  act: IssueAct;
  from: State;
  to: State;
  actorId: number | null;
  at: number;
  data: Record<string, unknown>;
}

/** The facts among an issue's columns. */
export function factsOf(from: Issue): IssueFacts {
  return {
    state: from.state,
    grade: from.grade,
    topic: from.topic,
    loggerId: from.loggerId,
    ownerId: from.ownerId,
    triageOrgId: from.triageOrgId,
    deciderId: from.deciderId,
    handlerId: from.handlerId,
    handlerOrgId: from.handlerOrgId,
    former: from.former,
    returned: from.returned,
    stepAt: from.stepAt,
    dueAt: from.dueAt,
    promisedDay: from.promisedDay,
    toldAt: from.toldAt,
    laterDay: from.laterDay,
    closeKind: from.closeKind,
    askerId: from.askerId,
    satisfaction: from.satisfaction,
    signedAt: from.signedAt,
    rework: from.rework,
    thirdPath: from.thirdPath,
    closedAt: from.closedAt,
  };
}

function once<T>(read: () => T): () => T {
  let known: { value: T } | undefined;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
}

/** Sealing and opening of what decision 28 names; null stays null. */
export function issueRows({ vault }: Session) {
  const seal = (text: string | null): string | null => (text === null ? null : vault.seal(text));
  const sealJson = (value: unknown): string | null =>
    value === null || value === undefined ? null : vault.seal(JSON.stringify(value));
  const open = (text: string | null): string | null => (text === null ? null : vault.open(text));
  const openJson = <T>(text: string | null): T | null =>
    text === null ? null : (JSON.parse(vault.open(text)) as T);

  /** Most presses look at two of the five sealed texts, and at those several times. */
  function opened(row: IssueRow): Issue {
    const { placeSealed, personSealed, wordsSealed, resultSealed, outsideSealed, ...rest } = row;
    const place = once(() => open(placeSealed));
    const person = once(() => open(personSealed));
    const words = once(() => vault.open(wordsSealed));
    const result = once(() => open(resultSealed));
    const outside = once(() => openJson<Outside>(outsideSealed));
    return {
      ...rest,
      get place() {
        return place();
      },
      get person() {
        return person();
      },
      get words() {
        return words();
      },
      get result() {
        return result();
      },
      get outside() {
        return outside();
      },
      complaint: row.complaint === 1,
      alternatives: JSON.parse(row.alternatives) as string[],
      former: JSON.parse(row.former) as number[],
      returned: JSON.parse(row.returned) as string[],
      subjects: JSON.parse(row.subjects) as number[],
    };
  }
  return { seal, sealJson, openJson, opened };
}
