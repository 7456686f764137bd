import {
  anything,
  behaviors,
  bool,
  color,
  confirm,
  counted,
  icon,
  int,
  isObject,
  list,
  mapOf,
  margin,
  markdownText,
  multiUrl,
  num,
  oneOf,
  padding,
  plain,
  px,
  type Rule,
  radius,
  reject,
  shape,
  spacing,
  str,
  text,
  textSize,
} from './card-rules.ts';
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

const halign = oneOf('left', 'center', 'right');
const valign = oneOf('top', 'center', 'bottom');
const direction = oneOf('vertical', 'horizontal');
const width = px(100, 9999, 'default', 'fill');
const imgKey = str(200, 1);
const children =
  (container: string): Rule =>
  (value, path, walk) =>
    walk.elements(value, path, container);
const layout = {
  direction,
  horizontal_spacing: spacing,
  vertical_spacing: spacing,
  horizontal_align: halign,
  vertical_align: valign,
  padding,
};
const interactive = {
  name: str(100, 1),
  required: bool,
  disabled: bool,
  disabled_tips: plain(),
  hover_tips: plain(),
  confirm,
  behaviors,
  width,
};
const matching =
  (pattern: RegExp, form: string): Rule =>
  (value, path) => {
    if (typeof value !== 'string' || !pattern.test(value)) reject(path, `must look like ${form}`);
  };

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
const personOptions = list((value, path, walk) => {
  shape({ value: str(100, 1) }, ['value'])(value, path, walk);
  const id = isObject(value) ? String(value.value) : '';
  if (!walk.knowsUser(id))
    reject(path, id, 100290, 'There is an invalid user resource(at/person) in your card');
}, 200);
const person: Rule = (value, path, walk) => {
  if (typeof value !== 'string' || !walk.knowsUser(value)) {
    reject(path, String(value), 100290, 'There is an invalid user resource(at/person) in your card');
  }
};
const jump = shape({ multi_url: multiUrl }, ['multi_url']);
const persons = {
  size: oneOf('extra_small', 'small', 'medium', 'large'),
  show_avatar: bool,
  show_name: bool,
};
const selects = { ...interactive, placeholder: plain(100), type: oneOf('default', 'text') };

export const COMPONENTS: Record<string, Component> = {
  div: {
    kind: 'display',
    required: [],
    props: {
      text: text(['plain_text', 'lark_md'], 100_000, true),
      icon,
      width: px(16, 999, 'fill', 'auto'),
      fields: list(shape({ is_short: bool, text: text(['plain_text', 'lark_md'], 100_000, true) }, ['text'])),
    },
  },
  markdown: {
    kind: 'display',
    required: ['content'],
    props: { content: markdownText, text_size: textSize, text_align: halign, icon },
    check: (node, path) => {
      const tables = String(node.content).match(/^\s*\|?[\s:|-]*-{3,}[\s:|-]*\|[\s:|-]*$/gm) ?? [];
      if (tables.length > 4) reject(path, 'more than 4 tables in one markdown component');
    },
  },
  img: {
    kind: 'display',
    required: ['img_key', 'alt'],
    props: {
      img_key: imgKey,
      alt: plain(),
      title: plain(),
      scale_type: oneOf('crop_center', 'crop_top', 'fit_horizontal'),
      size: matching(/^(large|medium|small|tiny|stretch|\d+px \d+px)$/, 'large, … or "100px 100px"'),
      corner_radius: radius,
      transparent: bool,
      preview: bool,
    },
  },
  img_combination: {
    kind: 'display',
    required: ['combination_mode', 'img_list'],
    props: {
      combination_mode: oneOf('double', 'triple', 'bisect', 'trisect'),
      img_list: list(shape({ img_key: imgKey }, ['img_key']), 9, 1),
      combination_transparent: bool,
      corner_radius: radius,
    },
  },
  person: {
    kind: 'display',
    required: ['user_id'],
    props: { ...persons, user_id: person, style: oneOf('normal', 'capsule') },
  },
  person_list: {
    kind: 'display',
    required: ['persons'],
    props: {
      ...persons,
      persons: list(shape({ id: person }, ['id']), 100, 1),
      lines: int(1, 100),
      drop_invalid_user_id: bool,
      icon,
    },
  },
  chart: {
    kind: 'display',
    required: ['chart_spec'],
    props: {
      chart_spec: mapOf(anything),
      aspect_ratio: oneOf('1:1', '2:1', '4:3', '16:9'),
      color_theme: oneOf('brand', 'rainbow', 'complementary', 'converse', 'primary'),
      height: px(1, 999, 'auto'),
      preview: bool,
    },
    check: (node, path) => {
      if (!isObject(node.chart_spec) || typeof node.chart_spec.type !== 'string') {
        reject(path, 'chart_spec without type', 200550, 'chart spec is invalid');
      }
    },
  },
  table: {
    kind: 'display',
    required: ['columns', 'rows'],
    props: {
      page_size: int(1, 10),
      row_height: px(32, 124, 'low', 'middle', 'high', 'auto'),
      row_max_height: px(32, 999),
      freeze_first_column: bool,
      header_style: shape({
        text_align: halign,
        text_size: textSize,
        background_style: oneOf('grey', 'none'),
        text_color: color,
        bold: bool,
        lines: int(1, 100),
      }),
      columns: list(
        shape(
          {
            name: str(100, 1),
            display_name: str(100),
            data_type: oneOf('text', 'lark_md', 'markdown', 'options', 'number', 'persons', 'date'),
            width: matching(/^(auto|\d+px|\d{1,3}%)$/, 'auto, 80px or 30%'),
            horizontal_align: halign,
            vertical_align: valign,
            format: shape({ precision: int(0, 10), symbol: str(10), separator: bool }),
            date_format: str(40),
          },
          ['name', 'data_type'],
        ),
        50,
        1,
      ),
      rows: list(mapOf(anything)),
    },
    check: (node, path) => {
      const columns = (Array.isArray(node.columns) ? node.columns : []).filter(isObject);
      const names = new Set(columns.map((each) => each.name));
      if (names.size !== columns.length)
        reject(path, 'duplicate column name', 200914, 'table columns are invalid');
      for (const row of Array.isArray(node.rows) ? node.rows : []) {
        for (const key of Object.keys(isObject(row) ? row : {})) {
          if (!names.has(key)) reject(path, `row key ${key} is no column`, 200915, 'table rows are invalid');
        }
      }
    },
  },
  hr: { kind: 'display', required: [], props: {} },
  column_set: {
    kind: 'container',
    required: ['columns'],
    props: {
      flex_mode: oneOf('none', 'stretch', 'flow', 'bisect', 'trisect'),
      horizontal_spacing: spacing,
      horizontal_align: halign,
      background_style: color,
      action: jump,
      columns: children('column_set'),
    },
  },
  column: {
    kind: 'container',
    required: [],
    props: {
      ...layout,
      width: px(16, 600, 'auto', 'weighted'),
      weight: int(1, 5),
      background_style: color,
      action: jump,
      elements: children('column'),
    },
  },
  form: {
    kind: 'container',
    required: ['name', 'elements'],
    props: { ...layout, name: str(100, 1), confirm, elements: children('form') },
  },
  interactive_container: {
    kind: 'container',
    required: ['behaviors', 'elements'],
    props: {
      ...layout,
      behaviors,
      width: px(16, 999, 'fill', 'auto'),
      height: px(10, 999, 'auto'),
      background_style: color,
      has_border: bool,
      border_color: color,
      corner_radius: radius,
      disabled: bool,
      disabled_tips: plain(),
      hover_tips: plain(),
      confirm,
      elements: children('interactive_container'),
    },
  },
  collapsible_panel: {
    kind: 'container',
    required: ['header', 'elements'],
    props: {
      ...layout,
      expanded: bool,
      background_color: color,
      border: shape({ color, corner_radius: radius }),
      header: shape(
        {
          title: text(['plain_text', 'lark_md', 'markdown'], 100_000, true),
          background_color: color,
          width: px(16, 999, 'fill', 'auto', 'auto_when_fold'),
          vertical_align: valign,
          padding,
          position: oneOf('top', 'bottom'),
          icon,
          icon_position: oneOf('left', 'right', 'follow_text'),
          icon_expanded_angle: (value, path) => {
            if (![-180, -90, 90, 180].includes(Number(value))) reject(path, 'invalid icon_expanded_angle');
          },
        },
        ['title'],
      ),
      elements: children('collapsible_panel'),
    },
  },
  button: {
    kind: 'action',
    required: [],
    props: {
      ...interactive,
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
      ...interactive,
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
      ...interactive,
      placeholder: plain(100),
      initial_date: matching(/^\d{4}-\d\d-\d\d$/, 'yyyy-MM-dd'),
    },
    check: needsPlaceholder('initial_date'),
  },
  picker_time: {
    kind: 'field',
    required: [],
    props: { ...interactive, placeholder: plain(100), initial_time: matching(/^\d\d:\d\d$/, 'HH:mm') },
    check: needsPlaceholder('initial_time'),
  },
  picker_datetime: {
    kind: 'field',
    required: [],
    props: {
      ...interactive,
      placeholder: plain(100),
      initial_datetime: matching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/, 'yyyy-MM-dd HH:mm'),
    },
    check: needsPlaceholder('initial_datetime'),
  },
  select_img: {
    kind: 'field',
    required: ['options'],
    props: {
      ...interactive,
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
      ...interactive,
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

/** Properties every component takes. */
export const COMMON: Record<string, Rule> = {
  tag: anything,
  margin,
  element_id: (value, path, walk) => walk.elementId(String(value), path),
};

const PLATFORMS = { default: anything, pc: anything, ios: anything, android: anything };
const TEMPLATES =
  'blue wathet turquoise green yellow orange red carmine violet purple indigo grey default'.split(' ');
const TAG_COLORS =
  'neutral blue turquoise lime orange violet indigo wathet green yellow red purple carmine'.split(' ');

const tagList = list(
  counted(
    shape(
      {
        tag: oneOf('text_tag'),
        element_id: COMMON.element_id ?? anything,
        text: plain(),
        color: oneOf(...TAG_COLORS),
      },
      ['tag', 'text'],
    ),
  ),
  3,
);

/** The root (5.1). `update_multi:false` (300302) and the version are looked at by the walker. */
export const ROOT: Rule = shape(
  {
    schema: anything,
    config: shape({
      update_multi: bool,
      enable_forward: bool,
      enable_forward_interaction: bool,
      width_mode: oneOf('default', 'compact', 'fill'),
      streaming_mode: bool,
      streaming_config: shape({
        print_frequency_ms: shape(PLATFORMS),
        print_step: shape(PLATFORMS),
        print_strategy: oneOf('fast', 'delay'),
      }),
      summary: shape({ content: str(), i18n_content: mapOf(str()) }),
      locales: list(str()),
      use_custom_translation: bool,
      style: shape({
        text_size: mapOf(shape({ default: textSize, pc: textSize, mobile: textSize })),
        color: mapOf(shape({ light_mode: color, dark_mode: color })),
      }),
    }),
    card_link: multiUrl,
    header: shape(
      {
        title: text(['plain_text', 'lark_md']),
        subtitle: text(['plain_text', 'lark_md']),
        text_tag_list: tagList,
        i18n_text_tag_list: mapOf(tagList),
        template: oneOf(...TEMPLATES),
        icon,
        padding,
      },
      ['title'],
    ),
    body: shape({ ...layout, elements: children('body') }, ['elements']),
  },
  ['schema'],
);
