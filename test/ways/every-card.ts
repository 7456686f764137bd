import { groupPeopleCard, linkedCard, personCard, waitingCard } from '../../cards/admission.ts';
import { bindConfirm, bindForm, unbindConfirm } from '../../cards/bind.ts';
import type { Card } from '../../cards/card.ts';
import { troublesCard } from '../../cards/care.ts';
import { diary } from '../../cards/diary.ts';
import { failureCard } from '../../cards/failure.ts';
import { groupText } from '../../cards/group-text.ts';
import { help, whichOne } from '../../cards/help.ts';
import { householdCard, householdChoice, householdEdit, householdNotice } from '../../cards/household.ts';
import { FORM_ACTS, type FormName, groupButtons } from '../../cards/issue-buttons.ts';
import { issueCard } from '../../cards/issue-card.ts';
import type { IssueFace, Part } from '../../cards/issue-face.ts';
import { issueForm } from '../../cards/issue-form.ts';
import { issueLeft } from '../../cards/issue-left.ts';
import { issueList } from '../../cards/issue-list.ts';
import { issueWhom } from '../../cards/issue-whom.ts';
import { leaveCard, leaveForm } from '../../cards/leave.ts';
import { mine, whenForm } from '../../cards/mine.ts';
import { nudge, outForm, wentForm } from '../../cards/nudge.ts';
import { ownPageCard } from '../../cards/own-page.ts';
import { pairingChoose, pairingDone, pairingList } from '../../cards/pairing.ts';
import { plainCard } from '../../cards/plain.ts';
import { policyAdopt, policyEdit, policyList } from '../../cards/policy.ts';
import { memberCard, rosterCard } from '../../cards/roster.ts';
import * as roster from '../../cards/roster-forms.ts';
import { visitEdit, visitPick } from '../../cards/visit-edit.ts';
import { type ReceiptLine, visitReceipt } from '../../cards/visit-receipt.ts';
import { weeklyList } from '../../cards/weekly.ts';
import type { IssueAct } from '../../src/domain/issue-types.ts';

const options = [
  { label: '石小红', value: '1' },
  { label: '李梅', value: '2' },
];
const row = { number: 128, building: '6号楼', topic: '公共设施', state: '待研判', due: null, with: null };
const ACTS: IssueAct[] = [
  ...new Set<IssueAct>([
    ...Object.values(FORM_ACTS),
    'takeBack',
    'fixSignOff',
    'escalate',
    'refuseLater',
    'claim',
    'notReached',
    'regrade',
  ]),
];

function face(part: Part, more: Partial<IssueFace> = {}): Card {
  return issueCard({
    id: 1,
    v: 3,
    number: 128,
    building: '6号楼',
    topic: '公共设施',
    alternatives: ['住房物业', '水电气暖'],
    gist: '楼道灯不亮',
    state: 'reported',
    grade: 'ordinary',
    part,
    can: new Set(ACTS),
    due: '12月2日（周三）前',
    left: 7,
    resident: '陈奶奶 · 6号楼',
    words: '楼道灯坏了',
    by: '石小红 今天10:12',
    holder: '物业办',
    deciders: ['贺立'],
    suggestion: '本支部办，石小红',
    emergency: [],
    result: null,
    reason: null,
    closeKind: null,
    satisfaction: null,
    thirdPath: null,
    rework: 0,
    unhappy: null,
    sentBack: null,
    told: false,
    correction: null,
    later: null,
    day: '12月2日',
    askPhone: null,
    handlerName: '石小红',
    mine: null,
    asked: false,
    hasParent: true,
    hasUnits: true,
    reopenable: true,
    receipt: null,
    ...more,
  });
}

const form = (name: FormName): Card =>
  issueForm({
    id: 1,
    v: 3,
    number: 128,
    what: '6号楼楼道灯不亮',
    form: name,
    words: '楼道灯坏了',
    members: options,
    units: options,
    topics: options,
    member: null,
    unit: null,
    topic: '1',
    day: '2026-12-02',
  });

const visit = (more: Partial<ReceiptLine> = {}): ReceiptLine => ({
  visit: 7,
  version: 1,
  household: 3,
  place: '3号楼',
  person: '张某',
  day: '今天',
  mode: '',
  met: true,
  note: '低保咨询',
  withdrawn: false,
  went: '',
  ...more,
});
const receipt = (lines: ReceiptLine[]): Card =>
  visitReceipt({
    batch: 'b1',
    lines,
    photos: 1,
    unsure: true,
    guessedWord: null,
    kind: '走访',
    progress: [],
    danger: [],
    asksForMore: true,
    offerNotice: true,
    missing: { place: false, person: false },
  });

function inGroup(facts: Parameters<typeof groupText>[0]): Card {
  const safe = groupText(facts);
  if (!('card' in safe)) throw new Error(`${facts.kind} is no card`);
  return safe.card;
}

const parts: Part[] = ['decide', 'third', 'later', 'take', 'handle', 'tell', 'word', 'ask', 'follow'];

/** Every card of the house with everything on it that can be pressed; a test finds the action that is missing here. */
export const EVERY_CARD: readonly (readonly [string, Card])[] = [
  ...parts.map((part) => [`issue ${part}`, face(part)] as const),
  ['issue later', face('later', { later: { day: '12月4日', reason: '缺配件', by: '石小红' } })],
  ['issue undone', face('read', { mine: { said: '交石小红', undo: 'takeBack' } })],
  ['issue signed off', face('ask', { mine: { said: '记满意', undo: 'fixSignOff' } })],
  ['issue danger', face('decide', { grade: 'danger', emergency: ['火警119'], suggestion: null })],
  ...(Object.keys(FORM_ACTS) as FormName[]).map((name) => [`issue form ${name}`, form(name)] as const),
  [
    'issue left',
    issueLeft({
      name: '石小红',
      status: '转出',
      handled: [
        { id: 1, number: 128, line: '第128号 · 6号楼 · 公共设施', movable: true },
        { id: 2, number: 129, line: '第129号 · 7号楼 · 公共设施', movable: false },
      ],
      owned: [{ id: 3, number: 130, line: '第130号 · 8号楼 · 公共设施', movable: false }],
    }),
  ],
  ...(['here', 'reassign'] as const).map(
    (way) =>
      [
        `issue whom ${way}`,
        issueWhom({
          id: 1,
          v: 3,
          number: 128,
          said: '张三',
          until: '12月2日',
          day: '2026-12-02',
          give:
            way === 'here'
              ? { action: 'triage.here', as: 'handler' }
              : { action: 'triage.reassign', as: 'to' },
          choices: options,
          form: way,
          hint: '也可以这样发：研判 128 石小红 12-2',
        }),
      ] as const,
  ),
  [
    'issue list',
    issueList({
      title: '等您办的2件',
      rows: [1, 2].map((id) => ({ id, number: 128, line: '第128号' })),
      total: 2,
      none: '没有',
    }),
  ],
  [
    'issue in the group',
    inGroup({
      kind: 'issue',
      row,
      tone: 'info',
      ...groupButtons({ id: 1, v: 3, hasParent: true, hasUnits: true }),
    }),
  ],
  ['joined', inGroup({ kind: 'joined' })],
  [
    'week in the group',
    inGroup({
      kind: 'weekly',
      org: '第一支部',
      asOf: '统计到今天8:30',
      lines: { weeks: 1, waiting: 1, overdue: 0, visits: null, issues: null, coverage: [], unasked: 0 },
      rows: [row],
      total: 8,
      buttons: [{ label: '看全部8件', action: 'mine.week', value: { org: 1, page: 0 } }],
    }),
  ],
  [
    'week',
    weeklyList({
      org: 1,
      name: '第一支部',
      total: 30,
      page: 1,
      more: true,
      rows: [
        { issue: 1, row },
        { issue: 2, row },
      ],
    }),
  ],
  ['visit', receipt([visit()])],
  ['visit withdrawn', receipt([visit({ withdrawn: true })])],
  ['visits', receipt([visit(), visit({ visit: 8, person: '李某' })])],
  ['visits withdrawn', receipt([visit({ withdrawn: true }), visit({ visit: 8, withdrawn: true })])],
  [
    'visit edit',
    visitEdit({
      visit: 7,
      version: 1,
      batch: 'b1',
      place: '3号楼',
      person: '张某',
      day: '2026-11-18',
      mode: 'home',
      outcome: 'met',
      note: '',
      visitors: '',
    }),
  ],
  ['visit pick', visitPick({ visit: 7, version: 1, batch: 'b1', now: '3号楼', options })],
  [
    'mine',
    mine({
      short: [{ line: '还差1户', names: '张某' }],
      done: [],
      waiting: [{ issue: 1, row }],
      waitingTotal: 1,
      promised: [],
      followed: 0,
      leaves: [],
    }),
  ],
  ['when', whenForm({ time: '18:10' })],
  [
    'nudge',
    nudge({
      at: 5,
      items: [{ title: '还可以去1次', where: '第一网格', basis: '四、2', said: null }],
      until: '11月30日',
      households: true,
      phone: true,
      undo: true,
    }),
  ],
  ['went', wentForm({ at: 5, phone: false, targets: options, today: '2026-11-18' })],
  ['out', outForm({ at: 5, households: options })],
  [
    'leave',
    leaveCard({
      leave: 1,
      who: null,
      when: '11月25日—28日（出差）',
      deputies: null,
      cancelled: false,
      over: false,
    }),
  ],
  [
    'leave form',
    leaveForm({
      today: '2026-11-18',
      reasons: ['出差'],
      leaves: [
        { leave: 1, when: '11月25日—28日（出差）' },
        { leave: 2, when: '12月1日（生病）' },
      ],
    }),
  ],
  ['diary', diary({ entries: [{ day: '今天', who: '张某', met: true, note: null }], page: 1, more: true })],
  [
    'household',
    householdCard({
      household: 3,
      building: '3号楼',
      head: '张某',
      full: { address: '', phone: null },
      consent: '未告知',
      paired: [],
      visits: [],
      mayChange: true,
    }),
  ],
  ['household choice', householdChoice(options)],
  ['household notice', householdNotice({ household: 3, who: '石小红', org: '第一支部', phone: null })],
  ['household edit', householdEdit({ household: 3, head: '张某', phone: '', size: '', address: '' })],
  ['own page', ownPageCard({ member: 1, name: '石小红', until: '12月18日' })],
  ['no own page', ownPageCard({ member: 1, name: '石小红', until: null })],
  [
    'pairings',
    pairingList({
      whose: '您',
      rows: [{ id: 1, label: '张某', note: '' }],
      change: { member: 1, heirs: options },
    }),
  ],
  ['pairing choose', pairingChoose({ member: 1, name: '李梅', options })],
  [
    'pairing done',
    pairingDone({ pairing: 1, name: '李梅', household: '张某', since: '今天', standing: true, others: [] }),
  ],
  [
    'policies',
    policyList({
      policies: [1, 2].map((adoption) => ({ adoption, title: '制度', source: '', where: '', clauses: [] })),
      mayAdopt: true,
      offered: options,
    }),
  ],
  ['policy adopt', policyAdopt({ offered: options, orgs: options, from: '2026-12-01' })],
  [
    'policy edit',
    policyEdit({
      adoption: 1,
      title: '制度',
      docNo: '',
      issuer: '',
      counts: [{ clause: 'a', label: '每月几次', value: '2' }],
    }),
  ],
  [
    'roster',
    rosterCard({
      org: 1,
      name: '第一支部',
      total: 60,
      page: 2,
      pages: 3,
      rows: [{ id: 1, label: '石小红', note: '' }],
      waiting: 3,
      mayAddOrg: true,
    }),
  ],
  [
    'member',
    memberCard({ member: 1, name: '石小红', status: '在册', rows: [], mayChange: true, away: false }),
  ],
  [
    'member away',
    memberCard({ member: 1, name: '石小红', status: '停用', rows: [], mayChange: true, away: true }),
  ],
  ['member add', roster.addMemberForm({ org: 1, roles: options, orgs: options })],
  [
    'member roles',
    roster.rolesForm({ member: 1, name: '石小红', options, orgs: options, today: '2026-11-18' }),
  ],
  ['member edit', roster.editMemberForm({ member: 1, name: '石小红', phone: null, orgs: options, org: '1' })],
  [
    'member leaves',
    roster.leaveForm({ member: 1, name: '石小红', status: '转出', pairings: 2, heirs: options }),
  ],
  ['points', roster.pointsForm({ member: 1, name: '石小红', points: [{ id: 1, label: '第一网格' }] })],
  ['org', roster.orgForm({ org: 1, name: '第一支部', kinds: options })],
  [
    'stranger',
    personCard({
      connection: 'feishu:a',
      person: 'ou_1',
      chat: 1,
      name: '',
      self: false,
      wrote: null,
      options,
      orgs: options,
      settled: null,
    }),
  ],
  [
    'group people',
    groupPeopleCard({ chat: 1, group: '工作群', people: [{ id: 'ou_1', name: '王芳', options }], more: 2 }),
  ],
  [
    'linked',
    linkedCard({
      connection: 'feishu:a',
      person: 'ou_1',
      member: 1,
      who: '贺立',
      group: '工作群',
      standing: true,
    }),
  ],
  ['waiting', waitingCard(options)],
  ['bind', bindForm({ chat: 1, group: '工作群', bound: null, orgs: options, more: false, purpose: null })],
  ['bind again', bindConfirm({ chat: 1, org: 1, purpose: 'work', group: '工作群', from: 'a', to: 'b' })],
  ['unbind', unbindConfirm({ chat: 1, group: '工作群', bound: '第一支部' })],
  ['troubles', troublesCard({ rows: [{ id: 1, label: '给贺立的回复' }], more: 0 })],
  ['help', help({ who: '石小红', groups: [], short: true, phone: null })],
  ['which', whichOne({ messageId: 'om_1', danger: [], text: '一句话' })],
  ['failure', failureCard(4731)],
  ['plain', plainCard({ on: true })],
  ['cards', plainCard({ on: false })],
];
