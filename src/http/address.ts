import type { Platform, RawRequest } from '../platforms/platform.ts';

/** An address that a platform pushes to (contract: HTTP). */
export interface Address {
  /** As it was called; for the log. */
  path: string;
  /** The office of the directory; absent: that of the environment. */
  office?: string;
  name: Platform['name'];
  /** Which connection of that platform; absent: the first. */
  app?: string;
  /** Which of the platform's addresses this is, where it has several. */
  route: RawRequest['route'];
}

/** `[/o/<office>]/webhook/feishu[/<app id>]`, and of DingTalk `…/dingtalk[/<app id>][/card or /event]`. */
const FEISHU = /^(?:\/o\/([^/]+))?\/webhook\/feishu(?:\/([^/]+))?$/;
const DINGTALK = /^(?:\/o\/([^/]+))?\/webhook\/dingtalk(?:\/(?!(?:card|event)$)([^/]+))?(?:\/(card|event))?$/;

/** What a path addresses; undefined for one that no platform knows. */
export function addressOf(path: string): Address | undefined {
  const feishu = FEISHU.exec(path);
  if (feishu) return { path, office: feishu[1], name: 'feishu', app: feishu[2], route: undefined };
  const dingtalk = DINGTALK.exec(path);
  if (!dingtalk) return undefined;
  const [, office, app, route] = dingtalk;
  return { path, office, name: 'dingtalk', app, route: route as RawRequest['route'] };
}
