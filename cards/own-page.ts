import type { Card } from './card.ts';

export interface OwnPageModel {
  member: number;
  name: string;
  /** `12月22日`; null: he has no page. */
  until: string | null;
}

/** 专页: what somebody whom no bot reaches has instead of a chat, for who hands it to him. */
export function ownPageCard({ member, name, until }: OwnPageModel): Card {
  const value = { member };
  if (until === null)
    return {
      title: `${name}现在没有专页`,
      tone: 'info',
      blocks: [
        { kind: 'text', text: '发一个链接给他，他在网页上就能记走访、办事；30天内有效，随时可以作废。' },
        {
          kind: 'buttons',
          buttons: [{ label: '发链接', action: 'page.begin', value, style: 'primary' }],
        },
      ],
    };
  return {
    title: `${name}的专页 · ${until}前有效`,
    tone: 'good',
    blocks: [
      {
        kind: 'list',
        items: [
          '看还差几户、哪些事等他办，点着就能办',
          '记走访、报诉求：和私聊一样打一行字，功劳记在他名下',
          '我给他的消息都在那里，要他自己打开看',
        ],
      },
      {
        kind: 'text',
        text: `链接就在旁边那条消息里，请只交给${name}本人：微信转给他、发短信、打印出来都行。谁拿着链接，谁就能用他的名义办事；丢了、给错了人，马上点“作废”。`,
      },
      {
        kind: 'buttons',
        buttons: [
          { label: '换新链接', action: 'page.begin', value },
          {
            label: '作废',
            action: 'page.end',
            value,
            style: 'danger',
            confirm: { title: '作废这个专页？', text: `${name}手里的链接马上打不开。` },
          },
        ],
      },
    ],
  };
}

/** The message that is passed on to him as it is. */
export function ownPageWords(model: { name: string; until: string; link: string }): string {
  return `${model.name}同志，这是您的连心专页，${model.until}前有效，打开就能记走访、办您的事。只给您本人用，请不要转发：\n${model.link}`;
}
