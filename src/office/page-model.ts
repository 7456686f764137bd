import type { Block, Button, Card, Field } from '../../cards/card.ts';

type Words = Extract<Block, { kind: 'text' | 'quote' | 'fields' | 'list' | 'divider' }>;

/** What stands on a signed page; plain data, so that it may come from an office elsewhere. `path` is what follows `/f/`. */
export type PageBlock =
  | Words
  | { kind: 'heading'; text: string }
  | { kind: 'link'; path: string; label: string }
  | { kind: 'form'; path: string; sealed: string; fields: Field[]; submit: string }
  | { kind: 'act'; path: string; label: string; style: NonNullable<Button['style']>; ask?: string };

export interface PageModel {
  status: 200 | 403 | 404 | 410 | 422 | 503;
  title: string;
  /** A short word beside the title. */
  state?: string;
  /** What became of what was just sent. */
  word?: { text: string; tone: 'info' | 'good' | 'bad' };
  blocks: PageBlock[];
}

/** Name of the field that carries a form's seal; no field of a card is called so. */
export const SEAL = '~';

/** What a page has to say when it has nothing to show. */
export const closedPage = (status: PageModel['status'], title: string, text: string): PageModel => ({
  status,
  title,
  blocks: [{ kind: 'text', text }],
});

/** Telephones and addresses are not for a page: its link may be in other hands (docs/security.md). */
const KEPT_BACK = /电话|手机|住址/u;
const NUMBER = /\d{7,}/gu;
const ROOM =
  /((?:号|\d)[楼栋幢座]|[栋幢])[\s-]*(?:[A-Za-z\d一二三四五六七八九十]{1,3}单元(?:[\s-]*\d{2,4}[室号户]?)?|\d{3,4}[室号户]?)/gu;
const SHORT_ROOM = /(?<![\d-])(\d{1,3})-\d{1,2}-\d{2,4}(?![\d-])/gu;

/** The words of a card as a page shows them. */
export function pageWords(card: Card): Words[] {
  return card.blocks.flatMap((block): Words[] => {
    switch (block.kind) {
      case 'text':
      case 'quote':
        return [{ ...block, text: hide(block.text) }];
      case 'list':
        return [{ ...block, items: block.items.map(hide) }];
      case 'fields': {
        const rows = block.rows.filter((row) => !KEPT_BACK.test(row.label));
        return rows.length > 0
          ? [{ kind: 'fields', rows: rows.map((row) => ({ ...row, value: hide(row.value) })) }]
          : [];
      }
      case 'divider':
        return [block];
      default:
        return [];
    }
  });
}

/** Numbers to ring, and everything of an address behind the building. */
export const hide = (text: string): string =>
  text.replace(NUMBER, '（电话不在网页上显示）').replace(ROOM, '$1').replace(SHORT_ROOM, '$1号楼');

/** A form's fields with what was typed in them; a telephone that is known stays unseen, and blank leaves it as it is. */
export function pageFields(fields: readonly Field[], typed?: Record<string, string | string[]>): Field[] {
  return fields.map((field): Field => {
    const said = typed?.[field.name];
    if (field.kind === 'multi') return said === undefined ? field : { ...field, values: [said].flat() };
    if (said !== undefined) return { ...field, value: String(said) } as Field;
    if (field.kind === 'text' && field.value && KEPT_BACK.test(field.label))
      return { ...field, value: undefined, placeholder: '不改就空着' };
    return field;
  });
}
