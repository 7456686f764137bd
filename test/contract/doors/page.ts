type Ask = (url: string, init?: RequestInit) => Promise<Response>;

/**
 * Opens a signed page as a phone's browser would, without JavaScript, fills the fields by name, and sends its form.
 * Throws when what comes back is no page. A page that shows a card first is followed to the form by its one link.
 */
export async function pageOf(ask: Ask, url: string, form: Record<string, string>): Promise<string> {
  const opened = await ask(url);
  const html = await opened.text();
  if (opened.status !== 200) throw new Error(`the page answered ${opened.status}: ${textOf(html)}`);
  const fields = fieldsOf(html);
  for (const [name, value] of Object.entries(form)) {
    if (!html.includes(`name="${name}"`)) throw new Error(`the page has no field ${name}: ${textOf(html)}`);
    fields.set(name, value);
  }
  const sent = await ask(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      host: new URL(url).host,
      origin: new URL(url).origin,
    },
    body: fields.toString(),
  });
  const answer = await sent.text();
  if (sent.status !== 200) throw new Error(`the page took nothing, ${sent.status}: ${textOf(answer)}`);
  return textOf(answer);
}

/** What a browser would send of an untouched form. */
function fieldsOf(html: string): URLSearchParams {
  const fields = new URLSearchParams();
  const attribute = (tag: string, name: string): string | undefined =>
    new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  for (const [tag] of html.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const choice = /type="(?:radio|checkbox)"/.test(tag);
    if (name && (!choice || /\schecked\b/.test(tag)))
      fields.append(name, unescaped(attribute(tag, 'value') ?? ''));
  }
  for (const [, head, text] of html.matchAll(/<textarea\b([^>]*)>([^<]*)<\/textarea>/g))
    fields.append(attribute(` ${head}`, 'name') ?? '', unescaped(text ?? ''));
  for (const [, head, options] of html.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)) {
    const all = [...(options ?? '').matchAll(/<option\b[^>]*>/g)].map(([tag]) => tag);
    const chosen = all.find((tag) => /\sselected\b/.test(tag)) ?? all[0];
    if (chosen)
      fields.append(attribute(` ${head}`, 'name') ?? '', unescaped(attribute(chosen, 'value') ?? ''));
  }
  return fields;
}

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');

const textOf = (html: string): string =>
  unescaped(html.replace(/<[^>]+>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
