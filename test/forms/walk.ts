import type { World } from '../helpers/world.ts';

export const BASE = 'http://office.test';

export interface Seen {
  status: number;
  html: string;
  response: Response;
}

/** Signed pages as a phone's browser shows and sends them, without JavaScript. */
export interface Walk {
  /** The link under the newest message that has one. */
  link(name: string): string;
  open(path: string): Promise<Seen>;
  send(path: string, fields?: [string, string][], headers?: Record<string, string>): Promise<Seen>;
  /** The button or link of that label. */
  press(page: Seen, label: string): Promise<Seen>;
  /** The form of that submit button, as it stands but for these fields. */
  fill(page: Seen, submit: string, fields: Record<string, string>): Promise<Seen>;
}

export function walkIn(world: World): Walk {
  const seen = async (response: Response): Promise<Seen> => ({
    status: response.status,
    html: await response.text(),
    response,
  });
  const walk: Walk = {
    link(name) {
      const user = world.users[name];
      if (!user) throw new Error(`nobody is called ${name}`);
      const texts = world.sim.private(user).texts();
      const found = texts.flatMap((text) => /在网页上办：(\S+)/u.exec(text)?.[1] ?? []).at(-1);
      if (!found?.startsWith(`${BASE}/f/`)) throw new Error(`no link for ${name}: ${texts.join('\n')}`);
      return found.slice(BASE.length);
    },
    open: async (path) => seen(await world.get(path)),
    async send(path, fields = [], headers = {}) {
      const answer = await seen(await world.post(path, fields, headers));
      await world.settle();
      return answer;
    },
    press: (page, label) => walk.send(behind(page, label)),
    fill: (page, submit, fields) => walk.send(behind(page, submit), filled(page, submit, fields)),
  };
  return walk;
}

/** The address behind a button or link of that label. */
export function behind(page: Seen, label: string): string {
  const forms = page.html.split(/(?=<form|<a )/u);
  const found = forms.find((part) => new RegExp(`>${label}</(?:button|a)>`, 'u').test(part));
  const path = found && /(?:action|href)="([^"]+)"/u.exec(found)?.[1];
  if (!path) throw new Error(`no ${label} on: ${page.html}`);
  return `/f/${path}`;
}

/** What a browser would send with the form of that submit button: what stands in it, and what is filled in. */
export function filled(page: Seen, submit: string, fields: Record<string, string>): [string, string][] {
  const form = page.html.split('<form').find((part) => part.includes(`>${submit}</button>`)) ?? '';
  const values = new Map<string, string>();
  for (const [tag] of form.matchAll(/<input[^>]*>/gu)) {
    const attribute = (name: string) => unescaped(new RegExp(`${name}="([^"]*)"`, 'u').exec(tag)?.[1] ?? '');
    const chosen = !/type="(?:radio|checkbox)"/u.test(tag) || /\schecked/u.test(tag);
    if (chosen) values.set(attribute('name'), attribute('value'));
  }
  for (const [, name, text] of form.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)/gu))
    values.set(name ?? '', unescaped(text ?? ''));
  for (const [, name, options] of form.matchAll(/<select[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/gu))
    values.set(name ?? '', /value="([^"]*)"[^>]*selected/u.exec(options ?? '')?.[1] ?? '');
  for (const [name, value] of Object.entries(fields)) {
    if (!form.includes(`name="${name}"`)) throw new Error(`no field ${name} in: ${form}`);
    values.set(name, value);
  }
  return [...values];
}

/** The values of a choice, by what one reads beside them. */
export function choicesOf(page: Seen, name: string): Record<string, string> {
  const list = new RegExp(`<select[^>]*name="${name}"[^>]*>([\\s\\S]*?)</select>`, 'u').exec(page.html)?.[1];
  const choices = list
    ? [...list.matchAll(/<option[^>]*value="([^"]*)"[^>]*>([^<]*)/gu)]
    : [...page.html.matchAll(new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"[^>]*>([^<]*)`, 'gu'))];
  return Object.fromEntries(
    choices.map(([, value, label]) => [unescaped(label ?? '').trim(), unescaped(value ?? '')]),
  );
}

const unescaped = (text: string): string =>
  text
    .replace(/&quot;/gu, '"')
    .replace(/&#39;/gu, "'")
    .replace(/&lt;/gu, '<')
    .replace(/&amp;/gu, '&');
