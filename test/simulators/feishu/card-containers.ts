import { type Component, children, halign, layout, valign } from './card-component.ts';
import {
  behaviors,
  bool,
  color,
  confirm,
  icon,
  int,
  multiUrl,
  oneOf,
  padding,
  plain,
  px,
  radius,
  reject,
  shape,
  spacing,
  str,
  text,
} from './card-rules.ts';

const jump = shape({ multi_url: multiUrl }, ['multi_url']);

/** Containers (5.3). */
export const CONTAINERS: Record<string, Component> = {
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
    props: { ...layout, name: str(100, 1), elements: children('form') },
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
};
