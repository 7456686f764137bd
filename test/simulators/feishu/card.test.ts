import { describe, expect, it } from 'vitest';
import type { JsonObject } from './index.ts';
import { button, card, client, codeOf, plain, sendCard, start } from './test-kit.ts';

describe('card JSON 2.0', () => {
  const form = (elements: JsonObject[], more: JsonObject = {}): JsonObject => ({
    tag: 'form',
    name: 'edit',
    elements,
    ...more,
  });
  const submit: JsonObject = { tag: 'button', name: 'ok', text: plain('提交'), form_action_type: 'submit' };
  const input: JsonObject = { tag: 'input', name: 'note', label: plain('内容') };
  const row: JsonObject = {
    tag: 'column_set',
    columns: [{ tag: 'column', elements: [button('甲', { a: 1 })] }],
  };
  const multi: JsonObject = {
    tag: 'multi_select_static',
    name: 'who',
    options: [{ text: plain('甲'), value: '1' }],
  };

  const good: [string, JsonObject][] = [
    ['an empty body', card([])],
    ['columns of buttons', card([row])],
    [
      'a form with fields',
      card([form([input, multi, { tag: 'date_picker', name: 'd', placeholder: plain('日期') }, submit])]),
    ],
    [
      'a table at the root',
      card([{ tag: 'table', columns: [{ name: 'a', data_type: 'text' }], rows: [{ a: '一' }] }]),
    ],
    [
      'tags in the header',
      {
        ...card([]),
        header: {
          title: plain('t'),
          text_tag_list: [{ tag: 'text_tag', text: plain('待研判'), color: 'blue' }],
        },
      },
    ],
    [
      'own sizes',
      {
        ...card([{ tag: 'markdown', content: 'x', text_size: 'big' }]),
        config: { style: { text_size: { big: { default: 'heading-2' } } } },
      },
    ],
  ];
  it.each(good)('takes %s', async (_, content) => {
    const sim = await start();
    const lin = sim.addUser({ name: '林一' });
    await sendCard(client(sim), lin.openId, content);
    expect(sim.complaints).toEqual([]);
  });

  const many = Array.from({ length: 101 }, (_, index) => ({ tag: 'div', text: plain(`第${index}行`) }));
  const bad: [string, JsonObject, RegExp][] = [
    ['a 1.0 card', { elements: [] }, /300303/],
    ['an unknown root property', { ...card([]), fallback: {} }, /unknown property, property: fallback/],
    [
      'an unknown property',
      card([{ tag: 'markdown', content: 'x', href: {} }]),
      /200621.*property: href.*tag: markdown/,
    ],
    ['the action module', card([{ tag: 'action', actions: [] }]), /200861/],
    ['a note', card([{ tag: 'note', elements: [] }]), /200861/],
    ['update_multi false', { ...card([]), config: { update_multi: false } }, /300302/],
    ['wide_screen_mode', { ...card([]), config: { wide_screen_mode: true } }, /property: wide_screen_mode/],
    ['more than 200 elements, texts counted', card(many), /11310/],
    [
      'a string as callback value',
      card([{ tag: 'button', text: plain('甲'), behaviors: [{ type: 'callback', value: 'x' }] }]),
      /must be an object/,
    ],
    ['a 1.0 button value', card([{ tag: 'button', text: plain('甲'), value: {} }]), /property: value/],
    [
      'a form inside a column',
      card([{ tag: 'column_set', columns: [{ tag: 'column', elements: [form([submit])] }] }]),
      /form only at the root/,
    ],
    ['a form without submit', card([form([input])]), /submit/],
    ['a form without name', card([{ tag: 'form', elements: [submit] }]), /property: name/],
    ['a nameless field in a form', card([form([{ tag: 'input' }, submit])]), /200530/],
    ['the same name twice', card([form([input, input, submit])]), /200530.*duplicate/],
    [
      'a table in a form',
      card([form([{ tag: 'table', columns: [{ name: 'a', data_type: 'text' }], rows: [] }, submit])]),
      /table only/,
    ],
    ['a multi select outside a form', card([multi]), /only inside a form/],
    [
      'an invalid template',
      { ...card([]), header: { title: plain('t'), template: 'pink' } },
      /invalid value "pink"/,
    ],
    [
      'four tags',
      {
        ...card([]),
        header: { title: plain('t'), text_tag_list: Array(4).fill({ tag: 'text_tag', text: plain('x') }) },
      },
      /4 items/,
    ],
    ['a header without title', { ...card([]), header: { template: 'blue' } }, /property: title/],
    ['a bad element_id', card([{ tag: 'hr', element_id: '1st' }]), /invalid element_id/],
    [
      'an element_id twice',
      card([
        { tag: 'hr', element_id: 'a' },
        { tag: 'hr', element_id: 'a' },
      ]),
      /300301/,
    ],
    ['a stranger mentioned', card([{ tag: 'markdown', content: '<at id=ou_nobody></at>' }]), /100290/],
    [
      'the same option twice',
      card([
        {
          tag: 'select_static',
          options: [
            { text: plain('甲'), value: '1' },
            { text: plain('乙'), value: '1' },
          ],
        },
      ]),
      /duplicate option/,
    ],
    ['a column outside a column set', card([{ tag: 'column', elements: [] }]), /cannot stand/],
    ['a button label over 100 characters', card([button('长'.repeat(101), { a: 1 })]), /length 101/],
    ['a template card', { type: 'template', data: { template_id: 'AAq' } }, /200380/],
  ];
  it.each(bad)('refuses %s', async (_, content, reason) => {
    const sim = await start();
    const lin = sim.addUser({ name: '林一' });
    const refused = await codeOf(sendCard(client(sim), lin.openId, content));
    expect(refused).toMatchObject({ status: 400, code: 230099 });
    expect(refused.msg).toMatch(reason);
    expect(sim.messages).toEqual([]);
    expect(sim.complaints).toHaveLength(1);
  });
});
