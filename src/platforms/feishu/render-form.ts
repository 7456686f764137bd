import type { Block, Field, Option } from '../../../cards/card.ts';
import { type ButtonOptions, callbackValue } from './render-button.ts';
import { type Element, paragraph, plain } from './render-text.ts';

type Form = Extract<Block, { kind: 'form' }>;

/** An input takes up to 1000 characters (feishu.md 5.5). */
const INPUT_MAX = 1000;
const PLACEHOLDER_MAX = 100;

/** A form stands at the body's root, every child named and unique, with one submit button (feishu.md 5.3). */
export function renderForm(form: Form, options: ButtonOptions): Element {
  return {
    tag: 'form',
    name: form.name,
    vertical_spacing: 'medium',
    elements: [
      ...form.fields.flatMap(renderField),
      {
        tag: 'button',
        name: `${form.name}_submit`,
        text: plain(form.submit, 40),
        type: 'primary_filled',
        size: 'large',
        width: 'fill',
        form_action_type: 'submit',
        behaviors: [{ type: 'callback', value: callbackValue(form.action, form.value, options) }],
      },
    ],
  };
}

function renderField(field: Field): Element[] {
  const required = 'required' in field && field.required === true;
  const common = { name: field.name, required, width: 'fill' };
  switch (field.kind) {
    case 'text':
      return [renderInput(field, required)];
    case 'select': {
      const options = renderOptions(field.options);
      const chosen = options.some((option) => option.value === field.value);
      return [
        label(field.label, required),
        {
          tag: 'select_static',
          ...common,
          placeholder: plain(field.placeholder ?? '请选择', PLACEHOLDER_MAX),
          options,
          ...(chosen ? { initial_option: field.value } : {}),
        },
      ];
    }
    case 'multi': {
      const options = renderOptions(field.options);
      const chosen = (field.values ?? []).filter((value) => options.some((option) => option.value === value));
      return [
        label(field.label, required),
        {
          tag: 'multi_select_static',
          ...common,
          placeholder: plain(field.placeholder ?? '可多选', PLACEHOLDER_MAX),
          options,
          ...(chosen.length > 0 ? { selected_values: chosen } : {}),
        },
      ];
    }
    case 'date':
      return [
        label(field.label, required),
        {
          tag: 'date_picker',
          ...common,
          placeholder: plain('选择日期'),
          ...(field.value && /^\d{4}-\d{2}-\d{2}$/.test(field.value) ? { initial_date: field.value } : {}),
        },
      ];
    default:
      return field satisfies never;
  }
}

function renderInput(field: Extract<Field, { kind: 'text' }>, required: boolean): Element {
  const max = Math.min(Math.max(field.max ?? INPUT_MAX, 1), INPUT_MAX);
  const value = plain(field.value ?? '', max).content;
  const multiline = field.multiline === true || value.includes('\n');
  return {
    tag: 'input',
    name: field.name,
    required,
    width: 'fill',
    label: plain(field.label),
    label_position: 'top',
    input_type: multiline ? 'multiline_text' : 'text',
    ...(multiline ? { rows: 3, auto_resize: true } : {}),
    max_length: max,
    ...(field.placeholder ? { placeholder: plain(field.placeholder, PLACEHOLDER_MAX) } : {}),
    ...(value ? { default_value: value } : {}),
  };
}

/** Selects and pickers have no label of their own. */
function label(text: string, required: boolean): Element {
  return paragraph(required ? `${text}（必填）` : text, { size: 'small' });
}

/** Values must be unique and not empty, else Feishu refuses the card (5.5). */
function renderOptions(options: Option[]): { text: Element; value: string }[] {
  const byValue = new Map(
    options.filter((option) => option.value !== '').map((option) => [option.value, option]),
  );
  return [...byValue.values()].map((option) => ({
    text: plain(option.label || option.value, 100),
    value: option.value,
  }));
}
