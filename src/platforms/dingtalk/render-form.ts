import type { Field, Option } from '../../../cards/card.ts';
import type { FormBlock } from '../platform.ts';
import type { JsonObject } from '../read.ts';
import { bare } from './render-text.ts';

const PLACEHOLDER_MAX = 100;

/** The form variable of the template (dingtalk.md 4.4): wholly data, so that one template serves every form. */
export function renderFields(form: FormBlock): JsonObject {
  return { fields: form.fields.map(renderField) };
}

function renderField(field: Field): JsonObject {
  const required = 'required' in field && field.required === true;
  const label = bare(field.label);
  const common = {
    name: field.name,
    label,
    ...(required ? { required: true, requiredMsg: `请填“${label}”` } : {}),
    ...('placeholder' in field && field.placeholder
      ? { placeholder: bare(field.placeholder, PLACEHOLDER_MAX) }
      : {}),
  };
  switch (field.kind) {
    case 'text': {
      const multiline = field.multiline === true || field.value?.includes('\n') === true;
      return {
        ...common,
        type: multiline ? 'TEXT_AREA' : 'TEXT',
        ...(field.value ? { defaultValue: bare(field.value) } : {}),
      };
    }
    case 'select': {
      const options = renderOptions(field.options);
      const index = options.findIndex((option) => option.value === field.value);
      const chosen = options[index];
      return {
        ...common,
        type: 'SELECT',
        options,
        ...(chosen ? { defaultValue: { index, value: chosen.value } } : {}),
      };
    }
    case 'multi': {
      const options = renderOptions(field.options);
      const index = options.flatMap((option, at) => (field.values?.includes(option.value) ? [at] : []));
      const value = index.flatMap((at) => options[at]?.value ?? []);
      return {
        ...common,
        type: 'MULTI_SELECT',
        options,
        ...(index.length > 0 ? { defaultValue: { index, value } } : {}),
      };
    }
    case 'date': {
      const day = field.value && /^\d{4}-\d{2}-\d{2}$/.test(field.value) ? field.value : undefined;
      return { ...common, type: 'DATE', ...(day ? { defaultValue: day } : {}) };
    }
    default:
      return field satisfies never;
  }
}

/** Each value once, none empty: an answer names the value that was chosen. */
function renderOptions(options: Option[]): { value: string; text: string }[] {
  const byValue = new Map(
    options.filter(({ value }) => value !== '').map((option) => [option.value, option]),
  );
  return [...byValue.values()].map(({ value, label }) => ({ value, text: bare(label || value, 100) }));
}
