import { ANSWERERS, CHANNELS, CLOSE_KINDS, SATISFACTION } from '../src/domain/issue-types.ts';
import type { Field } from './card.ts';
import { channel, type FormSpec, line, options, pick, text } from './issue-form-fields.ts';

/** The resident's own words. */
export const sentence = (required = true): Field =>
  text('sentence', '群众怎么说的', '例如：灯换了，晚上还是闪', { required });
const contentment = (): Field => pick('satisfaction', '满意不满意', options(SATISFACTION));
const howAsked = (): Field[] => [
  channel('怎么问的'),
  pick('answerer', '谁答的', options(ANSWERERS), 'self'),
  line('witness', '见证人（用纸条时写）', '没有就不填', false),
];

/** His word is known already; 不满意 needs his sentence. */
export const asked = (satisfaction: keyof typeof SATISFACTION): FormSpec => ({
  title: `群众说：${SATISFACTION[satisfaction]}`,
  action: 'evaluate.ask',
  submit: '记下',
  value: { satisfaction },
  fields: () => [...(satisfaction === 'bad' ? [sentence()] : []), ...howAsked()],
});

/** `kind`: what it most likely is; null where the words did not say that it is done. */
export const done = (kind: keyof typeof CLOSE_KINDS | null): FormSpec => ({
  title: '办好了',
  action: 'handle.done',
  submit: '记下',
  fields: () => [
    text('result', '办得怎么样', '例如：换了声控灯，试过能亮'),
    pick('kind', '办成了哪一种', options(CLOSE_KINDS), kind),
    pick(
      'told',
      '告诉群众了吗',
      [
        ...options(CHANNELS).map((each) => ({ ...each, label: `${each.label}告诉了` })),
        { value: 'no', label: '还没告诉' },
      ],
      'no',
    ),
  ],
});

/** How far it is was not said, so nothing is chosen beforehand. */
export const howFar: FormSpec = {
  ...done(null),
  note: (m) => {
    const later = m.day === null ? '' : `；要晚几天，请发：办 ${m.number} 延期 ${m.day.slice(5)} 缺配件`;
    return `办好了，请选办成了哪一种，再点“记下”。还没办好就先不记${later}。`;
  },
};

/** His word was said so that it may be meant either way. `spot`: who was there is not asked how he asked. */
export const whichWord = (where: 'asked' | 'spot'): FormSpec => ({
  title: '群众怎么说',
  action: where === 'asked' ? 'evaluate.ask' : 'evaluate.word',
  submit: '记下',
  fields: () => [contentment(), sentence(false), ...(where === 'asked' ? howAsked() : [])],
});
