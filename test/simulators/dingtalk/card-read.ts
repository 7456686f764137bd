import { drawCard } from './draw.ts';
import { type Design, missing, variableFaults } from './template.ts';
import type { SimCard } from './types.ts';

/** What one person sees of a card: the last answer to his own click, else what all see, and his private values. */
export function shownTo(card: SimCard, viewer: string | undefined): Record<string, string> {
  if (viewer === undefined) return card.data;
  return { ...(card.clicked[viewer] ?? card.data), ...card.privateData[viewer] };
}

const TYPES = new Set([
  'TEXT',
  'TEXT_AREA',
  'NUMBER',
  'TEXT_ARRAY',
  'SELECT',
  'MULTI_SELECT',
  'DATE',
  'TIME',
  'DATETIME',
  'CHECKBOX',
  'SWITCH',
  'CHECKBOX_GROUP',
  'MULTI_CHECKBOX_GROUP',
]);

/** What a client could not draw of a whole map: wrong types, holes, buttons without a word, unknown fields. */
export function drawingFaults(design: Design, vars: Record<string, string>): string[] {
  const faults = variableFaults(design, vars, 'public');
  faults.push(...missing(design, vars).map((name) => `${name} is left out`));
  const { buttons, fields } = drawCard(design, vars);
  for (const each of buttons) {
    if (each.label === '') faults.push('a button without a label');
    if (each.url === undefined && !each.action) faults.push(`the button ${each.label} does nothing`);
    if (each.url !== undefined && !/^(https?|dingtalk):\/\//.test(each.url))
      faults.push(`the button ${each.label} opens nothing`);
  }
  const names = new Set<string>();
  for (const field of fields) {
    if (!TYPES.has(field.type)) faults.push(`field ${field.name} of unknown type ${field.type}`);
    if (field.name === '' || names.has(field.name)) faults.push(`field name ${field.name} is not unique`);
    if (/SELECT|GROUP/.test(field.type) && field.options.length === 0)
      faults.push(`field ${field.name} offers nothing to choose`);
    names.add(field.name);
  }
  return faults;
}
