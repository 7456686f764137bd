import type { Card } from '../../../cards/card.ts';
import { movableClock } from '../../../src/lib/clock.ts';
import type { Inbound } from '../../../src/platforms/platform.ts';
import { createPlayground } from '../../../src/platforms/playground/index.ts';
import { PERSONAS, PLACE, ROOM_GROUPS, ROOM_PEOPLE } from '../../../src/web/playground/community.ts';
import { createPlaygroundWeb, type PlaygroundHost } from '../../../src/web/playground/index.tsx';

/** Wednesday 2026-11-18 15:00 in Shanghai. */
export const NOON = Date.UTC(2026, 10, 18, 7, 0);

const visitCard: Card = {
  title: '走访已记 · 3号楼2单元501 张某 · 今天',
  tone: 'good',
  status: '已记',
  blocks: [
    { kind: 'text', text: '低保咨询' },
    { kind: 'text', text: '要继续办理吗？', size: 'large' },
    { kind: 'text', text: '本季度3户，已见2户', tone: 'muted', size: 'small' },
    {
      kind: 'buttons',
      buttons: [
        { label: '转为诉求', action: 'visit.issue', style: 'primary' },
        { label: '修改', action: 'visit.edit' },
        { label: '不是这户', action: 'visit.other' },
        {
          label: '撤销这条记录',
          action: 'visit.undo',
          confirm: { title: '撤销这条记录？', text: '撤销后不再计入本季度。' },
        },
      ],
    },
  ],
};

const triageCard: Card = {
  title: '请您研判 · 第128号 · 6号楼楼道灯不亮 · 11月24日（周二）17:30前',
  tone: 'wait',
  status: '待研判',
  blocks: [
    { kind: 'quote', text: '楼道灯坏了三天没人修' },
    { kind: 'text', text: '石小红 今天10:12代为反映', tone: 'muted', size: 'small' },
    {
      kind: 'fields',
      rows: [
        { label: '类别', value: '公共设施（也可能是 住房物业、治安消防）' },
        { label: '建议', value: '本支部办，石小红，12月2日（周三）前' },
      ],
    },
    {
      kind: 'buttons',
      buttons: [
        { label: '按建议办', action: 'issue.accept', value: { issue: 128 }, style: 'primary' },
        { label: '换人或改期', action: 'issue.change' },
        { label: '派给单位', action: 'issue.dispatch' },
      ],
      more: [
        { label: '当场已解决', action: 'issue.spot' },
        { label: '上报', action: 'issue.escalate' },
        { label: '解释疏导', action: 'issue.explain' },
      ],
    },
  ],
};

const formCard: Card = {
  title: '修改走访 · 3号楼2单元501 张某',
  tone: 'info',
  blocks: [
    {
      kind: 'form',
      name: 'edit',
      action: 'visit.save',
      submit: '保存',
      fields: [
        { kind: 'text', name: 'person', label: '见到谁', value: '张某', required: true },
        {
          kind: 'select',
          name: 'mode',
          label: '方式',
          value: 'home',
          options: [
            { label: '入户', value: 'home' },
            { label: '电话', value: 'phone' },
          ],
        },
        { kind: 'date', name: 'date', label: '哪天', value: '2026-11-18' },
        {
          kind: 'multi',
          name: 'who',
          label: '谁去的',
          options: [
            { label: '石小红', value: '1' },
            { label: '李梅', value: '2' },
          ],
          values: ['1'],
        },
        { kind: 'text', name: 'note', label: '说了什么', multiline: true },
      ],
    },
  ],
};

const mondayCard: Card = {
  title: '第一支部本周清单：待研判2，超期1',
  tone: 'info',
  status: '统计到今天8:30',
  blocks: [
    {
      kind: 'text',
      text: '上周：走访14次，见到10户，未遇4次；诉求新增5、办结4（已解决3、已解释1；群众满意3、基本满意1）',
    },
    {
      kind: 'list',
      ordered: true,
      items: [
        '第128号 · 6号楼 · 公共设施 · 今天到期 · 本支部',
        '第121号 · 梅园 · 环境卫生 · 超期2个工作日 · 物业办',
      ],
    },
    { kind: 'divider' },
    { kind: 'text', text: '本季度应访42户，已见面37户' },
    { kind: 'buttons', buttons: [{ label: '看全部8件', action: 'digest.all' }] },
  ],
};

/** The page over a host that answers from a script: only the page's own mechanics are under test here. */
export function fakeRoom() {
  const clock = movableClock(NOON, { frozen: true });
  const playground = createPlayground({ clock, people: ROOM_PEOPLE, groups: ROOM_GROUPS });
  const heard: Inbound[] = [];
  const monday = Date.UTC(2026, 10, 23, 0, 30);
  const nightly = [Date.UTC(2026, 10, 19, 10, 10), monday];
  let uuid = 0;
  let gate: Promise<void> = Promise.resolve();
  /** Keeps the host's answers back until the returned function is called. */
  const hold = (): (() => void) => {
    let open = (): void => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    return open;
  };
  const send = (
    target: { type: 'chat' | 'user'; id: string },
    content: { text: string } | { card: Card },
  ) => {
    uuid += 1;
    return playground.deliver({ kind: 'send', target, content, uuid: `fake-${uuid}` });
  };
  const host: PlaygroundHost = {
    clock,
    async deliver(inbound) {
      heard.push(inbound);
      await gate;
      if (inbound.kind === 'action') {
        if (inbound.action === 'visit.edit') return { card: formCard };
        if (inbound.action === 'issue.accept') {
          return {
            toast: { text: '已交石小红，12月2日前。', tone: 'good' },
            card: {
              ...triageCard,
              tone: 'done',
              status: '办理中',
              blocks: [{ kind: 'text', text: '已交石小红，12月2日前。' }],
            },
          };
        }
        return { toast: { text: '这件事由书记研判。', tone: 'info' } };
      }
      if (inbound.kind !== 'message') return {};
      if (inbound.text.startsWith('/走访')) {
        await send({ type: 'chat', id: inbound.chat.id }, { text: '已记 · 3号楼 1户' });
        await send({ type: 'user', id: inbound.sender.id }, { card: visitCard });
      } else if (inbound.text.startsWith('/诉求')) {
        await playground.deliver({
          kind: 'react',
          target: { type: 'chat', id: inbound.chat.id },
          content: { text: '已记' },
          uuid: `fake-r${heard.length}`,
          messageId: inbound.messageId,
        });
        await send(
          { type: 'chat', id: inbound.chat.id },
          {
            card: {
              title: '第128号 · 6号楼 · 公共设施 · 11月24日（周二）17:30前',
              tone: 'wait',
              status: '待研判',
              blocks: [
                {
                  kind: 'buttons',
                  buttons: [
                    { label: '当场已解决', action: 'issue.spot' },
                    { label: '本支部办', action: 'issue.own' },
                    { label: '派给单位', action: 'issue.dispatch' },
                  ],
                  more: [{ label: '上报', action: 'issue.escalate' }],
                },
              ],
            },
          },
        );
        await send({ type: 'user', id: 'he-li' }, { card: triageCard });
      }
      return {};
    },
    async tick(now) {
      const jobs = nightly.filter((at) => at === now).length;
      if (now === monday) await send({ type: 'chat', id: 'work-group' }, { card: mondayCard });
      else if (jobs > 0)
        await send({ type: 'user', id: 'shi-xiaohong' }, { text: '11月还可以去联系点1次，上次是11月6日' });
      return { now, jobs, sent: jobs, failed: 0, left: 0 };
    },
    nextDue: (after) => nightly.find((at) => at > after) ?? null,
    settle: () => Promise.resolve(),
    commands: () => [
      { word: '/走访', example: '/走访 3号楼 张某 低保咨询', hint: '记一次走访' },
      { word: '/诉求', example: '/诉求 6号楼 楼道灯坏了三天没人修', hint: '替群众反映一件事' },
      { word: '/未遇', example: '/未遇 3号楼 张某', hint: '去了没见到' },
      { word: '/我的', example: '/我的', hint: '待我办的、还差几户' },
      { word: '/帮助', example: '/帮助', hint: '这里能做什么' },
    ],
  };
  const web = createPlaygroundWeb({ playground, host, personas: PERSONAS, epoch: 'e1', place: PLACE });
  return { playground, host, web, heard, clock, monday, hold };
}
