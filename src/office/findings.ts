import type { Queries } from '../../db/queries/index.ts';
import type { Calendar } from '../domain/calendar.ts';
import { missingYears } from '../domain/calendar-years.ts';
import { dayOf } from '../lib/day.ts';
import type { Finding, Platform } from '../platforms/platform.ts';
import { quotaFindings } from './quota.ts';
import { administrators } from './trouble.ts';

export interface FindingsInput {
  q: Queries;
  platforms: readonly Platform[];
  calendar: Calendar;
  publicUrl?: string;
  now: number;
}

const NAMES: Readonly<Record<Platform['name'], string>> = {
  feishu: '飞书',
  dingtalk: '钉钉',
  playground: '演示场',
  page: '专页',
};
/** A platform that says nothing for so long is not waited for, ms. */
const PATIENCE = 60_000;

/** What an office can say of itself, without asking a platform: `lianxin doctor` and /体检 (issue 4, point 7). */
export function officeFindings(input: FindingsInput): Finding[] {
  const { q, platforms, calendar, now } = input;
  return [
    people(input),
    publicAddress(input),
    calendarOf(input),
    undelivered(input),
    ...quotaFindings(q, platforms, now, calendar),
  ];
}

/** Asks each platform; a line of several tenants says which one it is of. Never rejects. */
export async function platformFindings(
  platforms: readonly Platform[],
  options: { fix?: boolean; patience?: number } = {},
): Promise<Finding[]> {
  const all = await Promise.all(
    platforms.map(async (platform) => {
      const findings = await within(
        platform.diagnose?.({ fix: options.fix ?? false }) ?? Promise.resolve([]),
        options.patience ?? PATIENCE,
      );
      const of = nameOf(platform, platforms);
      return findings.map((each) => ({ ...each, what: `${of} ${each.what}` }));
    }),
  );
  return all.flat();
}

function nameOf({ name, connection }: Platform, platforms: readonly Platform[]): string {
  const several = platforms.filter((each) => each.name === name).length > 1;
  return several ? `${NAMES[name]}（${connection.slice(name.length + 1)}）` : NAMES[name];
}

async function within(asked: Promise<Finding[]>, patience: number): Promise<Finding[]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Finding[]>((resolve) => {
    const silent: Finding = {
      what: '平台',
      ok: null,
      detail: '没等到回音',
      remedy: '请检查网络和代理，过一会儿再试。',
    };
    timer = setTimeout(() => resolve([silent]), patience);
  });
  try {
    return await Promise.race([asked, late]);
  } catch {
    return [
      { what: '平台', ok: null, detail: '检查没有做完', remedy: '请再试一次；还是这样，请看服务的日志。' },
    ];
  } finally {
    clearTimeout(timer);
  }
}

function people({ q, now }: FindingsInput): Finding {
  const what = '管理员';
  const known = [...administrators(q, dayOf(now))];
  const reachable = known.filter((id) => q.members.hasChat(id));
  if (reachable.length > 0) return { what, ok: true, detail: `${reachable.length}位，都能私聊到` };
  return known.length > 0
    ? {
        what,
        ok: false,
        detail: `${known.length}位，一位也私聊不到`,
        remedy: '请在 ADMINS 里写上他在飞书的 open_id 或钉钉的 userId，再重启服务。',
      }
    : {
        what,
        ok: false,
        detail: '还没有',
        remedy: '请在 ADMINS 里写上，或者重启服务，按屏幕上的认领码私聊机器人发“认领 号码”。',
      };
}

function publicAddress({ publicUrl }: FindingsInput): Finding {
  const what = '公网地址';
  if (publicUrl) return { what, ok: true, detail: publicUrl };
  return {
    what,
    ok: null,
    detail: 'PUBLIC_URL 没有设置：没有网页表单和链接，平台也推送不进来',
    remedy:
      '不设也能用：要填表的事打一行字，收消息用 FEISHU_MODE=longconn、DINGTALK_MODE=stream。有公网地址就写进 PUBLIC_URL。',
  };
}

function calendarOf({ calendar, now }: FindingsInput): Finding {
  const what = '节假日';
  const missing = missingYears(dayOf(now), (year) => calendar.hasList(year));
  if (missing.length === 0) return { what, ok: true, detail: '放假调休的安排都有' };
  return {
    what,
    ok: false,
    detail: `没有${missing.join('、')}年放假调休的安排，先按法定节日和周末算，期限可能差几天`,
    remedy: '国务院办公厅的通知一般11月出；请升级到带有那一年安排的版本。',
  };
}

function undelivered({ q, now }: FindingsInput): Finding {
  const what = '没发成的消息';
  const count = q.upkeep
    .outbox(now)
    .states.filter(({ state }) => state === 'dead' || state === 'uncertain')
    .reduce((sum, each) => sum + each.count, 0);
  if (count === 0) return { what, ok: true, detail: '没有' };
  return {
    what,
    ok: false,
    detail: `${count}条`,
    remedy: '请管理员私聊发“没发出去”，看了再定重发还是不发。',
  };
}
