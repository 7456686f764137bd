import { readFile } from 'node:fs/promises';

/** The page's own files, by name: nothing else can be asked for. The build puts their folder beside the bundle, too. */
const TYPES = {
  'app.js': 'text/javascript; charset=utf-8',
  'card.js': 'text/javascript; charset=utf-8',
  'clock.js': 'text/javascript; charset=utf-8',
  'composer.js': 'text/javascript; charset=utf-8',
  'net.js': 'text/javascript; charset=utf-8',
  'stream.js': 'text/javascript; charset=utf-8',
  'base.css': 'text/css; charset=utf-8',
  'top.css': 'text/css; charset=utf-8',
  'people.css': 'text/css; charset=utf-8',
  'over.css': 'text/css; charset=utf-8',
  'panes.css': 'text/css; charset=utf-8',
  'messages.css': 'text/css; charset=utf-8',
  'composer.css': 'text/css; charset=utf-8',
  'card.css': 'text/css; charset=utf-8',
  'form.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

type AssetName = keyof typeof TYPES;

/** The file's text and type, or null when there is no such asset. */
export async function readAsset(name: string): Promise<{ body: string; type: string } | null> {
  if (!isAsset(name)) return null;
  return { body: await readFile(new URL(`./assets/${name}`, import.meta.url), 'utf8'), type: TYPES[name] };
}

function isAsset(name: string): name is AssetName {
  return Object.hasOwn(TYPES, name);
}
