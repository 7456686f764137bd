import type { Block, Card } from './card.ts';
import { dangerBlocks } from './danger.ts';

export interface HelpModel {
  /** 石小红：党员 · 第一支部 */
  who: string;
  groups: { title: string; entries: { example: string; says: string }[] }[];
  /** True when the everyday ones alone are shown. */
  short: boolean;
  phone: string | null;
}

/** What this person may do here, by example (issue 2, point 11): five for a member, the rest behind one tap. */
export function help(model: HelpModel): Card {
  const blocks: Block[] = [{ kind: 'text', text: model.who, size: 'small', tone: 'muted' }];
  for (const group of model.groups) {
    if (group.title) blocks.push({ kind: 'text', text: group.title, size: 'large' });
    blocks.push({ kind: 'list', items: group.entries.map((entry) => `${entry.says}\n${entry.example}`) });
  }
  blocks.push({
    kind: 'text',
    text: '不用记格式，顺着说就行：先后、空格都不要紧。群众家里的事请在这里私聊发。',
    size: 'small',
    tone: 'muted',
  });
  if (model.phone)
    blocks.push({ kind: 'text', text: `有事找人：${model.phone}`, size: 'small', tone: 'muted' });
  if (model.short)
    blocks.push({ kind: 'buttons', buttons: [{ label: '还能做什么', action: 'help.more', value: {} }] });
  return { title: '您可以这样用', tone: 'info', blocks };
}

/** A private line without a command: one tap says what it is; nothing is typed twice. */
export function whichOne(model: { messageId: string; text: string; danger: readonly string[] }): Card {
  const urgent = model.danger.length > 0;
  return {
    title: '记成走访，还是诉求？',
    tone: urgent ? 'urgent' : 'info',
    blocks: [
      ...dangerBlocks(model.danger),
      { kind: 'quote', text: model.text },
      {
        kind: 'buttons',
        buttons: [
          {
            label: '记成走访',
            action: 'help.as',
            value: { message: model.messageId, as: 'visit' },
            style: urgent ? 'plain' : 'primary',
          },
          {
            label: '记成诉求',
            action: 'help.as',
            value: { message: model.messageId, as: 'issue' },
            style: urgent ? 'primary' : 'plain',
          },
          { label: '都不是', action: 'help.as', value: { message: model.messageId, as: 'none' } },
        ],
      },
    ],
  };
}
