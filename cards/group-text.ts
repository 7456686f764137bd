import type { EmergencyKind } from '../src/domain/text/urgent-numbers.ts';
import type { Button, Card, Tone } from './card.ts';
import { dangerLine, nationalNumbers } from './danger.ts';
import { safeBuilding, safeCommand, safeDue, safeName, safeState, safeTopic } from './group-clean.ts';

/**
 * THE ONE FUNCTION OF GROUP-VISIBLE TEXT (decision 8). A group message may hold building (never room),
 * number of households, topic category, state, due date, unit or role (decision 7, care 1). Facts go in as
 * typed fields, each is cleaned here, and only what this file returns can be sent to a group: the brand
 * cannot be made elsewhere.
 */
const brand: unique symbol = Symbol('group-safe');

export type GroupSafe = ({ text: string } | { card: Card }) & { readonly [brand]: true };

export interface IssueRow {
  number: number;
  building: string;
  topic: string;
  state: string;
  /** As people say it: 今天到期, 11月24日（周二）17:30前. */
  due: string | null;
  /** 本支部, 物业办, 书记: a unit or a role, never a person. */
  with: string | null;
}

export type GroupFacts =
  | {
      kind: 'visits-noted';
      places: { building: string; households: number }[];
      met: number;
      attempts: number;
    }
  | { kind: 'noted' }
  | { kind: 'visits-changed'; what: '已更正' | '已撤销' | '已撤回'; building: string }
  | { kind: 'look-private' }
  | { kind: 'not-understood'; command: string | null; example: string | null }
  | { kind: 'danger'; services: readonly EmergencyKind[] }
  | { kind: 'no-check-in' }
  | { kind: 'ask-private' }
  | { kind: 'joined' }
  | { kind: 'external-refused' }
  | { kind: 'bound'; org: string; purpose: 'work' | 'residents' }
  | { kind: 'unbound' }
  | { kind: 'outage'; from: string; to: string }
  | { kind: 'failed'; number: number }
  | { kind: 'issue'; row: IssueRow; tone: Tone; buttons: Button[]; more?: Button[] }
  | {
      kind: 'weekly';
      org: string;
      /** 统计到今天8:30 */
      asOf: string;
      lines: WeeklyLines;
      rows: IssueRow[];
      total: number;
      buttons: Button[];
    };

/** Numbers of Monday's card; text is made here. */
export interface WeeklyLines {
  /** Weeks behind the numbers: 1, or more when the weeks before were off altogether. */
  weeks: number;
  waiting: number;
  overdue: number;
  visits: { records: number; households: number; attempts: number; late: number } | null;
  issues: {
    fresh: number;
    closed: { kind: string; count: number }[];
    satisfied: number;
    fairly: number;
    dissatisfied: number;
  } | null;
  /** 本季度应访42户，已见面37户 / 本月联系点应去24次，已去20次. */
  coverage: { label: string; unit: '户' | '次' | '天'; due: number; met: number }[];
  /** Matters nobody can be named to ask about (decision 19). */
  unasked: number;
}

/** `第128号 · 6号楼 · 公共设施`. */
export function issueTitle(row: Pick<IssueRow, 'number' | 'building' | 'topic'>): string {
  return [`第${row.number}号`, safeBuilding(row.building), safeTopic(row.topic)].filter(Boolean).join(' · ');
}

function places(list: { building: string; households: number }[]): string {
  const seen = new Map<string, number>();
  for (const place of list) {
    const building = safeBuilding(place.building);
    seen.set(building, (seen.get(building) ?? 0) + place.households);
  }
  return [...seen].map(([building, count]) => `${building ? `${building} ` : ''}${count}户`).join('、');
}

function text(line: string): GroupSafe {
  return { text: line, [brand]: true } as GroupSafe;
}

function card(content: Card): GroupSafe {
  return { card: content, [brand]: true } as GroupSafe;
}

/** Says whether something was made here. */
export function isGroupSafe(content: unknown): content is GroupSafe {
  return typeof content === 'object' && content !== null && brand in content;
}

/** All text that any group ever sees. */
export function groupText(facts: GroupFacts): GroupSafe {
  switch (facts.kind) {
    case 'visits-noted': {
      const total = facts.met + facts.attempts;
      if (total > 1 && facts.attempts > 0)
        return text(`已记 · ${total}户：见到${facts.met}，未遇${facts.attempts}`);
      const list = places(facts.places);
      return text(`已记 · ${list || `${Math.max(total, 1)}户`}${facts.met === 0 ? '（未遇）' : ''}`);
    }
    case 'noted':
      return text('已记');
    case 'visits-changed':
      return text([facts.what, safeBuilding(facts.building)].filter(Boolean).join(' · '));
    case 'look-private':
      return text('在私聊里回您了。');
    case 'not-understood':
      return text(
        safeCommand(facts.command) && facts.example
          ? `是不是想发“/${facts.command}”？可以这样发：${facts.example}`
          : '没看懂。可以这样发：/走访 3号楼 张某 低保咨询',
      );
    case 'danger':
      return text(
        `${dangerLine(nationalNumbers(facts.services))}。要马上报给书记，请发：/诉求 几号楼 什么事`,
      );
    case 'ask-private':
      return text('群众家里的事不在群里说，请私聊我查。');
    case 'no-check-in':
      return text('这里不打卡、不签到，也没有积分排名。去过群众家，发一句“走访 3号楼 张某 什么事”就行。');
    case 'joined':
      return card({
        title: '我是连心助手：记走访、收诉求',
        tone: 'info',
        blocks: [
          { kind: 'text', text: '每周一发一次清单。看到“已记”才算记上。' },
          {
            kind: 'text',
            text: '不打卡、不排名、不要照片，只看@我的消息。群众家里的事请私聊我，别发在群里。',
          },
          {
            kind: 'buttons',
            buttons: [{ label: '我是书记，认领本群', action: 'bind.start', value: {}, style: 'primary' }],
          },
        ],
      });
    case 'external-refused':
      return text('这是外部群，连心助手不在外部群里工作，免得群众家里的事传出去。请在本单位的群里用。');
    case 'bound':
      return text(
        facts.purpose === 'work'
          ? `本群已认领为“${safeName(facts.org) ?? '本支部'}”的工作群。发一句“/走访 3号楼 张某 低保咨询”就能记。`
          : '本群已登记为居民群。大家有事请找楼栋长、网格员或社区电话；这里不发工作清单。',
      );
    case 'unbound':
      return text('本群已解除认领，不再发清单。');
    case 'outage':
      return text(`今天${facts.from}—${facts.to}我断线了，这段时间没看到“已记”的，请再发一次。`);
    case 'failed':
      return text(`这条还没记上，原话已存好，不用重打。编号${facts.number}，我在私聊里告诉您怎么办。`);
    case 'issue':
      return card({
        // The title alone carries matter and date: it is all that a notification shows.
        title: [issueTitle(facts.row), safeDue(facts.row.due)].filter(Boolean).join(' · '),
        tone: facts.tone,
        status: safeState(facts.row.state) ?? undefined,
        blocks: [
          { kind: 'text', text: safeName(facts.row.with) ?? '—' },
          ...(facts.buttons.length > 0
            ? [{ kind: 'buttons' as const, buttons: facts.buttons, more: facts.more }]
            : []),
        ],
      });
    case 'weekly':
      return card(weekly(facts));
  }
}

function coverageLine({ label, unit, due, met }: WeeklyLines['coverage'][number]): string {
  const name = safeName(label) ?? '';
  return unit === '户'
    ? `${name}应访${due}户，已见面${met}户`
    : `${name}应去${due}${unit}，已去${met}${unit}`;
}

function weekly(facts: Extract<GroupFacts, { kind: 'weekly' }>): Card {
  const { lines } = facts;
  const before = lines.weeks > 1 ? `前${lines.weeks}周` : '上周';
  const waiting = [
    lines.waiting > 0 ? `待研判${lines.waiting}` : '',
    lines.overdue > 0 ? `超期${lines.overdue}` : '',
  ].filter(Boolean);
  const visits = lines.visits
    ? `走访${lines.visits.records}次，见到${lines.visits.households}户${lines.visits.attempts ? `，未遇${lines.visits.attempts}次` : ''}${lines.visits.late ? `，补记${before}${lines.visits.late}次` : ''}`
    : '';
  const fresh = lines.issues;
  const closed = fresh ? fresh.closed.reduce((sum, item) => sum + item.count, 0) : 0;
  const words = fresh
    ? [
        fresh.satisfied ? `满意${fresh.satisfied}` : '',
        fresh.fairly ? `基本满意${fresh.fairly}` : '',
        fresh.dissatisfied ? `不满意${fresh.dissatisfied}` : '',
      ].filter(Boolean)
    : [];
  const kinds = fresh
    ? fresh.closed.filter((item) => item.count > 0).map((item) => `${item.kind}${item.count}`)
    : [];
  const detail = [kinds.join('、'), words.length ? `群众${words.join('、')}` : ''].filter(Boolean).join('；');
  const counted = fresh
    ? [fresh.fresh ? `新增${fresh.fresh}` : '', closed ? `办结${closed}` : ''].filter(Boolean).join('、')
    : '';
  const issues = counted || detail ? `诉求${counted}${detail ? `（${detail}）` : ''}` : '';
  const last = [visits, issues].filter(Boolean).join('；');
  return {
    title: `${safeName(facts.org) ?? '本支部'}本周清单${waiting.length ? `：${waiting.join('，')}` : ''}`,
    tone: lines.overdue > 0 ? 'wait' : 'info',
    blocks: [
      { kind: 'text', text: `（${facts.asOf}）`, size: 'small', tone: 'muted' },
      ...(last ? [{ kind: 'text' as const, text: `${before}：${last}` }] : []),
      ...(facts.rows.length
        ? [
            {
              kind: 'list' as const,
              ordered: true,
              items: facts.rows.map((row) =>
                [issueTitle(row), safeState(row.state), safeDue(row.due), safeName(row.with)]
                  .filter(Boolean)
                  .join(' · '),
              ),
            },
          ]
        : []),
      ...lines.coverage.map((item) => ({ kind: 'text' as const, text: coverageLine(item) })),
      ...(lines.unasked > 0
        ? [{ kind: 'text' as const, text: `有${lines.unasked}件还没找到合适的人去问群众意见。` }]
        : []),
      ...(facts.buttons.length ? [{ kind: 'buttons' as const, buttons: facts.buttons }] : []),
    ],
  };
}
