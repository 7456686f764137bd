import { describe, expect, it } from 'vitest';
import type { DingTalkSim, JsonObject } from './index.ts';
import { cardSign } from './index.ts';
import { hook, loggedIn, start } from './test-kit.ts';

const PLAIN = {
  lastMessage: '第128号',
  title: '第128号 · 6号楼',
  status: '待研判',
  body: '**类别**：公共设施',
  buttons: '[]',
  more_state: 'none',
  more_text: '',
  more: '[]',
  form: '{"fields":[]}',
  form_status: 'none',
  form_submit: '',
  form_action: '',
  form_value: '',
};
const BUTTONS = JSON.stringify([
  { kind: 'act', label: '按建议办', color: 'blue', action: 'issue.accept', value: '{"id":128}' },
  {
    kind: 'ask',
    label: '撤销',
    color: 'red',
    action: 'undo',
    value: '{}',
    ask_title: '撤销？',
    ask_text: '不再计数',
  },
  { kind: 'link', label: '看全部', color: 'gray', url: 'https://office.example/f/1' },
]);
const FORM = {
  form: JSON.stringify({
    fields: [
      { name: 'due', label: '改到哪天', type: 'DATE', required: true },
      { name: 'why', label: '为什么', type: 'SELECT', options: [{ value: 'parts', text: '缺配件' }] },
      { name: 'note', label: '备注', type: 'TEXT_AREA', defaultValue: '无' },
    ],
  }),
  form_status: 'normal',
  form_submit: '改期',
  form_action: 'issue.later',
  form_value: '{"id":128}',
};

const toPerson = (sim: DingTalkSim, staffId: string, more: Record<string, unknown> = {}) => ({
  cardTemplateId: sim.templateId,
  outTrackId: 'card-1',
  callbackType: 'HTTP',
  callbackRouteKey: 'office',
  cardData: { cardParamMap: { ...PLAIN, buttons: BUTTONS } },
  openSpaceId: `dtv1.card//IM_ROBOT.${staffId}`,
  imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT' },
  ...more,
});

const toGroup = (sim: DingTalkSim, group: string, more: Record<string, unknown> = {}) => ({
  cardTemplateId: sim.templateId,
  outTrackId: 'card-g',
  callbackType: 'HTTP',
  callbackRouteKey: 'office',
  cardData: { cardParamMap: { ...PLAIN, buttons: BUTTONS } },
  openSpaceId: `dtv1.card//IM_GROUP.${group}`,
  imGroupOpenDeliverModel: { robotCode: sim.robotCode },
  ...more,
});

const CREATE = '/v1.0/card/instances/createAndDeliver';

async function office(answer: () => JsonObject = () => ({})) {
  const sim = await start();
  const lin = sim.addUser({ name: '林一' });
  const mei = sim.addUser({ name: '李梅' });
  const group = sim.addGroup({ name: '第一支部', members: [lin, mei], withBot: true });
  const seen = hook(sim, () => ({ json: answer() }));
  const to = await loggedIn(sim);
  await to.call('POST', '/v1.0/card/callbacks/register', {
    callbackRouteKey: 'office',
    callbackUrl: 'http://office.test/webhook/dingtalk/card',
    apiSecret: 'card-secret',
  });
  return { sim, lin, mei, group, seen, to };
}

const last = (sim: DingTalkSim) => {
  const message = sim.messages.at(-1);
  if (!message) throw new Error('no message');
  return message;
};

describe('creating', () => {
  it('draws the template with its variables, once for an outTrackId', async () => {
    const { sim, lin, to } = await office();
    const made = await to.call(
      'POST',
      CREATE,
      toPerson(sim, lin.staffId, {
        cardData: { cardParamMap: { ...PLAIN, buttons: BUTTONS, ...FORM } },
      }),
    );
    expect(made.json).toMatchObject({
      success: true,
      result: { outTrackId: 'card-1', deliverResults: [{ success: true, carrierId: sim.messages[0]?.id }] },
    });
    const card = last(sim);
    expect(sim.private(lin).lastText()).toBe(
      '第128号 · 6号楼\n待研判\n类别：公共设施\n改到哪天\n为什么\n缺配件\n备注\n无\n[按建议办]\n[撤销]\n[看全部]\n[改期]',
    );
    expect(sim.buttons(card)[1]?.confirm).toEqual({ title: '撤销？', text: '不再计数' });
    expect(sim.form(card).map((each) => each.name)).toEqual(['due', 'why', 'note']);
    const again = await to.call('POST', CREATE, toPerson(sim, lin.staffId));
    expect(again).toMatchObject({ status: 400, code: 'param.cardAlreadyExist' });
    expect(sim.messages).toHaveLength(1);
    expect(sim.complaints).toEqual([]);
  });

  it('refuses templates that are unknown or not published', async () => {
    const { sim, lin, to } = await office();
    const code = async (id: string) =>
      (await to.call('POST', CREATE, toPerson(sim, lin.staffId, { cardTemplateId: id }))).code;
    expect(await code('another.schema')).toBe('param.templateNotExist');
    sim.setTemplate({ id: sim.templateId, published: false });
    expect(await code(sim.templateId)).toBe('param.templateUnpublished');
    sim.removeTemplate(sim.templateId);
    expect(await code(sim.templateId)).toBe('param.templateNotExist');
  });

  it('makes instances that nobody sees yet, under the same rules', async () => {
    const { sim, to } = await office();
    const body = {
      cardTemplateId: sim.templateId,
      outTrackId: 'check',
      cardData: { cardParamMap: { title: '自检' } },
    };
    const make = async (more: object) =>
      (await to.call('POST', '/v1.0/card/instances', { ...body, ...more })).code;
    expect(await make({})).toBe('');
    expect(await make({})).toBe('param.cardAlreadyExist');
    expect(await make({ outTrackId: 'other', cardTemplateId: 'other.schema' })).toBe(
      'param.templateNotExist',
    );
    expect([sim.messages, sim.complaints]).toEqual([[], []]);
  });

  it.each([
    ['values that are no strings', { cardData: { cardParamMap: { ...PLAIN, status: 1 } } }],
    ['more than 100 KB', { cardData: { cardParamMap: { ...PLAIN, body: '长'.repeat(40_000) } } }],
    ['an outTrackId of 101 characters', { outTrackId: 'x'.repeat(101) }],
    ['a space of no known form', { openSpaceId: 'IM_ROBOT.user' }],
    ['a callback address that was not registered', { callbackRouteKey: 'unknown' }],
    ['a callback type in small letters', { callbackType: 'stream' }],
  ])('refuses %s', async (_, more) => {
    const { sim, lin, to } = await office();
    const made = await to.call('POST', CREATE, toPerson(sim, lin.staffId, more));
    expect(made.status).toBe(400);
    expect(made.code).toMatch(/^invalidParameter\./);
    expect(sim.messages).toEqual([]);
    expect(sim.complaints).toHaveLength(1);
  });

  it('says in deliverResults where it could not be shown', async () => {
    const { sim, lin, to, group } = await office();
    const failed = async (body: object) => {
      const { status, json } = await to.call('POST', CREATE, body);
      const [result] = (json.result as { deliverResults: { success: boolean; errorMsg: string }[] })
        .deliverResults;
      return [status, result?.success, result?.errorMsg];
    };
    sim.removeBotFrom(group);
    expect(await failed(toGroup(sim, group))).toEqual([200, false, 'robot is not in the group']);
    expect(
      await failed(toPerson(sim, lin.staffId, { outTrackId: 'b', imRobotOpenDeliverModel: {} })),
    ).toEqual([200, false, 'imRobotOpenDeliverModel.spaceType is missing']);
    sim.setReachable(lin, 'resigned');
    expect(await failed(toPerson(sim, lin.staffId, { outTrackId: 'c' }))).toEqual([
      200,
      false,
      'user is not reachable',
    ]);
  });

  it('complains of variables the template has not, of holes and of what cannot be drawn', async () => {
    const { sim, lin, to } = await office();
    const { status: _, ...holes } = PLAIN;
    const cardParamMap = { ...holes, extra: '1', buttons: '[{"kind":"act","label":"","style":"x"}]' };
    await to.call('POST', CREATE, toPerson(sim, lin.staffId, { cardData: { cardParamMap } }));
    expect(sim.complaints).toEqual([
      'card: buttons has no style in its entries',
      'card: the template has no variable extra',
      'card: status is left out',
      'card: a button without a label',
      'card: the button  does nothing',
    ]);
  });
});

describe('pressing', () => {
  it('calls back signed, shows the answer to who pressed alone, and an update to all', async () => {
    const next = { ...PLAIN, status: '处理中', buttons: '[]' };
    const { sim, lin, mei, group, seen, to } = await office(() => ({
      cardData: { cardParamMap: next },
      userPrivateData: { cardParamMap: { notice: '已派给物业办', notice_good: 'true' } },
      cardUpdateOptions: { updateCardDataByKey: false, updatePrivateDataByKey: true },
    }));
    await to.call('POST', CREATE, toGroup(sim, group));
    const card = last(sim);
    const outcome = await lin.press(card, '按建议办');
    expect(outcome).toMatchObject({ acked: true, toast: { type: 'success', content: '已派给物业办' } });
    const { url, headers, body } = seen[0] ?? {};
    expect(url).toBe('http://office.test/webhook/dingtalk/card');
    expect(headers?.get('x-ddpaas-signature')).toBe(
      cardSign(headers?.get('x-ddpaas-signature-timestamp') ?? '', 'card-secret'),
    );
    expect(body).toMatchObject({ type: 'actionCallback', outTrackId: 'card-g', userId: lin.staffId });
    expect(JSON.parse(String(body?.content))).toEqual({
      cardPrivateData: {
        actionIds: ['node_lianxin_buttons_act'],
        params: { action: 'issue.accept', value: '{"id":128}' },
      },
    });
    expect(sim.cardText(card, lin)).toContain('处理中');
    expect(sim.cardText(card, lin)).toContain('已派给物业办');
    expect(sim.cardText(card, mei)).toContain('待研判');
    await to.call('PUT', '/v1.0/card/instances', { outTrackId: 'card-g', cardData: { cardParamMap: next } });
    expect(sim.cardText(card, mei)).toContain('处理中');
    expect(sim.cardText(card, mei)).not.toContain('已派给物业办');
    expect(sim.buttons(card, lin)).toEqual([]);
    expect(sim.complaints).toEqual([]);
  });

  it('replaces the whole map unless the flag is set', async () => {
    const { sim, lin, to } = await office();
    await to.call('POST', CREATE, toPerson(sim, lin.staffId));
    const put = (cardUpdateOptions: object) =>
      to.call('PUT', '/v1.0/card/instances', {
        outTrackId: 'card-1',
        cardData: { cardParamMap: { status: '办结' } },
        cardUpdateOptions,
      });
    await put({ updateCardDataByKey: true });
    expect(sim.cardText(last(sim))).toContain('第128号 · 6号楼\n办结');
    expect(sim.complaints).toEqual([]);
    await put({});
    expect(sim.cardText(last(sim))).toBe('办结');
    expect(sim.complaints).toContain('card: title is left out');
    expect((await to.call('PUT', '/v1.0/card/instances', { outTrackId: 'none' })).code).toBe(
      'param.cardNotExist',
    );
  });

  it('submits the form as the component does', async () => {
    const { sim, lin, seen, to } = await office();
    const cardData = { cardParamMap: { ...PLAIN, ...FORM } };
    await to.call('POST', CREATE, toPerson(sim, lin.staffId, { cardData }));
    const card = last(sim);
    await expect(lin.press(card, '改期')).rejects.toThrow('due is required');
    await expect(lin.press(card, '改期', { form: { when: '1' } })).rejects.toThrow('no field when');
    await expect(lin.press(card, '改期', { form: { due: '2026-11-30', why: '忘了' } })).rejects.toThrow(
      'no option',
    );
    await lin.press(card, '改期', { form: { due: '2026-11-30', why: '缺配件' } });
    const { cardPrivateData } = JSON.parse(String(seen[0]?.body.content)) as { cardPrivateData: JsonObject };
    expect(cardPrivateData.params).toEqual({
      action: 'issue.later',
      value: '{"id":128}',
      form: { due: '2026-11-30', why: { index: 0, value: 'parts' }, note: '无' },
    });
  });

  it('complains of answers in the wrong form, and of cards that call nobody back', async () => {
    let answer: JsonObject = { toast: { content: '好' } };
    const { sim, lin, to } = await office(() => answer);
    await to.call('POST', CREATE, toPerson(sim, lin.staffId));
    await lin.press(last(sim), '按建议办');
    answer = { userPrivateData: { cardParamMap: { title: '换' } } };
    await lin.press(last(sim), '按建议办');
    expect(sim.complaints).toEqual([
      'card answer: unknown property toast',
      'card answer: title is not flagged private in the template',
    ]);
    await to.call('POST', CREATE, toPerson(sim, lin.staffId, { outTrackId: 'mute', callbackType: 'STREAM' }));
    const outcome = await lin.press(last(sim), '按建议办');
    expect(outcome).toMatchObject({ pushed: false, error: 'the card calls nobody back' });
    await expect(lin.press(last(sim), '看全部')).rejects.toThrow('only opens');
    expect(await lin.tap(last(sim), '看全部')).toEqual({ kind: 'url', url: 'https://office.example/f/1' });
  });

  it('keeps the registered address until it is forced', async () => {
    const { sim, to } = await office();
    const register = (forceUpdate: boolean) =>
      to.call('POST', '/v1.0/card/callbacks/register', {
        callbackRouteKey: 'office',
        callbackUrl: 'http://new.test/card',
        apiSecret: 's',
        forceUpdate,
      });
    const kept = await register(false);
    expect(kept.json.result).toMatchObject({ callbackUrl: 'http://office.test/webhook/dingtalk/card' });
    expect((await register(true)).json.result).toMatchObject({ callbackUrl: 'http://new.test/card' });
    expect(sim.complaints).toEqual([]);
  });
});
