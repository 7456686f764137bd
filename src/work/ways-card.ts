import type { Block, Button, Card } from '../../cards/card.ts';
import { labelMeant, spokenLabels } from '../domain/text/spoken-labels.ts';

export type FormOf = Extract<Block, { kind: 'form' }>;
export type WayTarget = Button | FormOf;

/** Something one can do on a card, and the word by which it is typed. */
export interface CardWay {
  target: WayTarget;
  word: string;
}

export const isForm = (target: WayTarget): target is FormOf => 'fields' in target;

const labelOf = (target: WayTarget): string => (isForm(target) ? target.submit : target.label);

/** Every button and form of a card in their order; links to elsewhere are none of ours. */
export function waysOf(card: Card): CardWay[] {
  const targets = card.blocks.flatMap((block): WayTarget[] => {
    if (block.kind === 'form') return [block];
    if (block.kind !== 'buttons') return [];
    return [...block.buttons, ...(block.more ?? [])].filter((button) => !button.url);
  });
  const words = spokenLabels(targets.map(labelOf));
  return targets.map((target, index) => ({ target, word: words[index] ?? '' }));
}

/** The one that a typed word means on this card. */
export function wayMeant(card: Card, word: string, options: { exact: boolean }): CardWay | undefined {
  const ways = waysOf(card);
  return ways[
    labelMeant(
      word,
      ways.map(({ target }) => labelOf(target)),
      options,
    )
  ];
}

/** Platforms may hand back a shortened copy: the same thing does the same. */
export function wayTo(card: Card, target: WayTarget): CardWay | undefined {
  const ways = waysOf(card);
  const key = keyOf(target);
  return ways.find((way) => way.target === target) ?? ways.find((way) => keyOf(way.target) === key);
}

function keyOf(target: WayTarget): string {
  return isForm(target)
    ? `form ${target.name} ${target.action}`
    : JSON.stringify([target.label, target.action, target.value ?? {}]);
}

/** Of a card's forms there is one at most; by its name where there were several. */
export function formOf(card: Card, name?: string): FormOf | undefined {
  return card.blocks.find(
    (block): block is FormOf => block.kind === 'form' && (name === undefined || block.name === name),
  );
}
