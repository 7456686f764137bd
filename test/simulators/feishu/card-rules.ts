import { badCard } from './errors.ts';
import type { Json, JsonObject } from './types.ts';

/** What a check may ask about the card it stands in. */
export interface Walk {
  /** Names defined in config.style. */
  readonly sizes: Set<string>;
  readonly colors: Set<string>;
  /** Counts one element or component (plain_text nodes count, feishu.md 5.2). */
  count(): void;
  elementId(id: string, path: string): void;
  /** Components inside a container; the walker knows nesting and forms. */
  elements(list: Json, path: string, container: string): void;
  knowsUser(openId: string): boolean;
}

export type Rule = (value: Json, path: string, walk: Walk) => void;

const PARSE = 'parse card json err, please check whether the card json is correct';

/** Fails the whole card: sub-code 200621 unless another says it better. */
export function reject(path: string, what: string, subCode = 200621, message = PARSE): never {
  throw badCard(subCode, message, `${what}, path: ${path}`);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const bool: Rule = (value, path) => {
  if (typeof value !== 'boolean') reject(path, 'must be a boolean');
};

export const anything: Rule = () => undefined;

export function str(max = 100_000, min = 0): Rule {
  return (value, path) => {
    if (typeof value !== 'string') reject(path, 'must be a string');
    const length = [...value].length;
    if (length < min || length > max) reject(path, `length ${length} outside ${min}..${max}`);
  };
}

export function int(min: number, max: number): Rule {
  return (value, path) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      reject(path, `must be an integer in ${min}..${max}, is ${JSON.stringify(value)}`);
    }
  };
}

export function num(min: number, max: number): Rule {
  return (value, path) => {
    if (typeof value !== 'number' || value < min || value > max)
      reject(path, `must be a number in ${min}..${max}`);
  };
}

export function oneOf(...values: string[]): Rule {
  return (value, path) => {
    if (typeof value !== 'string' || !values.includes(value)) {
      reject(path, `invalid value ${JSON.stringify(value)}, expected one of ${values.join('/')}`);
    }
  };
}

/** A pixel length in a range, or one of the named values. */
export function px(min: number, max: number, ...names: string[]): Rule {
  return (value, path) => {
    if (typeof value === 'string' && names.includes(value)) return;
    const found = typeof value === 'string' ? /^(-?\d+)px$/.exec(value) : null;
    if (!found || Number(found[1]) < min || Number(found[1]) > max) {
      reject(path, `invalid length ${JSON.stringify(value)}, expected [${min},${max}]px ${names.join('/')}`);
    }
  };
}

/** One, two or four lengths, as margin and padding take them. */
export function box(min: number, max: number): Rule {
  const single = px(min, max, '0');
  return (value, path, walk) => {
    if (typeof value !== 'string') reject(path, 'must be a string of px values');
    const parts = value.trim().split(/\s+/);
    if (![1, 2, 4].includes(parts.length))
      reject(path, `one, two or four values expected, got ${parts.length}`);
    for (const part of parts) single(part, path, walk);
  };
}

export const spacing = px(0, 99, 'small', 'medium', 'large', 'extra_large');
export const margin = box(-99, 99);
export const padding = box(0, 99);
export const radius: Rule = (value, path) => {
  if (typeof value !== 'string' || !/^(\d+px|(100|\d{1,2})%)$/.test(value))
    reject(path, 'invalid corner_radius');
};

const FAMILIES =
  'blue|carmine|green|indigo|lime|grey|orange|purple|red|sunflower|turquoise|violet|wathet|yellow|neutral|maroon|lemon|teal|brown';
const COLOR = new RegExp(
  `^(default|white|bg-white|laser|(${FAMILIES})(-(00|50|[1-9]00|[36]50))?|rgba\\([0-9., ]+\\))$`,
);

export const color: Rule = (value, path, walk) => {
  if (typeof value !== 'string' || !(COLOR.test(value) || walk.colors.has(value))) {
    reject(path, `unknown color ${JSON.stringify(value)}`);
  }
};

const SIZES =
  /^(heading(-[0-4])?|normal|notation|xxxx-large|xxx-large|xx-large|x-large|large|medium|small|x-small)$/;

export const textSize: Rule = (value, path, walk) => {
  if (typeof value !== 'string' || !(SIZES.test(value) || walk.sizes.has(value))) {
    reject(path, `unknown text_size ${JSON.stringify(value)}`);
  }
};

export const url: Rule = (value, path) => {
  if (typeof value !== 'string' || !/^(https?:\/\/|lark:\/\/|$)/.test(value)) reject(path, 'invalid url');
};

export function list(rule: Rule, max = 1000, min = 0): Rule {
  return (value, path, walk) => {
    if (!Array.isArray(value)) reject(path, 'must be an array');
    if (value.length > max || value.length < min)
      reject(path, `${value.length} items, expected ${min}..${max}`);
    value.forEach((item, index) => {
      rule(item, `${path} -> [${index}]`, walk);
    });
  };
}

/** An object of exactly these properties: anything else is an unknown property and fails the card (5.2). */
export function shape(props: Record<string, Rule>, required: string[] = []): Rule {
  return (value, path, walk) => {
    if (!isObject(value)) reject(path, 'must be an object');
    for (const key of Object.keys(value)) {
      const rule = Object.hasOwn(props, key) ? props[key] : undefined;
      const inner = value[key];
      if (!rule || inner === undefined) reject(path, `unknown property, property: ${key}`);
      rule(inner, `${path} -> ${key}`, walk);
    }
    for (const key of required) if (!(key in value)) reject(path, `missing property, property: ${key}`);
  };
}

export function mapOf(rule: Rule): Rule {
  return (value, path, walk) => {
    if (!isObject(value)) reject(path, 'must be an object');
    for (const [key, inner] of Object.entries(value)) rule(inner, `${path} -> ${key}`, walk);
  };
}

/** A shape that is itself an element and therefore counts. */
export function counted(rule: Rule): Rule {
  return (value, path, walk) => {
    walk.count();
    rule(value, path, walk);
  };
}

/** Rejects `<at id=…>` of people this app does not know (100290), as the platform does. */
export const markdownText: Rule = (value, path, walk) => {
  str()(value, path, walk);
  for (const found of String(value).matchAll(/<at\s+ids?=["']?([^>"'\s]+)["']?\s*>/g)) {
    for (const id of (found[1] ?? '').split(',')) {
      if (id !== 'all' && !walk.knowsUser(id)) {
        reject(path, id, 100290, 'There is an invalid user resource(at/person) in your card');
      }
    }
  }
};

/** A text object; `tags` says which kinds the place takes, `max` its length in characters. */
export function text(tags: string[] = ['plain_text'], max = 100_000, styled = false): Rule {
  const style: Record<string, Rule> = styled
    ? {
        text_size: textSize,
        text_color: color,
        text_align: oneOf('left', 'center', 'right'),
        lines: int(1, 100),
      }
    : {};
  const body = shape(
    {
      tag: oneOf(...tags),
      content: (value, path, walk) => {
        str(max)(value, path, walk);
        markdownText(value, path, walk);
      },
      i18n_content: mapOf(str(max)),
      element_id: (value, path, walk) => walk.elementId(String(value), path),
      ...style,
    },
    ['tag', 'content'],
  );
  return counted(body);
}

export const plain = (max?: number): Rule => text(['plain_text'], max);

export const icon: Rule = counted((value, path, walk) => {
  const standard = isObject(value) && value.tag === 'standard_icon';
  shape(
    standard
      ? { tag: anything, token: str(100, 1), color, size: str(), element_id: anything }
      : { tag: oneOf('custom_icon'), img_key: str(200, 1), size: str(), element_id: anything },
    standard ? ['token'] : ['img_key'],
  )(value, path, walk);
});

const links = { url, pc_url: url, ios_url: url, android_url: url };

export const multiUrl: Rule = (value, path, walk) => {
  shape(links)(value, path, walk);
  const given = isObject(value) ? value : {};
  if (!given.url && !(given.pc_url && given.ios_url && given.android_url)) reject(path, 'url is empty');
};

export const confirm = shape({ title: plain(), text: plain() }, ['title']);

/** `open_url` and `callback`; the value of a callback must be an object (2.3: a string shows 200671). */
export const behaviors: Rule = list(
  (value, path, walk) => {
    if (!isObject(value)) reject(path, 'must be an object');
    if (value.type === 'callback') {
      shape({ type: anything, value: anything }, ['value'])(value, path, walk);
      if (!isObject(value.value)) reject(`${path} -> value`, 'the value of a callback must be an object');
      return;
    }
    if (value.type !== 'open_url') reject(path, `unknown behavior ${JSON.stringify(value.type)}`);
    shape({ type: anything, default_url: url, pc_url: url, ios_url: url, android_url: url })(
      value,
      path,
      walk,
    );
    if (!value.default_url && !(value.pc_url && value.ios_url && value.android_url))
      reject(path, 'default_url is empty');
  },
  10,
  1,
);
