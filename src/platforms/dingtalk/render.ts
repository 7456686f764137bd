import type { Card } from '../../../cards/card.ts';
import { renderPlain } from '../plain-text.ts';
import type { Ways } from '../platform.ts';
import { head, SHORTENINGS, shorten } from '../shorten.ts';
import { MESSAGE_BYTES } from './limits.ts';
import { renderBody } from './render-body.ts';
import { bare, bytesOf, inParagraph, paragraphs, plainLine, webAddress } from './render-text.ts';
import { type Way, waysOf } from './render-ways.ts';

/** What `groupMessages/send` and `oToMessages/batchSend` take; `msgParam` goes as a JSON string (dingtalk.md 5.3). */
export interface MessageBody {
  msgKey: string;
  msgParam: Record<string, string>;
}

export interface RenderOptions {
  /** A private chat: links that speak for the person work there, and pages are one's own. */
  toPerson: boolean;
  ways?: Ways;
  /** 文字版: words and addresses alone. */
  plain?: boolean;
}

/** An ActionCard has at most five links one below the other (dingtalk.md 5.3). */
const MOST_LINKS = 5;
const MAIN_LINES = 3;
const LABEL_MAX = 20;
const TITLE_MAX = 60;

/** A line of plain text as it is sent; too long a one ends with a sentence that says so. */
export function renderText(text: string): MessageBody {
  const harmless = bare(text) || '…';
  let content = harmless;
  for (
    let length = harmless.length;
    bytesOf({ content }) > MESSAGE_BYTES;
    length = Math.floor(length * 0.9)
  ) {
    content = `${head(harmless, length)}……（还有，这里放不下）`;
  }
  return { msgKey: 'sampleText', msgParam: { content } };
}

/**
 * A card as a message that needs no template: markdown, links for what can be pressed, and below them the lines that
 * do the same when typed, for not every client honours the links (issue 4, point 4; dingtalk.md 4.6). Too big a card
 * loses the tails of its texts first, never a way to an action.
 */
export function renderCardMessage(card: Card, options: RenderOptions): MessageBody {
  for (const shortening of SHORTENINGS) {
    const body = renderWhole(shorten(card, shortening), options);
    if (bytesOf(body.msgParam) <= MESSAGE_BYTES) return body;
  }
  const acting = card.blocks.filter((block) => block.kind === 'buttons' || block.kind === 'form');
  const notice = { kind: 'text' as const, text: '内容太多，这里放不下，请分开查看。' };
  return renderWhole({ ...card, title: bare(card.title, TITLE_MAX), blocks: [notice, ...acting] }, options);
}

function renderWhole(card: Card, options: RenderOptions): MessageBody {
  if (!options.plain) return renderRich(card, waysOf(card, options), options);
  return { msgKey: 'sampleText', msgParam: { content: bare(renderPlain(card, options.ways)) } };
}

function renderRich(card: Card, ways: Way[], options: RenderOptions): MessageBody {
  const title = bare(card.title, TITLE_MAX) || '连心';
  const linked = ways.filter((way): way is Way & { url: string } => way.url !== undefined);
  const links = linked.slice(0, MOST_LINKS);
  const beyond = linked.slice(MOST_LINKS).filter((way) => way.page);
  const text = paragraphs([
    inParagraph([`**${plainLine(card.title) || '连心'}**`, ...(card.status ? [plainLine(card.status)] : [])]),
    renderBody(card.blocks),
    beyond.map((way) => `- [${plainLine(way.label, LABEL_MAX)}](${way.url})`).join('\n'),
    paragraphs(typedLines(ways, options).map((line) => plainLine(line))),
    wholePage(ways, options),
  ]);
  const [first] = links;
  if (!first) return { msgKey: 'sampleMarkdown', msgParam: { title, text } };
  if (links.length === 1) {
    const single = { singleTitle: bare(first.label, LABEL_MAX), singleURL: first.url };
    return { msgKey: 'sampleActionCard', msgParam: { title, text, ...single } };
  }
  const actions = links.flatMap((way, index) => [
    [`actionTitle${index + 1}`, bare(way.label, LABEL_MAX)],
    [`actionURL${index + 1}`, way.url],
  ]);
  return {
    msgKey: `sampleActionCard${links.length}`,
    msgParam: { title, text, ...(Object.fromEntries(actions) as Record<string, string>) },
  };
}

/** The surest way where a client honours no `dtmd://`: one page with everything on the card. */
function wholePage(ways: Way[], { toPerson, ways: known }: RenderOptions): string {
  const page = toPerson && ways.some((way) => !way.page) ? webAddress(known?.whole?.()) : undefined;
  return page ? `[在网页上办](${page})` : '';
}

/** What can be typed, in as few lines as can be read; in a group only what is sent to the bot by @ or in private arrives. */
function typedLines(ways: Way[], { toPerson, ways: known }: RenderOptions): string[] {
  const lines = [...new Set(ways.flatMap((way) => (way.line ? [way.line] : [])))];
  const dead = ways.some((way) => !way.line && !way.url);
  const lost = dead && !known ? ['这里点不了。请私聊我发“文字版”，再看一次。'] : [];
  if (lines.length === 0) return lost;
  const lead = toPerson ? '也可以直接发：' : '要办请@我发，或私聊我发：';
  if (!toPerson) return [`${lead}${lines.join('；')}`, ...lost];
  // What has words to fill in stands alone; what is sent as it is fits side by side.
  const blanks = lines.filter((line) => line.split(' ').length > 2);
  const whole = lines.filter((line) => !blanks.includes(line));
  const [main, rest] = [whole.slice(0, MAIN_LINES), whole.slice(MAIN_LINES)];
  return [
    ...blanks.map((line) => `${lead}${line}`),
    ...(main.length > 0 ? [`${lead}${main.join('；')}`] : []),
    ...(rest.length > 0 ? [`更多：${rest.join('；')}`] : []),
    ...lost,
  ];
}
