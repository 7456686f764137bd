/** Tables that are written with every event or press, and of which nothing is remembered. */
const BUSY =
  'inbox|outbox|live_card|follow|visit|visitor|photo|issue|issue_step|audit|quota|told|job_run|household|' +
  'filed|inbox_by_key|visit_by_household|visitor_by_member';
const BUSY_WRITE = new RegExp(
  `^\\s*(?:insert\\s+(?:or\\s+\\w+\\s+)?into|update|delete\\s+from)\\s+["\`]?(?:${BUSY})\\b`,
  'i',
);
/** Who spoke from where is told to what is remembered by whoever writes it (`spokeFrom` in queries/members.ts). */
const NOTE = /^\s*update identity set used_at = \?/i;
const READ = /^\s*(?:select|pragma)\b/i;

/**
 * Whether this SQL may change rows that are remembered (people, orgs, groups, settings: `remembering` in
 * queries/session.ts). Whatever is not known to be harmless may.
 */
export function touchesRemembered(sql: string): boolean {
  return !READ.test(sql) && !BUSY_WRITE.test(sql) && !NOTE.test(sql);
}
