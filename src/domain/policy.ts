/**
 * A policy is data (domain.md "One policy engine"): a dated set of clauses, each with its source and, where it asks
 * something countable, an obligation = unit × count × period × distinctness × cohort × make-up.
 * An office adopts a policy by copying it as its own (decision 29): the copy is stored as JSON and read by parsePolicy.
 */
import { z } from 'zod';
import { isDay } from '../lib/day.ts';
import { PER } from './period.ts';

export const MODES = ['home', 'phone', 'message', 'meeting'] as const;
export type Mode = (typeof MODES)[number];

/** 次, 天, 户 …: what one of the counted things is called on a card. */
export const UNIT_WORDS = {
  visits: '次',
  days: '天',
  households: '户',
  pairings: '户',
  lessons: '次',
  reports: '次',
} as const;
export type Unit = keyof typeof UNIT_WORDS;

const count = z.number().int().min(1);
const day = z.string().refine(isDay, '日期要写成2027-01-01这样');

const cohortSchema = z.strictObject({
  /** the cohort as the clause prints it: 重点选派党员 */
  name: z.string().min(1),
  /** other names under which a roster lists the same people */
  aliases: z.array(z.string().min(1)).default([]),
  /**
   * list: who is listed under the name, by 人员类别, role or rank; where an office keeps no 人员类别 at all, the link
   * that the clause is about is the evidence. link: whoever has that link, listed or not.
   */
  by: z.enum(['list', 'link']).default('list'),
});

const obligationSchema = z
  .strictObject({
    /** null = left blank in the document (S3-140): it must be filled in at adoption */
    count: count.nullable(),
    /** quota by rank (S3-109…115): rank, role or 人员类别 → count; wins over `count` */
    byRank: z.record(z.string(), count).optional(),
    unit: z.enum(Object.keys(UNIT_WORDS) as [Unit, ...Unit[]]),
    per: z.enum(PER),
    /** dates of a campaign; without them it runs as long as the adoption, at most to the end of its first year */
    campaign: z.strictObject({ from: day, to: day }).optional(),
    distinct: z.enum(['none', 'days', 'households']).default('none'),
    /** the count is owed once, or once for each link */
    each: z.enum(['member', 'pairedHousehold', 'contactPoint']).default('member'),
    target: z.enum(['pairedHousehold', 'contactPoint', 'any']).default('any'),
    /** what is counted: 'visit', 'lesson' (S4-20), 'report' (S3-119) … */
    activity: z.string().min(1).default('visit'),
    /** modes that count; left out = any */
    modes: z.array(z.enum(MODES)).min(1).optional(),
    /** 未遇 never counts, and is never held against anyone (decision 30) */
    outcome: z.literal('met').default('met'),
    /** further modes that make up for what was missed, with the rule that says so (S4-30) */
    makeUp: z.strictObject({ modes: z.array(z.enum(MODES)).min(1), rule: z.string() }).optional(),
    strength: z.enum(['原则上', '应当']).default('应当'),
    /** org: the organisation arranges it (S2-39); no member is ever reminded of it */
    bearer: z.enum(['member', 'org']).default('member'),
  })
  .refine((o) => o.unit !== 'days' || o.distinct === 'days', '按天计的，要按不同的天数算')
  .refine((o) => o.unit !== 'households' || o.distinct === 'households', '按户计的，要按不同的户算')
  .refine((o) => o.each === 'member' || o.each === o.target, '逐户逐点计的，对象要一致')
  .refine((o) => o.campaign === undefined || o.per === 'campaign', '只有专项活动写起止日期');

const clauseSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** rule id of the seed list (S4-28) or, for an office's own policy, any mark of its own */
  rule: z.string().min(1),
  /** where it stands, as printed: 四、2 */
  place: z.string().min(1),
  /** verbatim from the document; several parts are joined by …… */
  quote: z.array(z.string().min(1)).min(1),
  title: z.string().min(1),
  cohort: cohortSchema,
  obligation: obligationSchema.optional(),
  /** share of a roster (S2-36): at least so many per cent of `of` are in the cohort */
  share: z.strictObject({ of: cohortSchema, percent: z.number().min(1).max(100) }).optional(),
});

export const policySchema = z
  .strictObject({
    system: z.string().regex(/^[a-z][a-z0-9-]*$/),
    title: z.string().min(1),
    /** 发文机关 and 文号; null where the document at hand does not print them */
    issuer: z.string().min(1).nullable(),
    docNo: z.string().min(1).nullable(),
    clauses: z.array(clauseSchema).min(1),
  })
  .refine((p) => new Set(p.clauses.map((c) => c.id)).size === p.clauses.length, '条款编号重复');

export type Policy = z.output<typeof policySchema>;
/** What one writes: everything with a default may be left out. */
export type PolicyInput = z.input<typeof policySchema>;
export type Clause = Policy['clauses'][number];
export type Obligation = z.output<typeof obligationSchema>;
export type Cohort = Clause['cohort'];

/** Reads a stored or uploaded policy; throws a ZodError that names the field. */
export function parsePolicy(input: unknown): Policy {
  return policySchema.parse(input);
}

/** What an office may write over when it adopts (decision 29: 文号、发文机关、dates, numbers). */
export type PolicyOverrides = {
  title?: string;
  issuer?: string | null;
  docNo?: string | null;
  /** by clause id: a count, or counts by rank */
  counts?: Readonly<Record<string, number | Record<string, number>>>;
};

/** The office's own copy. Throws a ZodError for an impossible number; unknown clause ids are an error too. */
export function adoptPolicy(base: Policy, own: PolicyOverrides = {}): Policy {
  const { counts = {}, ...head } = own;
  const unknown = Object.keys(counts).filter((id) => !base.clauses.some((c) => c.id === id && c.obligation));
  if (unknown.length > 0) throw new Error(`no such quota: ${unknown.join(', ')}`);
  const clauses = base.clauses.map((clause) => {
    const wanted = counts[clause.id];
    if (wanted === undefined || clause.obligation === undefined) return clause;
    const numbers = typeof wanted === 'number' ? { count: wanted, byRank: undefined } : { byRank: wanted };
    return { ...clause, obligation: { ...clause.obligation, ...numbers } };
  });
  return parsePolicy({ ...base, ...head, clauses });
}

/** Clauses whose number the document leaves blank: until it is filled in, nobody owes them (S3-140). */
export function blankClauses(policy: Policy): Clause[] {
  return policy.clauses.filter(
    ({ obligation }) => obligation && obligation.count === null && obligation.byRank === undefined,
  );
}

const FULL_WIDTH: Readonly<Record<string, string>> = {
  ',': '，',
  ':': '：',
  ';': '；',
  '(': '（',
  ')': '）',
};

/** The words of a clause as a card shows them: verbatim, the scan's half-width punctuation set right. */
export function quoteText(clause: Clause): string {
  return fullWidth(clause.quote.join('……'));
}

/** The answer to 依据哪一条: 《党员干部联系点制度》四、2“党员干部原则上每月到联系点两次……”. */
export function citation(policy: Pick<Policy, 'title'>, clause: Clause): string {
  return `《${policy.title}》${fullWidth(clause.place)}“${quoteText(clause)}”`;
}

function fullWidth(text: string): string {
  return text.replace(/[,:;()]/g, (mark) => FULL_WIDTH[mark] ?? mark);
}
