import type { Block, Button, Card } from '../../../cards/card.ts';
import type { FormBlock, Ways } from '../platform.ts';
import { webAddress } from './render-text.ts';

/** One way to one action: a link to tap, a line to type, or both. */
export interface Way {
  label: string;
  url?: string;
  /** The address is a web page, not a command link. */
  page: boolean;
  line?: string;
}

/** A tap makes the person say the text in this chat (dingtalk.md 4.6): only in private does it reach the bot for certain. */
function commandLink(line: string): string {
  return `dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent(line)}`;
}

/**
 * Everything on the card that can be pressed, the form first, what stands behind 更多 last. A form asks for words, so
 * its link is its page; a button's link says its line, or opens its page where it has no line.
 */
export function waysOf(card: Card, options: { toPerson: boolean; ways?: Ways }): Way[] {
  const { toPerson, ways } = options;
  const of = (target: Button | FormBlock, label: string, isForm: boolean): Way => {
    const line = ways?.line(target) ?? undefined;
    const page = webAddress(toPerson ? ways?.page(target) : undefined);
    const said = toPerson && line && !isForm ? commandLink(line) : undefined;
    const url = said ?? page;
    return { label, ...(url ? { url } : {}), page: url === page, ...(line ? { line } : {}) };
  };
  const form = (block: FormBlock): Way => of(block, block.submit, true);
  const button = (each: Button): Way => {
    const url = webAddress(each.url);
    return url ? { label: each.label, url, page: true } : of(each, each.label, false);
  };
  const forms = card.blocks.filter((block): block is FormBlock => block.kind === 'form');
  const rows = card.blocks.filter(
    (block): block is Extract<Block, { kind: 'buttons' }> => block.kind === 'buttons',
  );
  return [
    ...forms.map(form),
    ...rows.flatMap((row) => row.buttons.map(button)),
    ...rows.flatMap((row) => (row.more ?? []).map(button)),
  ].filter((way) => way.label.trim() !== '');
}
