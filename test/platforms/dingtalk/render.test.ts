import { describe, expect, it } from 'vitest';
import type { Block, Button } from '../../../cards/card.ts';
import { renderCardMessage, renderText } from '../../../src/platforms/dingtalk/render.ts';
import { renderCard, renderCardAnswer } from '../../../src/platforms/dingtalk/render-card.ts';
import { button, card, setUp, to, ways } from './outbound-kit.ts';

const privately = { toPerson: true, ways };
const buttons = (list: Button[], more: Button[] = []): Block => ({ kind: 'buttons', buttons: list, more });
const said = (label: string) =>
  `dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent(`${label} 128`)}`;

const HOSTILE = [
  '[点这里](https://evil.example/)',
  '![图](https://evil.example/x.png)',
  '[发](dtmd://dingtalkclient/sendMessage?content=办结)',
  '**粗** *斜* __下__ ~~删~~ `码`',
  '# 大标题',
  '> 引用',
  '- 条目',
  '---',
  '3. 楼道灯',
  '1. 水管',
  '<at id=all></at><font color=red>红</font>',
  '@all @所有人',
  '$' + '{title}',
  '\u202e倒写\u0000',
].join('\n');

describe('what people typed', () => {
  it('is no markup in a message, whichever block holds it', async () => {
    const { sim, platform } = await setUp();
    const lin = sim.addUser({ name: '林一' });
    const blocks: Block[] = [
      { kind: 'text', text: HOSTILE },
      { kind: 'quote', text: HOSTILE },
      { kind: 'fields', rows: [{ label: HOSTILE, value: HOSTILE }] },
      { kind: 'list', items: [HOSTILE] },
      { kind: 'list', items: [HOSTILE], ordered: true },
    ];
    await platform.deliver(to(lin.staffId, { card: card(HOSTILE, blocks, { status: HOSTILE }) }));
    const message = sim.private(lin).last();
    expect(message?.msgType).toBe('markdown');
    expect(message && sim.buttons(message)).toEqual([]);
    expect(sim.complaints).toEqual([]);
    const { text = '' } = renderCardMessage(card('标题', blocks), privately).msgParam;
    expect(text).not.toMatch(/\]\(|!\[|:\/\/|<[a-z]|@all|@所有人|\$\{|~~|`|__/i);
    for (const unseen of ['\u202e', '\u0000']) expect(text).not.toContain(unseen);
    // Bold is ours alone: titles of fields and the head.
    expect(text.match(/\*\*/g)).toHaveLength(4);
    expect(text).toContain('3． 楼道灯');
    expect(text).not.toMatch(/^\s*(#|>[^ \n]|---)/m);
  });

  it('is no markup in the text of a card either', () => {
    const { body, title } = renderCard(card(HOSTILE, [{ kind: 'text', text: HOSTILE }]), {});
    expect(body).not.toMatch(/\]\(|!\[|:\/\/|<[a-z]|@all|\*|\$\{/i);
    expect(title).not.toContain('\u202e');
    const answer = JSON.stringify(renderCardAnswer({ toast: { text: HOSTILE, tone: 'bad' } }, {}));
    expect(answer).not.toMatch(/\]\(|:\/\/|\*/);
  });

  it('keeps the lines and the words it had', () => {
    const { text } = renderCardMessage(
      card('标题', [{ kind: 'text', text: '第一行\n第二行' }]),
      privately,
    ).msgParam;
    expect(text).toBe('**标题**\n\n第一行  \n  第二行');
  });
});

describe('ways to every action', () => {
  it('in private a button says its line, a form opens its page, both are printed as words', () => {
    const form: Block = { kind: 'form', name: 'later', action: 'a.b', fields: [], submit: '改期' };
    const { msgKey, msgParam } = renderCardMessage(
      card('第128号', [
        buttons([button('按建议办'), button('派给')], [button('上报'), button('解释')]),
        form,
      ]),
      privately,
    );
    expect(msgKey).toBe('sampleActionCard5');
    expect(msgParam).toMatchObject({
      actionTitle1: '改期',
      actionURL1: 'https://lianxin.example.cn/f/later',
      actionTitle2: '按建议办',
      actionURL2: said('按建议办'),
      actionTitle5: '解释',
      actionURL5: said('解释'),
    });
    const lines = msgParam.text?.split('\n\n').slice(1);
    expect(lines).toEqual([
      '也可以直接发：改期 128 日期 原因',
      '也可以直接发：按建议办 128；派给 128；上报 128',
      '更多：解释 128',
    ]);
  });

  it('in a group there is nothing that speaks for somebody: the lines are printed, and where to send them', () => {
    const { msgKey, msgParam } = renderCardMessage(
      card('第128号', [buttons([button('收到'), button('派给')])]),
      {
        toPerson: false,
        ways,
      },
    );
    expect(msgKey).toBe('sampleMarkdown');
    expect(msgParam.text).toContain('要办请@我发，或私聊我发：收到 128；派给 128');
    expect(JSON.stringify(msgParam)).not.toContain('dtmd');
  });

  it('one link, several, and more than there is room for: none is lost', () => {
    const many = Array.from({ length: 8 }, (_, index) =>
      button(`第${index + 1}项`, { url: `https://lianxin.example.cn/x(${index + 1})`, action: '' }),
    );
    expect(renderCardMessage(card('一', [buttons(many.slice(0, 1))]), privately)).toMatchObject({
      msgKey: 'sampleActionCard',
      msgParam: { singleTitle: '第1项', singleURL: 'https://lianxin.example.cn/x%281%29' },
    });
    const { msgKey, msgParam } = renderCardMessage(card('八', [buttons(many)]), privately);
    expect(msgKey).toBe('sampleActionCard5');
    for (const index of [6, 7, 8])
      expect(msgParam.text).toContain(`- [第${index}项](https://lianxin.example.cn/x%28${index}%29)`);
  });

  it('addresses other than of the web are no links', () => {
    const odd = ['javascript:alert(1)', 'dtmd://dingtalkclient/sendMessage?content=x', 'https://'];
    const list = odd.map((url, index) => button(`第${index}项`, { url, action: '' }));
    const sent = JSON.stringify([
      renderCardMessage(card('八', [buttons(list)]), { toPerson: true }),
      renderCard(card('八', [buttons(list)]), {}),
    ]);
    expect(sent).not.toMatch(/javascript|dtmd|https:/);
  });

  it('without lines at hand the card says how to see it again', () => {
    const { msgParam } = renderCardMessage(card('第128号', [buttons([button('收到')])]), { toPerson: true });
    expect(msgParam.text).toContain('发“文字版”');
  });

  it('one page with everything, for clients that honour no command links', () => {
    const whole = () => 'https://lianxin.example.cn/f/all';
    const pressing = card('第128号', [buttons([button('收到')])]);
    const text = (toPerson: boolean) =>
      renderCardMessage(pressing, { toPerson, ways: { ...ways, whole } }).msgParam.text;
    expect(text(true)).toContain('[在网页上办](https://lianxin.example.cn/f/all)');
    expect(text(false)).not.toContain('/f/');
  });

  it('words alone on request: what it says, what one can type, nothing to press', () => {
    const form: Block = { kind: 'form', name: 'later', action: 'a.b', fields: [], submit: '改期' };
    const { msgKey, msgParam } = renderCardMessage(
      card('第128号', [{ kind: 'quote', text: '楼道灯坏了' }, form, buttons([button('收到')])], {
        status: '待研判',
      }),
      { ...privately, plain: true },
    );
    expect(msgKey).toBe('sampleText');
    for (const words of ['第128号', '待研判', '“楼道灯坏了”', '改期 128 日期 原因', '收到 128'])
      expect(msgParam.content).toContain(words);
    expect(JSON.stringify(msgParam)).not.toMatch(/dtmd|actionURL/);
  });
});

describe('sizes', () => {
  const long: Block[] = [
    { kind: 'list', items: Array.from({ length: 300 }, (_, index) => `第${index}件 ${'长'.repeat(80)}`) },
    { kind: 'text', text: '"\\'.repeat(4000) },
    buttons([button('看全部')]),
  ];
  const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value), 'utf8');

  it.each([false, true])(
    'a message stays below 15,000 bytes and keeps its ways (words alone: %s)',
    (plain) => {
      const { msgParam } = renderCardMessage(card('长'.repeat(500), long), { ...privately, plain });
      expect(bytes(msgParam)).toBeLessThan(15_000);
      expect(JSON.stringify(msgParam)).toContain('看全部 128');
      expect(JSON.stringify(msgParam)).toMatch(/这里放不下/);
    },
  );

  it('a card stays below 100 KB, and after a refusal its text below 1 KB', () => {
    const huge = card('长', [{ kind: 'text', text: '长'.repeat(50_000) }, ...long]);
    const params = renderCard(huge, {});
    expect(bytes(params)).toBeLessThan(100 * 1024);
    expect(Object.values(params).every((value) => typeof value === 'string')).toBe(true);
    const small = renderCard(huge, { small: true });
    expect(Buffer.byteLength(small.body ?? '', 'utf8')).toBeLessThanOrEqual(1024);
    expect(small.buttons).toContain('看全部');
  });

  it('a line never becomes empty', () => {
    expect(renderText('\u202e \u0000').msgParam.content).toBe('…');
  });
});

describe('our template', () => {
  it('four buttons in sight, the rest behind 更多; what must be asked before says so', () => {
    const list = ['一', '二', '三', '四', '五'].map((label) => button(label));
    const undo = button('撤销', { style: 'danger', confirm: { title: '撤销？', text: '撤销后不再计数。' } });
    const params = renderCard(card('第128号', [buttons(list, [undo])]), { group: 'cid1==' });
    expect(JSON.parse(params.buttons ?? '')).toHaveLength(4);
    expect(params).toMatchObject({ more_state: 'shown', more_text: '更多：五 · 撤销' });
    expect(JSON.parse(params.more ?? '')[1]).toEqual({
      kind: 'ask',
      label: '撤销',
      color: 'red',
      action: 'demo.撤销',
      value: '{"id":128,"_g":"cid1=="}',
      ask_title: '撤销？',
      ask_text: '撤销后不再计数。',
    });
  });

  it('fields of every kind with what is chosen already', () => {
    const options = [
      { label: '甲', value: 'a' },
      { label: '乙', value: 'b' },
      { label: '空', value: '' },
    ];
    const form: Block = {
      kind: 'form',
      name: 'f',
      action: 'demo.f',
      submit: '提交',
      fields: [
        { kind: 'text', name: 't', label: '字', required: true, placeholder: '请写' },
        { kind: 'text', name: 'm', label: '多行', value: '一\n二' },
        { kind: 'select', name: 's', label: '选', options, value: 'b' },
        { kind: 'multi', name: 'x', label: '多选', options, values: ['b', 'nobody'] },
        { kind: 'date', name: 'd', label: '日', value: '2026-11-30' },
        { kind: 'date', name: 'e', label: '日', value: '明天' },
      ],
    };
    const params = renderCard(card('表', [form]), {});
    expect(params).toMatchObject({
      form_status: 'normal',
      form_submit: '提交',
      form_action: 'demo.f',
      form_value: '{}',
    });
    expect(JSON.parse(params.form ?? '').fields).toMatchObject([
      { name: 't', type: 'TEXT', required: true, requiredMsg: '请填“字”', placeholder: '请写' },
      { name: 'm', type: 'TEXT_AREA', defaultValue: '一\n二' },
      {
        name: 's',
        type: 'SELECT',
        options: [
          { value: 'a', text: '甲' },
          { value: 'b', text: '乙' },
        ],
        defaultValue: { index: 1, value: 'b' },
      },
      { name: 'x', type: 'MULTI_SELECT', defaultValue: { index: [1], value: ['b'] } },
      { name: 'd', type: 'DATE', defaultValue: '2026-11-30' },
      { name: 'e', type: 'DATE' },
    ]);
    expect(JSON.parse(params.form ?? '').fields[5]).not.toHaveProperty('defaultValue');
  });

  it('an answer replaces the whole card or touches nothing but the notice', () => {
    const toast = { text: '已交石小红', tone: 'good' as const };
    expect(renderCardAnswer({ toast }, {})).toEqual({
      userPrivateData: { cardParamMap: { notice: '已交石小红', notice_good: 'true' } },
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
    });
    expect(renderCardAnswer({ card: card('第128号') }, {})).toMatchObject({
      cardData: { cardParamMap: { title: '第128号', buttons: '[]' } },
      userPrivateData: { cardParamMap: { notice: '', notice_good: 'false' } },
      cardUpdateOptions: { updateCardDataByKey: false },
    });
  });
});
