import type { Log } from '../../lib/log.ts';
import { TEMPLATE_RETRY_MS } from './limits.ts';

export interface TemplateOptions {
  cardTemplateId?: string;
  mode: 'webhook' | 'stream';
  publicUrl?: string;
  cardUrl?: string;
  log: Log;
  now: () => number;
  troubled?: (sentence: string) => void;
}

export interface CardTemplate {
  /** What cards are made from now; undefined: they go as messages with links and lines. */
  usable(): string | undefined;
  /** DingTalk does not take it; said once, tried again after some hours. */
  failed(code: string): void;
  worked(): void;
  /** What was rendered for a card a moment ago lacks the ways that a message needs. */
  justFailed(): boolean;
  /** What to tell about it, for /readyz and doctor; undefined where all is well or nothing was wished. */
  trouble(): { code: string; remedy: string } | undefined;
}

/** Whether interactive cards can be sent: a template is named, presses can reach us, and DingTalk took the last one. */
export function createTemplate(options: TemplateOptions): CardTemplate {
  const { cardTemplateId, log, now } = options;
  const reachable = options.mode === 'stream' || Boolean(options.publicUrl ?? options.cardUrl);
  let failure: { code: string; since: number; until: number } | undefined;
  let told = false;

  return {
    usable: () =>
      cardTemplateId && reachable && (failure === undefined || failure.until <= now())
        ? cardTemplateId
        : undefined,
    failed(code) {
      failure = { code, since: now(), until: now() + TEMPLATE_RETRY_MS };
      if (told) return;
      told = true;
      log.warn({ platform: 'dingtalk', code }, `钉钉互动卡片用不了，先改发文字和链接。${remedyOf(code)}`);
      options.troubled?.(`钉钉互动卡片用不了（${code}），卡片先改用文字和链接，一样能办。${remedyOf(code)}`);
    },
    worked() {
      failure = undefined;
      told = false;
    },
    justFailed: () => failure !== undefined && now() - failure.since < UNDER_WAY_MS,
    trouble() {
      if (cardTemplateId && !reachable) return { code: 'no_public_url', remedy: UNREACHABLE };
      return failure && { code: failure.code, remedy: remedyOf(failure.code) };
    },
  };
}

/** Longer than a prepared message can be under way. */
const UNDER_WAY_MS = 30_000;

const UNREACHABLE = '网页推送方式下，点卡片要回到公网地址：请设置 PUBLIC_URL，或改用 DINGTALK_MODE=stream。';

function remedyOf(code: string): string {
  if (/PermissionDenied/i.test(code))
    return '请在开发者后台“权限管理”里开通“互动卡片实例写权限”（Card.Instance.Write），再发布一个应用版本。';
  if (/unpublish/i.test(code)) return '请到卡片搭建平台发布这个模板，发布后最迟6小时自动恢复，也可重启。';
  return '请核对 DINGTALK_CARD_TEMPLATE_ID，并确认模板属于本应用、已发布；做法见 docs/dingtalk-card-template.md。';
}
