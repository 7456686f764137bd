import { describe, expect, it } from 'vitest';
import type { JsonObject } from './index.ts';
import { button, card, client, codeOf, plain, sendCard, start, webhook } from './test-kit.ts';

describe('card callbacks', () => {
  it('finds buttons, menus and forms, applies the answered card and refuses a bad one', async () => {
    const sim = await start({ cardStamp: 'go' });
    const lin = sim.addUser({ name: '林一' });
    let answer: unknown = {};
    const actions: unknown[] = [];
    await webhook(sim, (payload, { headers }) => {
      expect(headers['x-lark-request-timestamp']).toMatch(/^\d{4}-\d\d-\d\d .* \+0800 CST m=/);
      actions.push((payload.event as JsonObject).action);
      return { json: answer };
    });
    const content = card([
      button('撤销', { a: 'undo', visit: 7 }),
      {
        tag: 'overflow',
        options: [
          { text: plain('上报'), value: 'up' },
          { text: plain('解释疏导'), value: 'explain' },
        ],
        behaviors: [{ type: 'callback', value: { a: 'more' } }],
      },
      {
        tag: 'form',
        name: 'edit',
        elements: [
          { tag: 'input', name: 'note', label: plain('内容'), default_value: '低保咨询', required: true },
          {
            tag: 'select_static',
            name: 'mode',
            options: [
              { text: plain('入户'), value: 'home' },
              { text: plain('电话'), value: 'phone' },
            ],
            initial_option: 'home',
          },
          { tag: 'date_picker', name: 'day', initial_date: '2026-11-20' },
          {
            tag: 'button',
            name: 'save',
            text: plain('保存'),
            form_action_type: 'submit',
            behaviors: [{ type: 'callback', value: { a: 'save' } }],
          },
        ],
      },
    ]);
    await sendCard(client(sim), lin.openId, content);
    const message = sim.private(lin).lastCard();
    if (!message) throw new Error('no card');
    expect(sim.buttons(message).map((each) => each.label)).toEqual(['撤销', '上报', '解释疏导', '保存']);
    expect(sim.findButton(message, '撤销')?.value).toEqual({ a: 'undo', visit: 7 });
    expect(sim.cardText(message)).toBe(
      '走访已记\n[撤销]\n[上报] [解释疏导]\n内容\n低保咨询\n入户\n电话\n[保存]',
    );

    answer = {
      toast: { type: 'success', content: '已撤销' },
      card: { type: 'raw', data: card([], '已撤销') },
    };
    await expect(lin.press(message, '保存', { form: { note: '' } })).rejects.toThrow('required');
    await lin.press(message, '解释疏导').then((out) => expect(out.toast?.content).toBe('已撤销'));
    expect(sim.cardText(message)).toBe('已撤销');
    message.content = content;
    await lin.press(message, { a: 'undo' });
    message.content = content;
    const saved = await lin.press(message, '保存', {
      form: { note: '问低保', mode: '电话', day: '2026-11-21' },
    });
    expect(saved.card).toEqual(card([], '已撤销'));
    expect(actions).toMatchObject([
      { tag: 'overflow', option: 'explain', value: { a: 'more' } },
      { tag: 'button', value: { a: 'undo', visit: 7 } },
      {
        tag: 'button',
        name: 'save',
        value: { a: 'save' },
        form_value: { note: '问低保', mode: 'phone', day: '2026-11-21 +0800' },
      },
    ]);
    expect(sim.complaints).toEqual([]);

    const answers: [unknown, number][] = [
      [{ schema: '2.0' }, 200672],
      [{ card: { type: 'raw', data: { elements: [] } } }, 200830],
      [{ card: { type: 'raw', data: card([{ tag: 'note' }]) } }, 200673],
      [{ toast: { type: 'loud', content: '!' } }, 200672],
    ];
    for (const [bad, code] of answers) {
      message.content = content;
      answer = bad;
      expect((await lin.press(message, '撤销')).error?.code).toBe(code);
    }
    expect(sim.complaints).toHaveLength(answers.length);
  });

  it('takes a delayed update twice within half an hour, after the answer', async () => {
    const sim = await start({ clock: () => 1_800_000_000_000 });
    const lin = sim.addUser({ name: '林一' });
    const tokens: unknown[] = [];
    await webhook(sim, (payload) => {
      tokens.push((payload.event as JsonObject).token);
      return {};
    });
    const to = client(sim);
    await sendCard(to, lin.openId, card([button('办', { a: 1 })]));
    const message = sim.private(lin).lastCard();
    if (!message) throw new Error('no card');
    await lin.press(message, '办');
    const update = (token: unknown, title: string) =>
      to.request({
        method: 'POST',
        url: '/open-apis/interactive/v1/card/update',
        data: { token, card: card([button('办', { a: 1 })], title) },
      });
    await update(tokens[0], '一');
    await update(tokens[0], '二');
    expect((await codeOf(update(tokens[0], '三'))).code).toBe(300040);
    expect(sim.cardText(message)).toBe('二\n[办]');
    await lin.press(message, '办');
    await sim.advance(30 * 60_000 + 1);
    expect((await codeOf(update(tokens[1], '四'))).code).toBe(300030);
  });
});
