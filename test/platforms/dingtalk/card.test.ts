import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../../cards/card.ts';
import { renderCard } from '../../../src/platforms/dingtalk/render-card.ts';
import type { Answer, Inbound, Platform } from '../../../src/platforms/platform.ts';
import { button, card, listen, platformOf, setUp, to, ways } from './outbound-kit.ts';

const issue = (status = '待研判'): Card =>
  card(
    '第128号 · 6号楼 · 公共设施',
    [
      { kind: 'text', text: '楼道灯不亮' },
      {
        kind: 'buttons',
        buttons: [button('按建议办', { style: 'primary' }), button('派给单位')],
        more: [button('上报'), button('解释疏导')],
      },
    ],
    { status },
  );

const text = { text: '已记 · 3号楼 1户' };

const form = card('改期', [
  {
    kind: 'form',
    name: 'later',
    action: 'demo.later',
    value: { id: 128 },
    submit: '改好',
    fields: [
      { kind: 'date', name: 'due', label: '改到哪天', required: true },
      {
        kind: 'select',
        name: 'why',
        label: '原因',
        options: [
          { label: '缺配件', value: 'parts' },
          { label: '天气', value: 'rain' },
        ],
      },
      {
        kind: 'multi',
        name: 'who',
        label: '一起去的',
        options: [
          { label: '老王', value: '1' },
          { label: '李梅', value: '2' },
        ],
      },
      { kind: 'text', name: 'note', label: '说明', multiline: true },
    ],
  },
]);

/** Stream needs no registration: presses are looked at in the HTTP mode, where one is made at the start. */
async function withCards(answer: (inbound: Inbound) => Answer = () => ({}), over = {}) {
  const troubles: string[] = [];
  const { sim, platform } = await setUp({}, (made) => ({
    cardTemplateId: made.templateId,
    troubled: (sentence) => troubles.push(sentence),
    ...over,
  }));
  const seen = listen(sim, platform, answer);
  await platform.start?.(async () => ({}));
  await sim.waitFor(() =>
    sim.calls.some((call) => call.path.endsWith('/callbacks/register') && call.status === 200),
  );
  const lin = sim.addUser({ name: '林一' });
  const wang = sim.addUser({ name: '王二' });
  const group = sim.addGroup({ name: '第一支部', members: [lin, wang], withBot: true });
  return { sim, platform, lin, wang, group, seen, troubles };
}

async function post(platform: Platform, ...out: Parameters<typeof to>): Promise<string> {
  const sent = await platform.deliver(to(...out));
  if (sent.status !== 'sent') throw new Error(JSON.stringify(sent));
  return sent.messageId;
}

describe('cards of our template', () => {
  it('fills every variable that the template knows, and no other', () => {
    const file = JSON.parse(readFileSync('cards/dingtalk-template.json', 'utf8'));
    const { variableList } = JSON.parse(file.editorData) as {
      variableList: { name: string; private: boolean }[];
    };
    const known = variableList.filter((each) => !each.private).map((each) => each.name);
    expect(Object.keys(renderCard(issue(), {})).sort()).toEqual(known.sort());
    expect(variableList.filter((each) => each.private).map((each) => each.name)).toEqual([
      'notice',
      'notice_good',
    ]);
  });

  it('stand in a group and in private with title, state, text and buttons', async () => {
    const { sim, platform, lin, group } = await withCards();
    await post(platform, group, { card: issue() });
    await post(platform, lin.staffId, { card: issue() });
    for (const chat of [sim.group(group), sim.private(lin)]) {
      const shown = chat.lastCard();
      if (!shown) throw new Error('no card');
      expect(sim.cardText(shown)).toMatch(/第128号.*待研判.*楼道灯不亮/s);
      expect(sim.buttons(shown).map((each) => each.label)).toEqual([
        '按建议办',
        '派给单位',
        '上报',
        '解释疏导',
      ]);
    }
    expect(sim.complaints).toEqual([]);
  });

  it('are posted once, however often the same row is sent', async () => {
    const { sim, platform, group } = await withCards();
    const out = to(group, { card: issue() });
    const first = await platform.deliver(out);
    expect(await platform.deliver(out)).toMatchObject({
      status: 'sent',
      messageId: first.status === 'sent' && first.messageId,
    });
    sim.fail({ path: /createAndDeliver/, mode: 'drop-after' });
    const doubtful = await platform.deliver(to(group, { card: issue() }));
    expect(doubtful).toMatchObject({ status: 'sent', spent: { calls: 2, pushes: 0 } });
    expect(sim.group(group).cards()).toHaveLength(2);
  });

  it('in doubt twice come again at any age, for they are known by their own id', async () => {
    const { sim, platform, group } = await withCards();
    sim.fail({ path: /createAndDeliver/, mode: 'drop-before', times: 2 });
    expect(await platform.deliver(to(group, { card: issue() }))).toMatchObject({ status: 'retry' });
    expect(sim.messages).toEqual([]);
  });

  it('say for good when the place they were for did not take them', async () => {
    const { sim, platform, lin, group } = await withCards();
    sim.removeBotFrom(group);
    sim.setReachable(lin, 'resigned');
    for (const id of [group, lin.staffId])
      expect(await platform.deliver(to(id, { card: issue() }))).toMatchObject({
        status: 'failed',
        code: 'card_not_delivered',
      });
  });

  it('change in place for everybody', async () => {
    const { sim, platform, lin, wang, group } = await withCards();
    const messageId = await post(platform, group, { card: issue() });
    const update = to(group, { card: issue('办理中') }, { kind: 'update', messageId, version: 1 });
    expect(await platform.deliver(update)).toMatchObject({ status: 'sent', messageId });
    const shown = sim.group(group).lastCard();
    for (const viewer of [lin, wang]) expect(shown && sim.cardText(shown, viewer)).toContain('办理中');
    expect(sim.complaints).toEqual([]);
  });

  it('an update of a card nobody knows ends; one in doubt comes again', async () => {
    const { sim, platform, group } = await withCards();
    const messageId = await post(platform, group, { card: issue() });
    const update = (id: string) =>
      platform.deliver(to(group, { card: issue() }, { kind: 'update', messageId: id }));
    expect(await update('card-unknown')).toMatchObject({ status: 'failed' });
    sim.fail({ method: 'PUT', mode: 'drop-after' });
    expect(await update(messageId)).toMatchObject({ status: 'retry' });
  });

  it('are taken back by their carrier, or say so where it is not known any more', async () => {
    const { sim, platform, group } = await withCards();
    const first = await post(platform, group, { card: issue() });
    const second = await post(platform, group, { card: issue() });
    const recall = (messageId: string) => to(group, { text: '' }, { kind: 'recall', messageId });
    expect(await platform.deliver(recall(first))).toMatchObject({ status: 'sent' });
    const restarted = platformOf(sim, { cardTemplateId: sim.templateId });
    expect(await restarted.deliver(recall(second))).toMatchObject({ status: 'sent' });
    const left = sim.group(group).cards();
    expect(left.map((each) => sim.cardText(each))).toEqual([expect.stringMatching(/^已撤回/)]);
    expect(left.flatMap((each) => sim.buttons(each))).toEqual([]);
  });
});

describe('presses', () => {
  it('bring action and value, also from 更多, and the group that the card hangs in', async () => {
    const { sim, platform, lin, group, seen } = await withCards();
    await post(platform, group, { card: issue() });
    const shown = sim.group(group).lastCard();
    if (!shown) throw new Error('no card');
    await lin.press(shown, '按建议办');
    await lin.press(shown, '上报');
    expect(seen).toMatchObject([
      { kind: 'action', action: 'demo.按建议办', value: { id: 128 }, chat: { type: 'group', id: group } },
      { kind: 'action', action: 'demo.上报', value: { id: 128 } },
    ]);
    expect(sim.complaints).toEqual([]);
  });

  it('a form brings what was chosen and typed under its names', async () => {
    const { sim, platform, lin, seen } = await withCards();
    await post(platform, lin.staffId, { card: form });
    const shown = sim.private(lin).lastCard();
    if (!shown) throw new Error('no card');
    await lin.press(shown, '改好', {
      form: { due: '2026-11-30', why: '缺配件', who: ['老王', '李梅'], note: '等货' },
    });
    expect(seen).toMatchObject([
      {
        kind: 'action',
        action: 'demo.later',
        value: { id: 128 },
        form: { due: '2026-11-30', why: 'parts', who: ['1', '2'], note: '等货' },
        chat: { type: 'p2p' },
      },
    ]);
  });

  it('tell only the one who pressed, and change nothing, where there is no new card', async () => {
    const toast = { text: '这件事由书记研判。', tone: 'bad' as const };
    const { sim, platform, lin, wang, group } = await withCards(() => ({ toast }));
    await post(platform, group, { card: issue() });
    const shown = sim.group(group).lastCard();
    if (!shown) throw new Error('no card');
    await lin.press(shown, '按建议办');
    expect(sim.cardText(shown, lin)).toContain(toast.text);
    expect(sim.cardText(shown, lin)).toContain('楼道灯不亮');
    expect(sim.cardText(shown, wang)).not.toContain(toast.text);
    expect(sim.complaints).toEqual([]);
  });

  it('in a group show the new card to everybody, who pressed first', async () => {
    const { sim, platform, lin, wang, group } = await withCards(() => ({ card: issue('办理中') }));
    await post(platform, group, { card: issue() });
    const shown = sim.group(group).lastCard();
    if (!shown) throw new Error('no card');
    await lin.press(shown, '按建议办');
    expect(sim.cardText(shown, lin)).toContain('办理中');
    expect(sim.cardText(shown, wang)).toContain('待研判');
    await sim.waitFor(() => sim.cardText(shown, wang).includes('办理中'), { timeoutMs: 5000 });
    // The call for the others is brought to the books by the deliveries that follow.
    const spent = [];
    for (let turn = 0; turn < 3; turn += 1)
      spent.push((await platform.deliver(to(group, text))).spent?.calls ?? 0);
    expect(spent.reduce((sum, calls) => sum + calls)).toBe(3 + 1);
  });

  it('a newer update is not undone by an older answer', async () => {
    const { sim, platform, lin, wang, group } = await withCards(() => ({ card: issue('办理中') }));
    const messageId = await post(platform, group, { card: issue() });
    const shown = sim.group(group).lastCard();
    if (!shown) throw new Error('no card');
    await lin.press(shown, '按建议办');
    await platform.deliver(to(group, { card: issue('已办结') }, { kind: 'update', messageId }));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    for (const viewer of [lin, wang]) expect(sim.cardText(shown, viewer)).toContain('已办结');
    expect(sim.calls.filter((call) => call.method === 'PUT')).toHaveLength(1);
  });
});

describe('a template that cannot be used', () => {
  it.each([
    ['unpublished', 'param.templateUnpublished', /发布/],
    ['unknown', 'param.templateNotExist', /DINGTALK_CARD_TEMPLATE_ID/],
    ['without the permission', 'Forbidden.AccessDenied.AccessTokenPermissionDenied', /Card\.Instance\.Write/],
  ])('%s: cards go as messages, administrators are told once', async (how, code, remedy) => {
    const { sim, platform, lin, troubles } = await withCards();
    if (how === 'unpublished') sim.setTemplate({ id: sim.templateId, published: false });
    if (how === 'unknown') sim.removeTemplate(sim.templateId);
    if (how === 'without the permission') sim.withhold('Card.Instance.Write');
    expect(platform.limits.cardLifeMs).toBeGreaterThan(0);
    const out = to(lin.staffId, { card: issue() });
    expect(await platform.deliver(out)).toMatchObject({ status: 'retry', code: 'template_unusable' });
    expect(platform.limits.cardLifeMs).toBe(0);
    expect(await platform.deliver(out)).toMatchObject({ status: 'retry', code: 'template_unusable' });

    expect(await platform.deliver({ ...out, ways })).toMatchObject({ status: 'sent' });
    expect(sim.private(lin).last()?.msgType).toBe('actionCard');
    await platform.deliver(to(lin.staffId, { card: issue() }, { ways }));
    expect(troubles).toEqual([expect.stringMatching(remedy)]);
    expect(platform.state().detail).toContain(code);
  });

  it('is tried again after some hours', async () => {
    const { sim, platform, lin } = await withCards();
    sim.setTemplate({ id: sim.templateId, published: false });
    await platform.deliver(to(lin.staffId, { card: issue() }));
    sim.setTemplate({ id: sim.templateId });
    await sim.advance(6 * 3_600_000 + 1);
    expect(platform.limits.cardLifeMs).toBeGreaterThan(0);
    expect(await platform.deliver(to(lin.staffId, { card: issue() }))).toMatchObject({ status: 'sent' });
    expect(sim.private(lin).last()?.msgType).toBe('card');
  });

  it('a card refused for its size goes in the documented one', async () => {
    const { sim, platform, lin } = await withCards();
    const long = card('清单', [
      { kind: 'text', text: '长'.repeat(2000) },
      { kind: 'buttons', buttons: [button('看全部')] },
    ]);
    sim.fail({ path: /createAndDeliver/, mode: 'error', code: 'param.cardParamMap.tooLong', status: 400 });
    await post(platform, lin.staffId, { card: long });
    const shown = sim.private(lin).lastCard();
    if (!shown) throw new Error('no card');
    expect(Buffer.byteLength(sim.cardText(shown))).toBeLessThan(1300);
    expect(sim.buttons(shown).map((each) => each.label)).toEqual(['看全部']);
  });

  it('a card refused for whatever reason goes as a message with all its ways', async () => {
    const { sim, platform, lin } = await withCards();
    sim.fail({ path: /createAndDeliver/, mode: 'error', code: 'param.error', status: 400, times: 2 });
    expect(await platform.deliver(to(lin.staffId, { card: issue() }))).toMatchObject({ status: 'failed' });
    await post(platform, lin.staffId, { card: issue() }, { ways });
    const shown = sim.private(lin).last();
    expect(shown?.msgType).toBe('actionCard');
    expect(shown && sim.buttons(shown).map((each) => each.label)).toEqual([
      '按建议办',
      '派给单位',
      '上报',
      '解释疏导',
    ]);
    expect(platform.limits.cardLifeMs).toBeGreaterThan(0);
  });

  it('without a public address presses by HTTP would go nowhere: cards go as messages', async () => {
    const { sim, platform } = await setUp({}, (made) => ({
      cardTemplateId: made.templateId,
      publicUrl: undefined,
    }));
    const lin = sim.addUser({ name: '林一' });
    expect(platform.limits.cardLifeMs).toBe(0);
    await post(platform, lin.staffId, { card: issue() }, { ways });
    expect(sim.private(lin).last()?.msgType).toBe('actionCard');
  });
});
