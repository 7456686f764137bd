import { openStore } from '../../db/node.ts';
import { createQueries } from '../../db/queries/index.ts';
import { causeOf } from '../../src/lib/event-cause.ts';
import { createVault } from '../../src/lib/vault.ts';
import type { HostWorld } from './host-world.ts';
import type { Act } from './load.ts';
import { SECRET } from './seed.ts';

export interface OutboxRow {
  id: number;
  cause: string;
  kind: string;
  target_type: string;
  target_id: string;
  lane: string;
  state: string;
  attempts: number;
  exempt: number;
  not_before: number;
  lease_until: number | null;
  payload: string;
  uuid: string;
  error: string | null;
  sent_message_id: string | null;
}

/** What must hold at any moment, whatever happened: a sentence for each breach. */
export function checkAlways(world: HostWorld, acts: readonly Act[]): string[] {
  return [
    ...checkActs(world, acts),
    ...checkMessages(world),
    ...checkFile(world),
    // A press that a dead server does not answer, and a call that ends in its middle, is what the killing is for; the
    // person sees the client's own error.
    ...world.sim.complaints
      .filter((each) => !/^card answer: 20034[12] |^simulator failed: Error: aborted/.test(each))
      .map((each) => `the platform complains: ${each}`),
  ];
}

/** Exactly once if acknowledged, else all of it or nothing: never half. */
function checkActs(world: HostWorld, acts: readonly Act[]): string[] {
  const { disk } = world;
  const rows = disk
    .prepare<[], { key: string; id: number; status: string }>('select key, id, status from inbox')
    .all();
  const inbox = new Map(rows.map((row) => [row.key, row]));
  const visits = disk.prepare<[string], { id: number; withdrawn_at: number | null }>(
    'select id, withdrawn_at from visit where message_id = ?',
  );
  const visitors = disk.prepare<[number], { n: number }>('select count(*) n from visitor where visit_id = ?');
  const sends = disk.prepare<[string], { target_type: string; payload: string }>(
    "select target_type, payload from outbox where cause = ? and kind = 'send' order by ordinal",
  );
  const audits = disk.prepare<[string, string], { n: number }>(
    'select count(*) n from audit where act = ? and subject = ?',
  );
  const breaches: string[] = [];
  if (inbox.size !== rows.length) breaches.push(`${rows.length - inbox.size} events kept twice`);
  const issues = new Set<number>();
  for (const act of acts) {
    const { key } = act;
    const kept = inbox.get(key);
    const must = act.what === 'undo' ? act.accepted : act.acked();
    const say = (sentence: string) => breaches.push(`${act.what} ${key}: ${sentence}`);
    if (!kept) {
      if (must) say('acknowledged and lost');
      if (act.what !== 'undo' && visits.all(messageOf(key)).length > 0)
        say('not kept, and yet it left something');
      continue;
    }
    const wanted = act.what === 'chatter' ? 'ignored' : 'done';
    if (kept.status !== wanted) say(`kept as ${kept.status}, not ${wanted}`);
    const sent = sends.all(causeOf(kept.id));
    const targets = sent.map((each) => each.target_type);
    if (act.what === 'visit' || act.what === 'private') {
      const [visit, ...more] = visits.all(messageOf(key));
      if (!visit || more.length > 0) say(`${visit ? more.length + 1 : 0} visits`);
      else if (visitors.get(visit.id)?.n !== 1) say('a visit without its visitor');
      const expected = act.what === 'visit' ? 'chat user' : 'user';
      if (targets.toSorted().join(' ') !== expected) say(`answers to ${targets.join(' ') || 'nobody'}`);
    } else if (act.what === 'issue') {
      const ids = new Set(sent.flatMap((each) => issueOf(each.payload)));
      const [id] = ids;
      if (id === undefined || ids.size !== 1) say(`${ids.size} issues`);
      else if (issues.has(id)) say('shares its issue with another line');
      else if (audits.get('issue.report', `issue:${id}`)?.n !== 1) say('an issue without its trace');
      if (id !== undefined) issues.add(id);
    } else if (act.what === 'chatter' && targets.length > 0) say('answered');
  }
  const all = disk.prepare<[], { n: number }>('select count(*) n from issue').get()?.n;
  if (all !== issues.size) breaches.push(`${all} issues in the file, ${issues.size} were reported`);
  const strange = disk
    .prepare<[], { id: number }>(
      `select v.id from visit v where 'msg:' || v.message_id not in (select key from inbox)`,
    )
    .all();
  if (strange.length > 0) breaches.push(`${strange.length} visits that nobody typed`);
  // Numbers stand for events in causes (event-cause.ts); a message whose event is not kept is half of something.
  const orphans = disk
    .prepare<[], { cause: string }>(
      `select cause from outbox where cause like 'in:%'
        and not exists (select 1 from inbox i where i.id = cast(trim(substr(cause, 4), 'abcdefghijklmnop') as integer))`,
    )
    .all();
  if (orphans.length > 0) breaches.push(`messages of no event: ${orphans.map((each) => each.cause).join()}`);
  return breaches;
}

/** Every message of the bot stands once, by its row, in the order of the rows inside chat and lane. */
function checkMessages(world: HostWorld): string[] {
  const breaches: string[] = [];
  const rows = rowsOf(world);
  const byUuid = new Map(rows.map((row) => [row.uuid, row]));
  const seen = new Set<string>();
  const last = new Map<string, number>();
  for (const message of world.sim.messages) {
    const row = byUuid.get(message.uuid ?? '');
    if (!row) {
      breaches.push(`a message without a row: ${message.uuid}`);
      continue;
    }
    if (seen.has(row.uuid)) breaches.push(`row ${row.id} (${row.cause}) arrived twice`);
    seen.add(row.uuid);
    if ((row.target_type === 'chat' ? message.chatId : message.openId) !== row.target_id)
      breaches.push(`row ${row.id} went to the wrong chat`);
    const lane = `${row.target_id} ${row.lane}`;
    if ((last.get(lane) ?? 0) > row.id) breaches.push(`row ${row.id} (${row.cause}) came after a later one`);
    last.set(lane, Math.max(last.get(lane) ?? 0, row.id));
  }
  for (const row of rows) {
    if (row.kind !== 'send' || row.state !== 'sent') continue;
    if (!seen.has(row.uuid)) breaches.push(`row ${row.id} counts as sent and never arrived`);
  }
  return breaches;
}

/** What a filed row lacks when its entry is missing (docs/decisions/0010). */
const FILED = [
  ['inbox', 'not exists (select 1 from inbox_by_key where key = t.key and inbox_id = t.id)'],
  [
    'visit',
    'household_id is not null and not exists (select 1 from visit_by_household where household_id = t.household_id and visit_id = t.id)',
  ],
  [
    'visitor',
    'member_id is not null and not exists (select 1 from visitor_by_member where member_id = t.member_id and happened_day = t.happened_day and visitor_id = t.id)',
  ],
] as const;

/** The chain of the audit, the file itself and its indexes, and lines that failed for a fault of ours. */
function checkFile(world: HostWorld): string[] {
  const breaches: string[] = [];
  const store = openStore(world.path, { readonly: true });
  try {
    const broken = createQueries({ store, vault: createVault(SECRET) }).audit.verify();
    if (broken !== null) breaches.push(`the audit chain breaks at ${broken}`);
  } finally {
    store.close();
  }
  const sound = world.disk.pragma('quick_check', { simple: true });
  if (sound !== 'ok') breaches.push(`the file is damaged: ${String(sound)}`);
  for (const [table, lacks] of FILED) {
    const sql = `select count(*) n from ${table} t where id <= (select up_to from filed where name = '${table}') and ${lacks}`;
    const lacking = world.disk.prepare<[], { n: number }>(sql).get()?.n ?? 0;
    if (lacking > 0) breaches.push(`${lacking} rows of ${table} are counted as filed and are not`);
  }
  const failed = world.disk.prepare("select key, error from inbox where status = 'failed'").all();
  if (failed.length > 0) breaches.push(`failed lines: ${JSON.stringify(failed)}`);
  return breaches;
}

/** After everything has calmed down: nothing that is due waits, and what did not arrive is shown as such. */
export function checkSettled(world: HostWorld): { breaches: string[]; uncertain: number; dead: number } {
  const breaches: string[] = [];
  let uncertain = 0;
  let dead = 0;
  for (const row of rowsOf(world)) {
    if (row.kind !== 'send') continue;
    if (row.state === 'uncertain') uncertain += 1;
    else if (row.state === 'dead') {
      dead += 1;
      if (!row.error) breaches.push(`row ${row.id} was given up without a reason`);
    } else if (row.state === 'dropped') breaches.push(`row ${row.id} (${row.cause}) was dropped`);
  }
  return { breaches, uncertain, dead };
}

export function rowsOf(world: HostWorld): OutboxRow[] {
  return world.disk.prepare<[], OutboxRow>('select * from outbox order by id').all();
}

const messageOf = (key: string): string => key.replace(/^msg:/, '');

function issueOf(payload: string): number[] {
  const { params } = JSON.parse(payload) as { params?: { issue?: number } };
  return typeof params?.issue === 'number' ? [params.issue] : [];
}
