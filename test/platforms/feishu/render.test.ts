import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, Button, Card, Field } from '../../../cards/card.ts';
import { renderCard, renderText } from '../../../src/platforms/feishu/render.ts';
import { checkCard } from '../../simulators/feishu/card-check.ts';
import type { Json } from '../../simulators/feishu/types.ts';
import { card, setUp, to } from './sim-platform.ts';

/** Rendered, and held against the platform's allow-list; nobody is known, so a mention that works fails it. */
function render(neutral: Card, toPerson = false): string {
  const rendered = renderCard(neutral, { toPerson });
  checkCard(rendered as Json, () => false);
  return JSON.stringify(rendered);
}

const count = (json: string, part: string): number => json.split(part).length - 1;
const button = (label: string, over: Partial<Button> = {}): Button => ({
  label,
  action: 'issue.accept',
  ...over,
});

const fields: Field[] = [
  {
    kind: 'text',
    name: 'note',
    label: '情况',
    value: '两行\n字',
    required: true,
    max: 5000,
    multiline: true,
  },
  { kind: 'text', name: 'person', label: '姓名', value: '张某', placeholder: '如：张某' },
  {
    kind: 'select',
    name: 'mode',
    label: '方式',
    options: [
      { label: '入户', value: 'home' },
      { label: '电话', value: 'phone' },
      { label: '电话', value: 'phone' },
      { label: '无', value: '' },
    ],
    value: 'home',
    required: true,
  },
  { kind: 'multi', name: 'who', label: '同行', options: [{ label: '李梅', value: '2' }], values: ['2', '9'] },
  { kind: 'date', name: 'day', label: '日期', value: '2026-11-18' },
];

const whole: Card = {
  title: '第128号 · 6号楼 · 公共设施 · 11月24日（周二）17:30前',
  tone: 'wait',
  status: '待研判',
  blocks: [
    { kind: 'text', text: '请您研判', size: 'large' },
    { kind: 'text', text: '超期2个工作日', tone: 'urgent', size: 'small' },
    { kind: 'quote', text: '“楼道灯坏了三天没人修”' },
    {
      kind: 'fields',
      rows: [
        { label: '类别', value: '公共设施' },
        { label: '空', value: '' },
      ],
    },
    { kind: 'list', items: ['第128号', '第121号'], ordered: true },
    { kind: 'divider' },
    { kind: 'form', name: 'edit', action: 'visit.save', value: { visit: 7 }, fields, submit: '保存' },
    {
      kind: 'buttons',
      buttons: [
        button('当场已解决', { value: { issue: 128 }, style: 'primary' }),
        button('本支部办'),
        button('派给单位', { style: 'danger', confirm: { title: '派出去？', text: '派给物业办' } }),
        button('打开网页', { url: 'https://example.cn/a' }),
        button('第五个'),
      ],
      more: [
        button('上报', { action: 'issue.escalate', value: { issue: 128 } }),
        button('撤销', { confirm: { title: '撤销？', text: '不能再恢复' } }),
      ],
    },
  ],
};

describe('renderCard', () => {
  it('renders every block within the allow-list of properties', () => {
    const json = render(whole);
    for (const words of [
      '待研判',
      '请您研判',
      '“楼道灯坏了三天没人修”',
      '类别：公共设施',
      '1. 第128号',
      '保存',
    ]) {
      expect(json).toContain(words);
    }
    expect(json).not.toContain('空：');
    expect(json).toContain('"template":"orange"');
  });

  it('answers with the action under a and the values beside it', () => {
    const json = render(whole);
    expect(json).toContain('{"type":"callback","value":{"issue":128,"a":"issue.accept"}}');
    expect(json).toContain('{"type":"callback","value":{"visit":7,"a":"visit.save"}}');
    expect(json).toContain('{"type":"open_url","default_url":"https://example.cn/a"}');
    expect(json).toContain(JSON.stringify(JSON.stringify({ issue: 128, a: 'issue.escalate' })));
  });

  it('marks what goes to one person, in buttons, forms and menus', () => {
    const marks = (json: string) => json.match(/\\?"_p\\?":1/g) ?? [];
    expect(marks(render(whole))).toHaveLength(0);
    expect(marks(render(whole, true))).toHaveLength(7);
  });

  it('shows four buttons and what must ask back; the rest stands in the menu, named beside it', () => {
    const json = render(whole);
    expect(count(json, '"tag":"button"')).toBe(6);
    expect(json).toContain('更多：第五个 · 上报');
    expect(count(json, '"confirm"')).toBe(2);
  });

  it('drops a link that is no web address', () => {
    expect(
      render(
        card('x', { blocks: [{ kind: 'buttons', buttons: [button('坏', { url: 'javascript:alert(1)' })] }] }),
      ),
    ).not.toContain('坏');
  });

  it('sets a form as it was, cut to what an input takes', () => {
    const json = render(whole);
    expect(json).toContain('"max_length":1000');
    expect(json).toContain('"initial_option":"home"');
    expect(json).toContain('"selected_values":["2"]');
    expect(json).toContain('"initial_date":"2026-11-18"');
    expect(json).toContain('"default_value":"两行\\n字"');
    expect(json).toContain('"required":false');
  });

  it('cannot be forwarded or pressed elsewhere, and can be updated for all', () => {
    expect(renderCard(whole, { toPerson: false }).config).toEqual({
      update_multi: true,
      enable_forward: false,
      enable_forward_interaction: false,
      summary: { content: whole.title },
    });
  });

  it('takes the power from markup, in every place where text can stand', () => {
    const hostile = '<at id=all></at><at user_id="all">x</at> **b** [a](javascript:1) \u202eabc\u0000';
    const text = ['title', 'text', 'label', 'value', 'placeholder', 'submit', 'status'];
    const put = (value: unknown, under = ''): unknown => {
      if (Array.isArray(value)) return value.map((item) => put(item, under));
      if (typeof value !== 'object' || value === null) return value;
      const replaced = Object.entries(value).map(([key, inner]) => {
        // The value of an option is a key of ours and is not shown.
        const shown =
          typeof inner === 'string' && text.includes(key) && !(under === 'options' && key === 'value');
        return [key, shown ? hostile : put(inner, key)];
      });
      return Object.fromEntries(replaced);
    };
    const json = render(put(whole) as Card);
    expect(json).not.toMatch(/<at/i);
    expect(json).not.toMatch(/"tag":"(markdown|lark_md)"/);
    expect(json).not.toContain('\u202e');
    expect(json).toContain('＜at id=all>');
  });

  it('keeps within 30 KB and 200 elements, whatever comes, and never loses a button', () => {
    const long = '楼道灯坏了三天没人修。'.repeat(2000);
    const blocks: Block[] = [
      { kind: 'quote', text: long },
      { kind: 'list', items: Array.from({ length: 400 }, (_, n) => `第${n}号 · 公共设施`) },
      { kind: 'fields', rows: Array.from({ length: 90 }, (_, n) => ({ label: `项${n}`, value: long })) },
      {
        kind: 'form',
        name: 'f',
        action: 'x.y',
        submit: '保存',
        fields: [
          {
            kind: 'select',
            name: 's',
            label: '户',
            value: '290',
            options: Array.from({ length: 300 }, (_, n) => ({ label: `${n}号`, value: `${n}` })),
          },
        ],
      },
      { kind: 'buttons', buttons: [button('按建议办')] },
    ];
    const json = render(card('很大', { blocks }));
    expect(Buffer.byteLength(json)).toBeLessThan(30_000);
    expect(json).toContain('按建议办');
    expect(json).toContain('"initial_option":"290"');
    expect(json).toMatch(/还有\d+条，这里放不下/);
    const many = render(
      card('很多', {
        blocks: [
          ...Array.from({ length: 300 }, (): Block => ({ kind: 'text', text: '一段' })),
          ...blocks.slice(4),
        ],
      }),
    );
    expect(many).toContain('内容太多');
    expect(many).toContain('按建议办');
  });

  it('leaves a card of usual size as it is', () => {
    const text = '低保咨询'.repeat(500);
    expect(render(card('x', { blocks: [{ kind: 'text', text }] }))).toContain(text);
  });

  it('has a title even if there was none', () => expect(render(card(''))).toContain('"content":"连心"'));

  it('renders any text into a card that Feishu takes', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(
        text,
        text,
        text,
        fc.constantFrom('plain', 'info', 'good', 'wait', 'urgent', 'done'),
        (a, b, c, tone) => {
          const blocks: Block[] = [
            { kind: 'text', text: a },
            { kind: 'quote', text: b },
            { kind: 'buttons', buttons: [button(`按${c}`)], more: [button(`更${a}`)] },
          ];
          return render(card(c, { tone: tone as Card['tone'], blocks })).length > 0;
        },
      ),
    );
  });
});

describe('renderText', () => {
  it('keeps a line as it is, but for what could be markup', () => {
    expect(renderText('已记 · 3号楼 1户')).toBe('已记 · 3号楼 1户');
    expect(renderText('3<5 且 5>3 <b>x</b> <AT user_id="all">')).toBe(
      '3<5 且 5>3 ＜b>x＜/b> ＜AT user_id="all">',
    );
    expect(renderText(' ')).toBe('…');
    expect(renderText('长'.repeat(30_000)).length).toBeLessThan(20_010);
  });
});

describe('words instead of a card (文字版)', () => {
  it('go as a text with what to type; a card that stands is still updated as one', async () => {
    const { sim, platform } = await setUp();
    const user = sim.addUser({ name: '石小红' });
    const shown = card('走访已记 · 3号楼 张某', {
      blocks: [
        { kind: 'quote', text: '低保咨询 <at user_id="all">' },
        { kind: 'buttons', buttons: [{ label: '撤销这条记录', action: 'withdraw.undo' }] },
      ],
    });
    const ways = { line: () => '撤销这条记录 K7M3', page: () => null };
    await platform.deliver(to(user.openId, { card: shown }, { plain: true, ways }));
    const [message] = sim.private(user).messages;
    expect(message?.msgType).toBe('text');
    expect(sim.private(user).texts()[0]).toContain('撤销这条记录 K7M3');
    expect(message?.mentionsAll).toBe(false);
    const sent = await platform.deliver(to(user.openId, { card: shown }));
    const messageId = sent.status === 'sent' ? sent.messageId : '';
    const update = { kind: 'update', messageId, version: 2, plain: true, ways } as const;
    expect(await platform.deliver(to(user.openId, { card: card('已撤销') }, update))).toMatchObject({
      status: 'sent',
    });
    expect(sim.private(user).lastCard()?.history).toHaveLength(2);
    expect(sim.complaints).toEqual([]);
  });
});
