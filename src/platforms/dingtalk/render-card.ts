import type { Block, Button, Card, Values } from '../../../cards/card.ts';
import type { Answer, FormBlock } from '../platform.ts';
import type { JsonObject } from '../read.ts';
import { head, SHORTENINGS, type Shortening, shorten } from '../shorten.ts';
import { CARD_BYTES, CARD_VALUE_BYTES } from './limits.ts';
import { renderBody } from './render-body.ts';
import { renderFields } from './render-form.ts';
import { bare, bytesOf, inParagraph, plainLines, webAddress } from './render-text.ts';

/** In a button's or form's `value`: the group that the card was sent to, for a callback names none for certain. */
export const GROUP_KEY = '_g';

/** At most four in sight (cards.md, Voice). */
const IN_SIGHT = 4;
const LABEL_MAX = 20;
const TITLE_MAX = 200;
const SUMMARY_MAX = 100;

export interface CardTarget {
  /** The openConversationId of the group it goes to; absent in private. */
  group?: string;
  /** DingTalk refused a longer one: every value within what the documentation promises. */
  small?: boolean;
}

/**
 * The public variables of our template, every one each time, all strings (docs/dingtalk-card-template.md; dingtalk.md
 * 4.2). Too big a card loses the tails of its texts first, never a button.
 */
export function renderCard(card: Card, target: CardTarget): Record<string, string> {
  for (const shortening of SHORTENINGS) {
    const params = renderWhole(card, shortening, target);
    if (fits(params, target)) return params;
  }
  return renderWhole(
    { ...card, blocks: [{ kind: 'text', text: '内容太多，这里放不下，请分开查看。' }, ...acting(card)] },
    SHORTENINGS.at(-1),
    target,
  );
}

const fits = (params: Record<string, string>, { small }: CardTarget): boolean =>
  bytesOf(params) <= CARD_BYTES &&
  (!small || Buffer.byteLength(params.body ?? '', 'utf8') <= CARD_VALUE_BYTES);

const acting = (card: Card): Block[] =>
  card.blocks.filter((block) => block.kind === 'buttons' || block.kind === 'form');

function renderWhole(whole: Card, by: Shortening | undefined, target: CardTarget): Record<string, string> {
  const card = by ? shorten(whole, by) : whole;
  const rows = card.blocks.flatMap((block) => (block.kind === 'buttons' ? [block] : []));
  const all = rows.flatMap((row) => row.buttons);
  const more = [...all.slice(IN_SIGHT), ...rows.flatMap((row) => row.more ?? [])];
  const form = card.blocks.find((block): block is FormBlock => block.kind === 'form');
  const entries = more.flatMap((button) => renderButton(button, target));
  const title = bare(card.title, TITLE_MAX) || '连心';
  return {
    lastMessage: head(title, SUMMARY_MAX),
    title,
    status: bare(card.status ?? ''),
    body: renderBody(card.blocks),
    buttons: JSON.stringify(all.slice(0, IN_SIGHT).flatMap((button) => renderButton(button, target))),
    more_state: entries.length > 0 ? 'shown' : 'none',
    more_text: entries.length > 0 ? `更多：${entries.map((entry) => entry.label).join(' · ')}` : '',
    more: JSON.stringify(entries),
    form: JSON.stringify(form ? renderFields(form) : { fields: [] }),
    form_status: form ? 'normal' : 'none',
    form_submit: form ? bare(form.submit, LABEL_MAX) : '',
    form_action: form?.action ?? '',
    form_value: form ? packValue(form.value, target) : '',
  };
}

const COLOR = { primary: 'blue', danger: 'red', plain: 'gray' } as const;

/** None for a link that is no web address. */
function renderButton(button: Button, target: CardTarget): Record<string, string>[] {
  const common = { label: bare(button.label, LABEL_MAX), color: COLOR[button.style ?? 'plain'] };
  if (button.url) {
    const url = webAddress(button.url);
    return url ? [{ kind: 'link', ...common, url }] : [];
  }
  const act = { ...common, action: button.action, value: packValue(button.value, target) };
  const { confirm } = button;
  return confirm
    ? [{ kind: 'ask', ...act, ask_title: bare(confirm.title), ask_text: bare(confirm.text) }]
    : [{ kind: 'act', ...act }];
}

function packValue(value: Values | undefined, { group }: CardTarget): string {
  return JSON.stringify({ ...value, ...(group ? { [GROUP_KEY]: group } : {}) });
}

/**
 * What a press is answered with (dingtalk.md 4.5), bare as over HTTP. It reaches only who pressed: the toast as a
 * notice in his private variables, a new card as all public ones. Both options are told, for left out they replace.
 */
export function renderCardAnswer({ toast, card }: Answer, target: CardTarget): JsonObject {
  const notice = inParagraph(plainLines(toast?.text ?? ''));
  const good = toast !== undefined && toast.tone !== 'bad';
  return {
    ...(card ? { cardData: { cardParamMap: renderCard(card, target) } } : {}),
    userPrivateData: { cardParamMap: { notice, notice_good: String(good) } },
    cardUpdateOptions: { updateCardDataByKey: card === undefined, updatePrivateDataByKey: true },
  };
}
