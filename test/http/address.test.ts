import { describe, expect, it } from 'vitest';
import { addressOf } from '../../src/http/address.ts';

describe('the addresses of the platforms (contract: HTTP)', () => {
  it.each([
    ['/webhook/feishu', undefined, 'feishu', undefined, undefined],
    ['/webhook/feishu/cli_1', undefined, 'feishu', 'cli_1', undefined],
    ['/webhook/feishu/card', undefined, 'feishu', 'card', undefined],
    ['/webhook/dingtalk', undefined, 'dingtalk', undefined, undefined],
    ['/webhook/dingtalk/card', undefined, 'dingtalk', undefined, 'card'],
    ['/webhook/dingtalk/event', undefined, 'dingtalk', undefined, 'event'],
    ['/webhook/dingtalk/ding1', undefined, 'dingtalk', 'ding1', undefined],
    ['/webhook/dingtalk/cards', undefined, 'dingtalk', 'cards', undefined],
    ['/webhook/dingtalk/ding1/card', undefined, 'dingtalk', 'ding1', 'card'],
    ['/webhook/dingtalk/ding1/event', undefined, 'dingtalk', 'ding1', 'event'],
    ['/webhook/dingtalk/card/event', undefined, 'dingtalk', 'card', 'event'],
    ['/o/wutong/webhook/feishu', 'wutong', 'feishu', undefined, undefined],
    ['/o/wutong/webhook/dingtalk/ding1/card', 'wutong', 'dingtalk', 'ding1', 'card'],
  ])('%s', (path, office, name, app, route) => {
    expect(addressOf(path)).toEqual({ path, office, name, app, route });
  });

  it.each([
    '/',
    '/webhook',
    '/webhook/',
    '/webhook/wecom',
    '/webhook/feishu/',
    '/webhook/feishu/a/card',
    '/webhook/dingtalk/',
    '/webhook/dingtalk/a/b',
    '/webhook/dingtalk/a/card/b',
    '/o//webhook/feishu',
    '/o/a/b/webhook/feishu',
    '/x/webhook/feishu',
    'webhook/feishu',
  ])('not %s', (path) => {
    expect(addressOf(path)).toBeUndefined();
  });
});
