import { addDays, dayOf, sayDay } from '../lib/day.ts';
import { lastOfMonth, type QuotaKind, type QuotaOutlook, type QuotaUse } from './quota.ts';

/** What the free edition gives a whole organisation in a month (dingtalk.md 5.9); other figures were bought. */
const FREE: Readonly<Record<QuotaKind, number>> = { calls: 5000, pushes: 3000 };
const UNIT: Readonly<Record<QuotaKind, string>> = { calls: '次', pushes: '次推送' };

/** `按现在的用量，本月需约6200次，免费版5000次，23日用完` (issue 4, point 3); one sentence without its full stop. */
export function sayQuota(use: QuotaUse, outlook: QuotaOutlook): string {
  const { used, allowance, kind } = use;
  const unit = UNIT[kind];
  const edition = `${allowance === FREE[kind] ? '免费版' : '额度'}${allowance}次`;
  const today = dayOf(use.now);
  if (outlook.state === 'out') {
    const again = `${sayDay(addDays(lastOfMonth(today), 1), today)}恢复`;
    return use.refused
      ? `平台说本月额度已用完（本助手用了${used}${unit}，额度由全单位的应用共用），${again}`
      : `本月已用${used}${unit}，${edition}已用完，${again}`;
  }
  if (outlook.forecast === null) return `本月已用${used}${unit}，${allowance === 0 ? '不限' : edition}`;
  const end = outlook.runsOutOn === null ? '够用' : `${Number(outlook.runsOutOn.slice(8))}日用完`;
  return `按现在的用量，本月需约${round(outlook.forecast, outlook.runsOutOn !== null)}${unit}，${edition}，${end}`;
}

/** 怎么办, by what is short. */
export function quotaRemedy(kind: QuotaKind): string {
  return kind === 'calls'
    ? '群里的“已记”已自动少发；还不够，就升级专业版（升级后把配置里的每月额度改成实际数），或请一部分同志改用飞书。'
    : '请大家把几件事写在一条消息里发；还不够，就升级专业版（升级后把配置里的每月额度改成实际数），或请一部分同志改用飞书。';
}

/** About: two figures are enough. What is short is never rounded down to enough. */
function round(count: number, short: boolean): number {
  const step = count >= 10_000 ? 1000 : count >= 1000 ? 100 : count >= 100 ? 10 : 1;
  return (short ? Math.ceil(count / step) : Math.round(count / step)) * step;
}
