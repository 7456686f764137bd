import { type Component, imgKey, matching, person } from './card-component.ts';
import {
  behaviors,
  bool,
  confirm,
  icon,
  int,
  isObject,
  list,
  multiUrl,
  num,
  oneOf,
  padding,
  plain,
  px,
  reject,
  shape,
  str,
  text,
} from './card-rules.ts';
import type { JsonObject } from './types.ts';

const width = px(100, 9999, 'default', 'fill');
/** What every field takes. */
const field = { name: str(100, 1), required: bool, disabled: bool, confirm, behaviors, width };
const tips = { disabled_tips: plain(), hover_tips: plain() };
const selects = { ...field, placeholder: plain(100), type: oneOf('default', 'text') };

/** Options of one component: values unique (5.5), else the server cannot tell which was chosen. */
function uniqueOptions(node: JsonObject, path: string): void {
  const values = (Array.isArray(node.options) ? node.options : []).map((each) =>
    isObject(each) ? each.value : each,
  );
  if (new Set(values).size !== values.length) reject(`${path} -> options`, 'duplicate option value');
  const chosen = Array.isArray(node.selected_values) ? node.selected_values : [node.initial_option];
  for (const each of chosen) {
    if (each !== undefined && values.length > 0 && !values.includes(each))
      reject(path, 'initial value is not an option');
  }
}

/** A picker needs a placeholder unless it has an initial value. */
const needsPlaceholder =
  (initial: string) =>
  (node: JsonObject, path: string): void => {
    if (!(initial in node) && !('placeholder' in node))
      reject(path, 'missing property, property: placeholder');
  };

const staticOptions = list(shape({ text: plain(100), value: str(500, 1), icon }, ['text', 'value']), 200);
const personOptions = list(shape({ value: person }, ['value']), 200);

/** Components a person acts on (5.5). */
export const INPUTS: Record<string, Component> = {
  button: {
    kind: 'action',
    required: [],
    props: {
      ...tips,
      name: str(100, 1),
      disabled: bool,
      confirm,
      behaviors,
      width,
      text: plain(100),
      type: oneOf(
        'default',
        'primary',
        'danger',
        'text',
        'primary_text',
        'danger_text',
        'primary_filled',
        'danger_filled',
        'laser',
      ),
      size: oneOf('tiny', 'small', 'medium', 'large'),
      icon,
      form_action_type: oneOf('submit', 'reset'),
    },
    check: (node, path) => {
      if (!('text' in node) && !('icon' in node)) reject(path, 'a button needs text or icon');
      if (!('behaviors' in node) && !('form_action_type' in node)) reject(path, 'a button that does nothing');
    },
  },
  overflow: {
    kind: 'action',
    required: ['options'],
    props: {
      width,
      confirm,
      behaviors,
      options: list(shape({ text: plain(100), value: str(500, 1), multi_url: multiUrl }, ['text']), 50, 1),
    },
    check: uniqueOptions,
  },
  input: {
    kind: 'field',
    required: [],
    props: {
      ...field,
      disabled_tips: plain(),
      placeholder: plain(100),
      default_value: str(1000),
      label: plain(),
      label_position: oneOf('top', 'left'),
      input_type: oneOf('text', 'multiline_text', 'password'),
      rows: int(1, 100),
      auto_resize: bool,
      max_rows: int(1, 100),
      max_length: int(1, 1000),
      show_icon: bool,
    },
    check: (node, path) => {
      const given = typeof node.default_value === 'string' ? [...node.default_value].length : 0;
      if (given > Number(node.max_length ?? 1000)) reject(path, 'default_value longer than max_length');
    },
  },
  select_static: {
    kind: 'field',
    required: ['options'],
    props: { ...selects, options: staticOptions, initial_option: str(500), initial_index: int(0, 200) },
    check: uniqueOptions,
  },
  multi_select_static: {
    kind: 'field',
    required: ['options'],
    props: { ...selects, options: staticOptions, selected_values: list(str(500, 1)) },
    check: uniqueOptions,
  },
  select_person: {
    kind: 'field',
    required: [],
    props: { ...selects, options: personOptions, initial_option: str(100) },
    check: uniqueOptions,
  },
  multi_select_person: {
    kind: 'field',
    required: [],
    props: { ...selects, options: personOptions, selected_values: list(str(100, 1)) },
    check: uniqueOptions,
  },
  date_picker: {
    kind: 'field',
    required: [],
    props: {
      ...field,
      placeholder: plain(100),
      initial_date: matching(/^\d{4}-\d\d-\d\d$/, 'yyyy-MM-dd'),
    },
    check: needsPlaceholder('initial_date'),
  },
  picker_time: {
    kind: 'field',
    required: [],
    props: { ...field, placeholder: plain(100), initial_time: matching(/^\d\d:\d\d$/, 'HH:mm') },
    check: needsPlaceholder('initial_time'),
  },
  picker_datetime: {
    kind: 'field',
    required: [],
    props: {
      ...field,
      placeholder: plain(100),
      initial_datetime: matching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/, 'yyyy-MM-dd HH:mm'),
    },
    check: needsPlaceholder('initial_datetime'),
  },
  select_img: {
    kind: 'field',
    required: ['options'],
    props: {
      name: str(100, 1),
      required: bool,
      disabled: bool,
      confirm,
      behaviors,
      multi_select: bool,
      layout: oneOf('stretch', 'bisect', 'trisect'),
      aspect_ratio: oneOf('1:1', '16:9', '4:3'),
      can_preview: bool,
      options: list(
        shape(
          {
            img_key: imgKey,
            value: str(500, 1),
            disabled: bool,
            disabled_tips: plain(),
            hover_tips: plain(),
          },
          ['img_key', 'value'],
        ),
        50,
        1,
      ),
    },
    check: uniqueOptions,
  },
  checker: {
    kind: 'field',
    required: [],
    props: {
      ...tips,
      name: str(100, 1),
      disabled: bool,
      confirm,
      behaviors,
      checked: bool,
      text: text(['plain_text', 'lark_md'], 100_000, true),
      overall_checkable: bool,
      button_area: shape({
        pc_display_rule: oneOf('always', 'on_hover'),
        buttons: list((value, path, walk) => walk.elements([value], path, 'button_area'), 3),
      }),
      checked_style: shape({ show_strikethrough: bool, opacity: num(0, 1) }),
      padding,
    },
  },
};
