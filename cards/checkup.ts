import type { Block, Card } from './card.ts';

export interface CheckupModel {
  lines: {
    what: string;
    /** null: cannot be told. */
    ok: boolean | null;
    detail: string;
    remedy?: string;
  }[];
}

/** /体检: what is wrong comes first, with what to do; what is well in one line each. */
export function checkupCard({ lines }: CheckupModel): Card {
  const wrong = lines.filter(({ ok }) => ok === false);
  const unknown = lines.filter(({ ok }) => ok === null);
  const well = lines.filter(({ ok }) => ok === true);
  const told = (found: CheckupModel['lines'], word: string): Block[] =>
    found.flatMap(({ what, detail, remedy }): Block[] => [
      { kind: 'text', text: `${word} · ${what} · ${detail}`, tone: word === '异常' ? 'urgent' : undefined },
      ...(remedy ? [{ kind: 'text' as const, text: `怎么办：${remedy}`, size: 'small' as const }] : []),
    ]);
  const parts: Block[][] = [told(wrong, '异常'), told(unknown, '不明'), list(well)].filter(
    (blocks) => blocks.length > 0,
  );
  return {
    title: wrong.length > 0 ? `体检：${wrong.length}项异常` : '体检：没有异常',
    tone: wrong.length > 0 ? 'urgent' : 'good',
    blocks: parts.flatMap((blocks, at) => (at === 0 ? blocks : [{ kind: 'divider' as const }, ...blocks])),
  };
}

function list(well: CheckupModel['lines']): Block[] {
  if (well.length === 0) return [];
  return [{ kind: 'list', items: well.map(({ what, detail }) => `正常 · ${what} · ${detail}`) }];
}
