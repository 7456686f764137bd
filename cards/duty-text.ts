import type { Duty, OpenPeriod } from '../src/domain/obligation-types.ts';
import { citation, UNIT_WORDS } from '../src/domain/policy.ts';
import { sayDate, sayDay } from '../src/lib/day.ts';

/** A duty of the running period, or what is left of the one before. */
export type About = Duty | OpenPeriod;

const unitOf = (duty: Duty): string =>
  duty.clause.obligation ? UNIT_WORDS[duty.clause.obligation.unit] : '次';

/** `11月还可以去联系点1次`, `第四季度还有2户没见到`: what is left, never what was missed. */
export function dutyLeft(duty: Duty, about: About): string {
  const when = about.period.label;
  const obligation = duty.clause.obligation;
  const unit = unitOf(duty);
  if (obligation?.target === 'contactPoint') return `${when}还可以去联系点${about.left}${unit}`;
  if (obligation?.unit === 'pairings') return `${when}还可以结对${about.left}户`;
  if (obligation?.each === 'pairedHousehold' && obligation.count === 1)
    return `${when}还有${about.left}户没见到`;
  if (obligation?.target === 'pairedHousehold') return `${when}联系户还差${about.left}${unit}`;
  return `${duty.clause.title}：${when}还差${about.left}${unit}`;
}

/** Names of the households or points it is about, to the member himself. */
export function dutyNames(duty: Duty, about: About): string[] {
  const owing = about.details.filter((detail) => detail.left > 0);
  const details = owing.length > 0 ? owing : duty.details;
  return details.flatMap((detail) => detail.name ?? []);
}

/** `第一网格。11月30日（周一）当天去也算。` */
export function dutyWhere(duty: Duty, about: About, today: string): string {
  const names = dutyNames(duty, about);
  const shown = names.slice(0, 6).join('、');
  const where = shown ? `${shown}${names.length > 6 ? `等${names.length}户` : ''}。` : '';
  return `${where}${sayDate(about.due, today)}当天去也算。`;
}

/** `，上次是11月6日` */
export function dutyLast(duty: Duty, today: string): string {
  return duty.last === null ? '' : `，上次是${sayDay(duty.last, today)}`;
}

/** 依据：《…》四、2“…” (every reminder can answer by which clause). */
export function dutyBasis(duty: Duty): string {
  return `依据：${citation(duty.policy, duty.clause)}`;
}
