import { type Component, children, layout } from './card-component.ts';
import { CONTAINERS } from './card-containers.ts';
import { DISPLAYS } from './card-displays.ts';
import { INPUTS } from './card-inputs.ts';
import {
  anything,
  bool,
  color,
  counted,
  icon,
  list,
  mapOf,
  margin,
  multiUrl,
  oneOf,
  padding,
  plain,
  type Rule,
  shape,
  str,
  text,
  textSize,
} from './card-rules.ts';

export const COMPONENTS: Record<string, Component> = { ...DISPLAYS, ...CONTAINERS, ...INPUTS };

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
