import { type Component, halign, imgKey, matching, person, valign } from './card-component.ts';
import {
  anything,
  bool,
  color,
  icon,
  int,
  isObject,
  list,
  mapOf,
  markdownText,
  oneOf,
  plain,
  px,
  radius,
  reject,
  shape,
  str,
  text,
  textSize,
} from './card-rules.ts';

/** Components that only show something (5.4). */
const persons = {
  size: oneOf('extra_small', 'small', 'medium', 'large'),
  show_avatar: bool,
  show_name: bool,
};

export const DISPLAYS: Record<string, Component> = {
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
};
