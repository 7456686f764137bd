import { fieldsOf, shownTo, templateButtons } from './card-read.ts';
import { isObject, objects } from './json.ts';
import { linksOf, visible } from './markdown.ts';
import type { State } from './state.ts';
import type { FoundButton, FoundField, JsonObject, SimMessage } from './types.ts';

const contentOf = (message: SimMessage): JsonObject => (isObject(message.content) ? message.content : {});

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
export function buttonsOf(message: SimMessage, viewer = message.staffId): FoundButton[] {
  if (message.card) return templateButtons(shownTo(message.card, viewer));
  const content = contentOf(message);
  const links = linksOf(String(content.text ?? '')).map((each) => link(each.label, each.url));
  if (message.msgType === 'actionCard') return [...actionButtons(content), ...links];
  if (message.msgType === 'markdown') return links;
  if (message.msgType === 'link') return [link(String(content.title), String(content.messageUrl))];
  return [];
}

export const formOf = (message: SimMessage, viewer = message.staffId): FoundField[] =>
  message.card ? fieldsOf(shownTo(message.card, viewer)) : [];

/** A label wins over an action, and an exact label over a part of one. */
export function findButton(message: SimMessage, what: string, viewer?: string): FoundButton | undefined {
  const all = buttonsOf(message, viewer);
  return (
    all.find((each) => each.label === what) ??
    all.find((each) => each.action === what || each.url === what) ??
    all.find((each) => each.label.includes(what))
  );
}

/** `@id` as people see it. */
function named(state: State, message: SimMessage, text: string): string {
  if (message.via !== 'webhook' && message.via !== 'answer') return text;
  return message.at.reduce(
    (out, id) => out.replaceAll(`@${id}`, `@${state.people.get(id)?.name ?? id}`),
    text,
  );
}

function cardLines(vars: Record<string, string>): string[] {
  const fields = fieldsOf(vars).flatMap((each) => [
    each.label,
    ...each.options.map((option) => option.text),
    typeof each.value === 'string' ? each.value : '',
  ]);
  return [
    vars.title ?? '',
    vars.status ?? '',
    visible(vars.body ?? ''),
    ...fields,
    ...templateButtons(vars).map((each) => `[${each.label}]`),
  ];
}

/** All visible text of a message, a line an element, title first; buttons as `[label]`. */
export function textOf(state: State, message: SimMessage, viewer = message.staffId): string {
  if (message.card)
    return cardLines(shownTo(message.card, viewer))
      .filter((line) => line !== '')
      .join('\n');
  const content = contentOf(message);
  const lines: string[] = [];
  // The title of markdown and ActionCards shows in the conversation list; people read it as the head of the message.
  if (typeof content.title === 'string') lines.push(content.title);
  if (message.msgType === 'text') lines.push(named(state, message, String(content.content ?? '')));
  else if (typeof content.text === 'string') lines.push(named(state, message, visible(content.text)));
  if (message.msgType === 'actionCard')
    lines.push(...actionButtons(content).map((each) => `[${each.label}]`));
  return lines.length > 0 ? lines.filter((line) => line !== '').join('\n') : `[${message.msgType}]`;
}
