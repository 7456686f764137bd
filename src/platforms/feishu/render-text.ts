/** Card JSON as it is sent; its shape is proven by the strict simulator's allow-list in the tests. */
export type Element = Record<string, unknown>;

/**
 * Makes text that people typed powerless wherever Feishu might read markup: an opening angle bracket before
 * a letter or slash becomes the full-width one, so that `<at id=all>` rings nobody's phone (feishu.md 4.2).
 * Control characters, which Feishu refuses or shows as boxes, go.
 */
export function powerless(text: string): string {
  let out = '';
  for (const char of text.replace(/<(?=[A-Za-z/!])/g, '＜')) {
    const code = char.codePointAt(0) ?? 0;
    // Tab and newline stay; direction overrides could make a line read as another one.
    const control = (code < 0x20 && code !== 0x0a && code !== 0x09) || code === 0x7f;
    const direction = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    if (!control && !direction) out += char;
  }
  return out;
}

export function plain(text: string, max = Number.POSITIVE_INFINITY): { tag: 'plain_text'; content: string } {
  const characters = [...powerless(text)];
  const content = characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : characters.join('');
  return { tag: 'plain_text', content };
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
