import { describe, expect, it } from 'vitest';
import { BUTTONS, CREATE, FORM, last, office, PLAIN, toGroup, toPerson } from './card-kit.ts';

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
