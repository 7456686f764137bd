import { head } from '../shorten.ts';

/** Card JSON as it is sent; its shape is proven by the strict simulator's allow-list in the tests. */
export type Element = Record<string, unknown>;

/** Control characters but tab and newline, and direction overrides, by which a line could read as another one. */
const UNSEEN = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Makes text that people typed powerless wherever Feishu might read markup: an opening angle bracket before
 * a letter or slash becomes the full-width one, so that `<at id=all>` rings nobody's phone (feishu.md 4.2).
 */
function powerless(text: string): string {
  return text.replace(/<(?=[A-Za-z/!])/g, '＜').replace(UNSEEN, '');
}

export function plain(text: string, max = Number.POSITIVE_INFINITY): { tag: 'plain_text'; content: string } {
  const content = powerless(text);
  return { tag: 'plain_text', content: content.length > max ? `${head(content, max - 1)}…` : content };
}

interface TextStyle {
  size?: 'small' | 'normal' | 'large';
  color?: string;
}

/** Large on purpose (cards.md, Voice): 16 px for what is read, 18 for what matters, 14 for the small print. */
const SIZE = { small: 'normal', normal: 'large', large: 'x-large' } as const;

export function paragraph(text: string, style: TextStyle = {}): Element {
  return {
    tag: 'div',
    text: {
      ...plain(text),
      text_size: SIZE[style.size ?? 'normal'],
      ...(style.color ? { text_color: style.color } : {}),
    },
  };
}

/** Columns of equal width side by side, on the phone too. */
export function columns(cells: Element[][], options: { background?: string } = {}): Element {
  return {
    tag: 'column_set',
    flex_mode: 'none',
    horizontal_spacing: 'medium',
    ...(options.background ? { background_style: options.background } : {}),
    columns: cells.map((elements) => ({
      tag: 'column',
      width: 'weighted',
      weight: 1,
      ...(options.background ? { padding: '8px 12px 8px 12px' } : {}),
      elements,
    })),
  };
}
