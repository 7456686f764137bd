import { describe, expect, it } from 'vitest';
import { CREATE, FORM, last, office, PLAIN, toGroup, toPerson } from './card-kit.ts';
import { cardSign, type JsonObject } from './index.ts';
import { ack, connect } from './stream-kit.ts';

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

  it('takes the answer out of the ack over Stream', async () => {
    const { sim, lin, to } = await office();
    sim.transport = 'stream';
    await connect(sim, (frame) =>
      frame.type === 'CALLBACK'
        ? ack(frame, {
            response: { userPrivateData: { cardParamMap: { notice: '好', notice_good: 'true' } } },
          })
        : undefined,
    );
    await to.call('POST', CREATE, toPerson(sim, lin.staffId, { callbackType: 'STREAM' }));
    const outcome = await lin.press(last(sim), '按建议办');
    expect(outcome).toMatchObject({ acked: true, toast: { type: 'success', content: '好' } });
    expect(sim.complaints).toEqual([]);
  });
});
