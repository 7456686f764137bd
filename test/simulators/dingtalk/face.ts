import { shownTo } from './card-read.ts';
import { type Drawing, drawCard } from './draw.ts';
import { isObject, objects } from './json.ts';
import { linksOf, visible } from './markdown.ts';
import type { State } from './state.ts';
import type { FoundButton, FoundField, JsonObject, SimCard, SimMessage } from './types.ts';

const contentOf = (message: SimMessage): JsonObject => (isObject(message.content) ? message.content : {});

/** A template card as this viewer sees it. */
export const drawn = (state: State, card: SimCard, viewer: string | undefined): Drawing =>
  drawCard(state.design, shownTo(card, viewer));

function link(label: string, url: string): FoundButton {
  return { label, url, value: {}, submit: false, more: false };
}

/** Buttons of an ActionCard: the API's numbered ones, or the webhook's list (dingtalk.md 5.3, 5.4). */
function actionButtons(content: JsonObject): FoundButton[] {
  if (typeof content.singleURL === 'string') return [link(String(content.singleTitle), content.singleURL)];
  const numbered = [1, 2, 3, 4, 5].flatMap((n) => {
    const title = content[`actionTitle${n}`] ?? content[`buttonTitle${n}`];
    const url = content[`actionURL${n}`] ?? content[`buttonUrl${n}`];
    return typeof title === 'string' && typeof url === 'string' ? [link(title, url)] : [];
  });
  return [
    ...numbered,
    ...objects(content.btns).map((each) => link(String(each.title), String(each.actionURL))),
  ];
}

/** Everything to press or tap on a message, as this viewer sees it. */
export function buttonsOf(state: State, message: SimMessage, viewer = message.staffId): FoundButton[] {
  if (message.card)
    return drawn(state, message.card, viewer).buttons.map(({ params: _, toast: __, ...button }) => button);
  const content = contentOf(message);
  const links = linksOf(String(content.text ?? '')).map((each) => link(each.label, each.url));
  if (message.msgType === 'actionCard') return [...actionButtons(content), ...links];
  if (message.msgType === 'markdown') return links;
  if (message.msgType === 'link') return [link(String(content.title), String(content.messageUrl))];
  return [];
}

export const formOf = (state: State, message: SimMessage, viewer = message.staffId): FoundField[] =>
  message.card ? drawn(state, message.card, viewer).fields : [];

/** A label wins over an action or address, and a whole label over a part of one. */
export const pick = <T extends FoundButton>(all: T[], what: string): T | undefined =>
  all.find((each) => each.label === what) ??
  all.find((each) => each.action === what || each.url === what) ??
  all.find((each) => each.label.includes(what));

/** `@id` as people see it. */
function named(state: State, message: SimMessage, text: string): string {
  if (message.via !== 'webhook' && message.via !== 'answer') return text;
  return message.at.reduce(
    (out, id) => out.replaceAll(`@${id}`, `@${state.people.get(id)?.name ?? id}`),
    text,
  );
}

/** All visible text of a message, a line an element; buttons as `[label]`. */
export function textOf(state: State, message: SimMessage, viewer = message.staffId): string {
  const lines: string[] = [];
  if (message.card) {
    const card = drawn(state, message.card, viewer);
    lines.push(...card.lines, ...card.buttons.map((each) => `[${each.label}]`));
  } else {
    const content = contentOf(message);
    // The title of markdown and ActionCards shows in notifications and the list of chats only (5.3).
    if (message.msgType === 'link' && typeof content.title === 'string') lines.push(content.title);
    if (message.msgType === 'text') lines.push(named(state, message, String(content.content ?? '')));
    else if (typeof content.text === 'string') lines.push(named(state, message, visible(content.text)));
    if (message.msgType === 'actionCard')
      lines.push(...actionButtons(content).map((each) => `[${each.label}]`));
  }
  return lines.length > 0 ? lines.filter((line) => line !== '').join('\n') : `[${message.msgType}]`;
}
