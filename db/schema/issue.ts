import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { CloseKind, IssueAct, Satisfaction, State, ThirdPath } from '../../src/domain/issue-types.ts';

/** 诉求: the words are frozen (S3-36); state, handler and clock change only by the table in src/domain/issue.ts. */
export const issue = sqliteTable(
  'issue',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** The branch (or community) it belongs to now; 上报 moves `triageOrgId`, never this. */
    orgId: integer('org_id').notNull(),
    /** Decision 27: per branch and year. */
    year: integer('year').notNull(),
    number: integer('number').notNull(),
    householdId: integer('household_id'),
    visitId: integer('visit_id'),
    building: text('building').notNull(),
    placeSealed: text('place_sealed'),
    personSealed: text('person_sealed'),
    wordsSealed: text('words_sealed').notNull(),
    topic: text('topic').notNull(),
    alternatives: text('alternatives').notNull(),
    grade: text('grade', { enum: ['danger', 'utility', 'ordinary', 'complex'] }).notNull(),
    state: text('state').$type<State>().notNull(),
    /** 首办负责: who received it follows it to the end. */
    loggerId: integer('logger_id').notNull(),
    ownerId: integer('owner_id').notNull(),
    /** Where the decision waits: the org, or an ancestor after 上报. */
    triageOrgId: integer('triage_org_id').notNull(),
    deciderId: integer('decider_id'),
    handlerId: integer('handler_id'),
    handlerOrgId: integer('handler_org_id'),
    /** JSON member ids who handled it before: they neither handle it again nor ask about it. */
    former: text('former').notNull().default('[]'),
    /** JSON `u<org>`/`m<member>` that gave it back once (decision 20). */
    returned: text('returned').notNull().default('[]'),
    /** 线下转办 or 转交: whom, and their number; sealed JSON, for people type telephone numbers here. */
    outsideSealed: text('outside_sealed'),
    /** When the present holder got it. */
    stepAt: integer('step_at').notNull(),
    dueAt: integer('due_at'),
    /** A date told to the resident (decision 35). */
    promisedDay: text('promised_day'),
    toldAt: integer('told_at'),
    /** A later date asked for, not yet agreed; its reason stands in the step. */
    laterDay: text('later_day'),
    closeKind: text('close_kind').$type<CloseKind>(),
    resultSealed: text('result_sealed'),
    askerId: integer('asker_id'),
    satisfaction: text('satisfaction').$type<Satisfaction>(),
    signedAt: integer('signed_at'),
    rework: integer('rework').notNull().default(0),
    /** After a second 不满意 (decision 36). */
    thirdPath: text('third_path').$type<ThirdPath>(),
    /** 投诉: a unit that handles it sees neither who complains nor where (care 11). */
    complaint: integer('complaint', { mode: 'boolean' }).notNull().default(false),
    /** JSON member ids who are the subject of a complaint (care 11). */
    subjects: text('subjects').notNull().default('[]'),
    /** Rises with every step; a button carries it, an old one does nothing but say so. */
    version: integer('version').notNull().default(1),
    createdAt: integer('created_at').notNull(),
    closedAt: integer('closed_at'),
  },
  (t) => [
    uniqueIndex('issue_number').on(t.orgId, t.year, t.number),
    index('issue_by_number').on(t.number),
    index('issue_visit').on(t.visitId),
    index('issue_state').on(t.orgId, t.state),
    index('issue_triage').on(t.triageOrgId, t.state),
    index('issue_handler').on(t.handlerId, t.state),
    index('issue_handler_org').on(t.handlerOrgId, t.state),
    index('issue_owner').on(t.ownerId, t.state),
    index('issue_asker').on(t.askerId, t.state),
    index('issue_due').on(t.state, t.dueAt),
    index('issue_closed').on(t.orgId, t.closedAt),
    index('issue_created').on(t.orgId, t.createdAt),
  ],
);

/** The trace: every step with who, from where to where, and its data (sealed JSON). */
export const issueStep = sqliteTable(
  'issue_step',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    issueId: integer('issue_id').notNull(),
    act: text('act').$type<IssueAct>().notNull(),
    fromState: text('from_state').$type<State>().notNull(),
    toState: text('to_state').$type<State>().notNull(),
    actorId: integer('actor_id'),
    at: integer('at').notNull(),
    dataSealed: text('data_sealed'),
    /** The issue's changed columns before this step, sealed JSON, so that [收回] can restore them. */
    beforeSealed: text('before_sealed'),
    takenBackAt: integer('taken_back_at'),
  },
  (t) => [index('issue_step_issue').on(t.issueId)],
);
