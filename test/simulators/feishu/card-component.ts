import { oneOf, padding, type Rule, reject, spacing, str } from './card-rules.ts';
import type { JsonObject } from './types.ts';

/**
 * The allow-list of card JSON 2.0 (feishu.md 5.3–5.5): per tag the properties it takes, those it needs, and
 * what kind of thing it is. A property that is not here fails the card, as on the platform.
 */
export interface Component {
  props: Record<string, Rule>;
  required: string[];
  /** `field` = interactive with a value of its own in a form; `action` = interactive without one. */
  kind: 'display' | 'field' | 'action' | 'container';
  check?: (node: JsonObject, path: string) => void;
}

export const halign = oneOf('left', 'center', 'right');
export const valign = oneOf('top', 'center', 'bottom');
export const imgKey = str(200, 1);
const direction = oneOf('vertical', 'horizontal');

/** How a container arranges its components. */
export const layout = {
  direction,
  horizontal_spacing: spacing,
  vertical_spacing: spacing,
  horizontal_align: halign,
  vertical_align: valign,
  padding,
};

/** Components inside; the walker checks where they may stand. */
export const children =
  (container: string): Rule =>
  (value, path, walk) =>
    walk.elements(value, path, container);

export const matching =
  (pattern: RegExp, form: string): Rule =>
  (value, path) => {
    if (typeof value !== 'string' || !pattern.test(value)) reject(path, `must look like ${form}`);
  };

/** An open_id this app knows, else 100290. */
export const person: Rule = (value, path, walk) => {
  if (typeof value !== 'string' || !walk.knowsUser(value)) {
    reject(path, String(value), 100290, 'There is an invalid user resource(at/person) in your card');
  }
};
