import type { Card, Content } from '../../cards/card.ts';
import { type GroupFacts, groupText, isGroupSafe } from '../../cards/group-text.ts';
import type { Vault } from '../lib/vault.ts';
import type { View, ViewContext, ViewRef } from '../views/define.ts';

/**
 * What waits in the outbox: a reference, or sealed content. No personal data in clear (decision 28): `say`, the first
 * line of a card that answers somebody who could not press, is sealed.
 */
export type Payload =
  | { view: string; params: ViewRef['params']; viewer: number | null; asOf?: number; say?: string }
  | StaticPayload
  /** A card that stands follows its matter; `away`: what stood on it goes, and then it follows nothing. */
  | { card: number; away?: true }
  | { recall: true }
  | { forward: true };

/** Said once and for all: sealed, or a receipt for a group, which needs no seal. */
export type StaticPayload = ({ sealed: string } | { facts: GroupFacts | GroupFacts[] }) & {
  group: boolean;
} & LineOptions;

export function isStatic(payload: Payload): payload is StaticPayload {
  return 'facts' in payload || 'sealed' in payload;
}

/** What goes with a line in a group that answers somebody's own. */
export interface LineOptions {
  /** Who typed it, and in which message: a platform that can name a person only there. */
  answers?: { messageId: string; personId: string };
  /** A receipt whose author has it in private as well: the first to go where an allowance gets short. */
  dispensable?: boolean;
}

export type Views = ReadonlyMap<string, View>;

export function isViewRef(what: ViewRef | Content | GroupFacts): what is ViewRef {
  return 'view' in what;
}

export function sealContent(vault: Vault, content: Content): string {
  return JSON.stringify({
    sealed: vault.seal(JSON.stringify(content)),
    group: false,
  } satisfies Payload);
}

/** A receipt holds a building and a number of homes, which lie in clear elsewhere too; any other line is sealed. */
export function groupPayload(
  vault: Vault,
  facts: GroupFacts | GroupFacts[],
  { answers, dispensable }: LineOptions = {},
): string {
  // What is undefined is left out of the text.
  return JSON.stringify(
    dispensable
      ? ({ facts, group: true, answers, dispensable } satisfies Payload)
      : ({ sealed: vault.seal(JSON.stringify(facts)), group: true, answers } satisfies Payload),
  );
}

/**
 * Renders at send time, from the present state (decision 39). null: nothing to show any more.
 * A group gets only what the one function of group text made (decision 8); anything else throws.
 */
export function renderView(views: Views, context: ViewContext, ref: ViewRef): Content | null {
  const view = views.get(ref.view);
  if (!view) throw new Error(`no view named ${ref.view}`);
  if (view.audience === 'private') {
    const card = view.render(context, ref.params);
    return card && { card };
  }
  const safe = view.render(context, ref.params);
  if (safe !== null && !isGroupSafe(safe))
    throw new Error(`view ${ref.view} shows a group something unchecked`);
  return safe;
}

/** The content of either; group facts become text only here, several of them one line each. */
export function openContent(vault: Vault, payload: StaticPayload): Content {
  if (!payload.group && 'sealed' in payload) return JSON.parse(vault.open(payload.sealed)) as Content;
  const facts = factsIn(vault, payload);
  if (!Array.isArray(facts)) return groupText(facts);
  const lines = facts.map(groupText).flatMap((each) => ('text' in each ? each.text : []));
  return { text: lines.join('\n') };
}

/** What a group's line is made of. */
export function factsIn(vault: Vault, payload: StaticPayload): GroupFacts | GroupFacts[] {
  return 'facts' in payload
    ? payload.facts
    : (JSON.parse(vault.open(payload.sealed)) as GroupFacts | GroupFacts[]);
}

export function cardOf(content: Content | null): Card | undefined {
  return content && 'card' in content ? content.card : undefined;
}
