import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Queries } from '../../db/queries/index.ts';
import type { Effects } from '../commands/define.ts';
import { normaliseName, pinyinOf } from '../domain/names.ts';
import { dayOf } from '../lib/day.ts';
import { seenPerson } from './group-people.ts';
import type { PlatformPerson } from './link-person.ts';

/** Names of what is created before anybody has said how it is called. */
const OFFICE = '本单位';
const ADMINISTRATOR = '管理员';
/** Setting: row id of the org that was created in want of any; imported orgs without a parent go under it. */
export const FIRST_ORG = 'first-org';
const CLAIM = 'claim';
const TRIES = 10;

interface Claim {
  salt: string;
  hash: string;
  left: number;
}

const hashOf = (salt: string, code: string): string =>
  createHash('sha256').update(`${salt}:${code}`).digest('base64url');

/**
 * At the start (decision 6): each of ADMINS is an administrator, created where the roster does not know him. With no
 * administrator at all it returns a new one-time code of six digits, to be printed; else null. Call in a transaction.
 */
export function ensureAdministrators(
  q: Queries,
  now: number,
  admins: readonly { connection: string; id: string }[],
): string | null {
  for (const { connection, id } of admins) makeAdministrator(q, now, { connection, externalId: id });
  if (q.members.anyAdministrator()) {
    q.settings.remove(CLAIM);
    return null;
  }
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
  const salt = randomBytes(12).toString('base64url');
  q.settings.set(CLAIM, { salt, hash: hashOf(salt, code), left: TRIES } satisfies Claim);
  return code;
}

/** Whether a code is out that still works. A host that starts many times a day prints no new one over it. */
export function claimIsOpen(q: Queries): boolean {
  return (q.settings.get<Claim>(CLAIM)?.left ?? 0) > 0 && !q.members.anyAdministrator();
}

/** `认领 483920`: done, or the sentence that says why not. The code works once, and for so many tries. */
export function claimOffice(
  q: Queries,
  now: number,
  person: PlatformPerson,
  typed: string,
): { memberId: number } | { refused: string } {
  const claim = q.settings.get<Claim>(CLAIM);
  if (!claim || q.members.anyAdministrator()) return { refused: '已经有管理员了，请找管理员把您加进名册。' };
  const code = typed.normalize('NFKC').replace(/\D/g, '');
  if (code.length !== 6) return { refused: '认领码是启动时显示的6位数字，这样发：认领 483920' };
  if (claim.left <= 0) return { refused: '试错太多次，这个认领码已经作废。请重新启动服务，用新的认领码。' };
  if (!timingSafeEqual(Buffer.from(hashOf(claim.salt, code)), Buffer.from(claim.hash))) {
    q.settings.set(CLAIM, { ...claim, left: claim.left - 1 });
    return { refused: `认领码不对，还可以试${claim.left - 1}次。` };
  }
  q.settings.remove(CLAIM);
  return { memberId: makeAdministrator(q, now, person) };
}

/** Grants 管理员 over everything to this person, who is created when nobody knows him. */
function makeAdministrator(q: Queries, now: number, person: PlatformPerson): number {
  const day = dayOf(now);
  const roots = q.roster.roots();
  const rootId = roots[0] ?? firstOrg(q, now);
  const known = q.members.byIdentity(person.connection, person.externalId)?.member;
  const name =
    normaliseName(seenPerson(q, person.connection, person.externalId)?.name ?? '') || ADMINISTRATOR;
  const member = known ?? q.members.create({ name, pinyin: pinyinOf(name), orgId: rootId, day, now });
  if (!known) q.members.link(person.connection, person.externalId, member.id);
  const granted = (roots.length > 0 ? roots : [rootId]).filter((orgId) =>
    q.members.grant(member.id, orgId, '管理员', day),
  );
  if (granted.length > 0)
    q.audit.append({
      at: now,
      actorId: null,
      act: 'roster.administrator',
      subject: `member:${member.id}`,
      data: { orgs: granted },
    });
  return member.id;
}

function firstOrg(q: Queries, now: number): number {
  const org = q.orgs.create({ parentId: null, name: OFFICE, kind: '其他', now });
  q.settings.set(FIRST_ORG, org.id);
  return org.id;
}

/** Says whether this row stands for an administrator whose name nobody has told yet. */
export function isUnnamed(name: string): boolean {
  return name === ADMINISTRATOR;
}

/** The platform tells an unnamed administrator's name: he gets it, or becomes the roster's row of that name (decision 6). */
export function nameAdministrator(fx: Effects, memberId: number, name: string, row: number | null): void {
  const { q } = fx;
  const plain = normaliseName(name);
  if (plain === '') return;
  if (row === null) {
    q.members.change(memberId, { name: plain, pinyin: pinyinOf(plain) });
    fx.audit('roster.change', `member:${memberId}`, { before: { name: ADMINISTRATOR } });
    return;
  }
  const day = dayOf(fx.now);
  for (const held of q.roster.held(memberId)) {
    if (held.role !== '管理员') continue;
    q.members.grant(row, held.orgId, '管理员', day);
    q.members.revoke(memberId, held.orgId, '管理员', day);
  }
  for (const each of q.members.identities(memberId)) q.members.link(each.connection, each.externalId, row);
  q.members.change(memberId, { status: '停用', statusFrom: day });
  fx.audit('roster.merge', `member:${row}`, { from: memberId });
}
