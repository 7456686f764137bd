import type { Button, Values } from '../../../cards/card.ts';
import { ACTION_KEY, PRIVATE_KEY } from './parse-action.ts';
import { columns, type Element, paragraph, plain } from './render-text.ts';

export interface ButtonOptions {
  toPerson: boolean;
}

/** At most four in sight (cards.md, Voice). */
const IN_SIGHT = 4;
/** Two buttons share a row at 390 px when neither is longer than this. */
const SHORT_LABEL = 8;
const LABEL_MAX = 40;

/** The callback's value: an object, for the long connection takes nothing else (feishu.md 2.3). */
export function callbackValue(action: string, value: Values | undefined, options: ButtonOptions): Values {
  return { ...value, [ACTION_KEY]: action, ...(options.toPerson ? { [PRIVATE_KEY]: 1 } : {}) };
}

/** What opens or calls back when pressed; undefined for a link that is no web address. */
export function behaviors(button: Button, options: ButtonOptions): Element[] | undefined {
  if (button.url === undefined || button.url === '') {
    return [{ type: 'callback', value: callbackValue(button.action, button.value, options) }];
  }
  return /^https?:\/\//.test(button.url) ? [{ type: 'open_url', default_url: button.url }] : undefined;
}

/** Buttons two a row at full width; `more` in an overflow menu beside the words that are in it. */
export function renderButtons(shown: Button[], more: Button[], options: ButtonOptions): Element[] {
  // An entry of the menu cannot ask back for itself, so whatever must ask stands as a button.
  const asking = more.filter((button) => button.confirm);
  const visible = [...shown.slice(0, IN_SIGHT), ...asking];
  const hidden = [...shown.slice(IN_SIGHT), ...more.filter((button) => !button.confirm)];
  const buttons = visible.map((button) => ({ button, element: renderButton(button, options) }));
  const rows: Element[] = [];
  const usable = buttons.filter(
    (item): item is typeof item & { element: Element } => item.element !== undefined,
  );
  for (let index = 0; index < usable.length; index += 1) {
    const [first, second] = [usable[index], usable[index + 1]];
    if (!first) break;
    if (second && isShort(first.button) && isShort(second.button)) {
      rows.push(columns([[first.element], [second.element]]));
      index += 1;
    } else rows.push(first.element);
  }
  const menu = renderMenu(hidden, options);
  return menu ? [...rows, menu] : rows;
}

const isShort = (button: Button): boolean => [...button.label].length <= SHORT_LABEL;

function renderButton(button: Button, options: ButtonOptions): Element | undefined {
  const effect = behaviors(button, options);
  if (!effect) return undefined;
  const type = { primary: 'primary_filled', danger: 'danger', plain: 'default' }[button.style ?? 'plain'];
  return {
    tag: 'button',
    text: plain(button.label, LABEL_MAX),
    type,
    size: 'large',
    width: 'fill',
    ...(button.confirm
      ? { confirm: { title: plain(button.confirm.title), text: plain(button.confirm.text) } }
      : {}),
    behaviors: effect,
  };
}

/** The menu shows three dots only, so the words stand before it: 更多：上报 · 解释疏导. */
function renderMenu(hidden: Button[], options: ButtonOptions): Element | undefined {
  const entries = hidden.map((button) => ({ button, entry: renderEntry(button, options) }));
  const usable = entries.filter((item) => item.entry !== undefined);
  if (usable.length === 0) return undefined;
  const words = usable.map(({ button }) => button.label).join(' · ');
  return {
    tag: 'column_set',
    flex_mode: 'none',
    horizontal_spacing: 'medium',
    columns: [
      {
        tag: 'column',
        width: 'weighted',
        weight: 3,
        vertical_align: 'center',
        elements: [paragraph(`更多：${words}`, { size: 'small', color: 'grey' })],
      },
      {
        tag: 'column',
        width: 'weighted',
        weight: 1,
        vertical_align: 'center',
        elements: [{ tag: 'overflow', width: 'fill', options: usable.map(({ entry }) => entry) }],
      },
    ],
  };
}

/** The choice comes back as one string, so the whole value is written into it (see parse-action). */
function renderEntry(button: Button, options: ButtonOptions): Element | undefined {
  const text = plain(button.label, LABEL_MAX);
  if (button.url) {
    return /^https?:\/\//.test(button.url)
      ? { text, multi_url: { url: button.url }, value: button.url }
      : undefined;
  }
  return { text, value: JSON.stringify(callbackValue(button.action, button.value, options)) };
}
