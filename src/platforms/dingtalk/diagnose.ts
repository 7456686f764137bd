import type { Finding } from '../platform.ts';
import type { CardTemplate } from './card-template.ts';
import { classify, isPermissionFailure } from './classify.ts';
import type { Called } from './client.ts';
import type { MeteredClient } from './meter.ts';
import type { DingTalkOptions } from './options.ts';

export interface DiagnoseInput {
  options: DingTalkOptions;
  template: CardTemplate;
  own: MeteredClient;
  proveToken: () => Promise<Called>;
  /** The Stream connection, in that mode. */
  wire: { up: boolean; detail: string } | undefined;
  /** Set what can be set by API. */
  fix: boolean;
  register: () => Promise<{ ok: boolean; code: string }>;
}

/** Looks at all that DingTalk tells, and says of the rest where to look (issue 4, point 7). Never rejects. */
export async function diagnose(input: DiagnoseInput): Promise<Finding[]> {
  const token = await credentials(input);
  const robot: Finding = {
    what: '机器人',
    ok: null,
    detail: '钉钉没有查询机器人权限的接口',
    remedy:
      '请在开发者后台确认：已添加“机器人”能力，开通“企业内机器人发送消息权限”（qyapi_robot_sendmsg），并发布了应用版本；再在群里@它发“帮助”试一次。',
  };
  const rest = token.ok === false ? [] : [robot, ...(await cards(input))];
  return [token, wire(input), ...events(input), ...rest];
}

async function credentials({ proveToken, options }: DiagnoseInput): Promise<Finding> {
  const asked = await proveToken();
  if (asked.ok) return { what: '凭证', ok: true, detail: `取到访问凭证（${options.clientId}）` };
  const { code, status } = classify(asked.failure);
  const refused = status === 'failed' || asked.failure.httpStatus >= 400;
  return {
    what: '凭证',
    ok: false,
    detail: refused ? `钉钉不认这组凭证（${code}）` : `连不上钉钉（${code}）`,
    remedy: refused
      ? '请到开发者后台“凭证与基础信息”重新复制 Client ID、Client Secret，写进 DINGTALK_CLIENT_ID、DINGTALK_CLIENT_SECRET。'
      : '请检查本机能否访问 api.dingtalk.com，需要代理时设置 HTTPS_PROXY。',
  };
}

function wire({ options, wire: socket }: DiagnoseInput): Finding {
  const what = '收消息';
  if (options.mode === 'stream') {
    if (!socket) return { what, ok: null, detail: 'Stream 方式，由运行中的服务连接' };
    return socket.up
      ? { what, ok: true, detail: socket.detail }
      : {
          what,
          ok: false,
          detail: socket.detail,
          remedy: '请在开发者后台把机器人“消息接收模式”设为 Stream 并发布；同一应用只能连一处。',
        };
  }
  const url = options.publicUrl ?? '';
  return {
    what,
    ok: url.startsWith('https://') ? null : false,
    detail: url ? `网页推送，地址 ${url}/webhook/dingtalk` : '网页推送，但没有设置 PUBLIC_URL',
    remedy: url.startsWith('https://')
      ? '钉钉不告诉我们后台填了什么：请核对机器人“消息接收地址”与上面一致。'
      : '请设置 https 的 PUBLIC_URL；没有公网地址就用 DINGTALK_MODE=stream。',
  };
}

function events({ options }: DiagnoseInput): Finding[] {
  if (options.mode === 'stream' || (options.aesKey && options.token)) return [];
  return [
    {
      what: '事件订阅',
      ok: null,
      detail: '没有设置 DINGTALK_AES_KEY、DINGTALK_TOKEN，进群、退群不会通知我',
      remedy: '需要时在“事件订阅”里选 HTTP 推送，把生成的加密 aes_key、签名 token 写进配置。不设也能用。',
    },
  ];
}

async function cards({ options, template, own, fix, register }: DiagnoseInput): Promise<Finding[]> {
  const what = '卡片模板';
  const unreachable = template.trouble()?.code === 'no_public_url' ? template.trouble() : undefined;
  if (!options.cardTemplateId) {
    return [
      {
        what,
        ok: null,
        detail: '没有设置，卡片以文字和链接发出',
        remedy: '想要按钮和表单，请照 docs/dingtalk-card-template.md 导入模板，约五分钟。',
      },
    ];
  }
  if (unreachable) return [{ what, ok: false, detail: '点了没处去', remedy: unreachable.remedy }];
  const tried = await tryTemplate(own, options.cardTemplateId, options.now());
  if (tried.ok) {
    template.worked();
    const found = [{ what, ok: true, detail: '模板已发布，可以用' }];
    return options.mode === 'stream' ? found : [...found, await callback(fix, register)];
  }
  const { code } = classify(tried.failure);
  if (!isPermissionFailure(tried.failure) && !/template/i.test(code))
    return [{ what, ok: null, detail: `没能查到（${code}）`, remedy: '请稍后再查一次。' }];
  template.failed(code);
  return [{ what, ok: false, detail: `用不了（${code}）`, remedy: template.trouble()?.remedy }];
}

/** A card that is made and delivered to nobody: refused if the template is unknown or not published (dingtalk.md 4.2). */
function tryTemplate(own: MeteredClient, cardTemplateId: string, at: number): Promise<Called> {
  return own.call('POST', '/v1.0/card/instances', {
    cardTemplateId,
    // A new one each time: of a known one DingTalk would say no more than that.
    outTrackId: `check-${at}`,
    userIdType: 1,
    callbackType: 'STREAM',
    cardData: { cardParamMap: { title: '自检' } },
  });
}

async function callback(fix: boolean, register: DiagnoseInput['register']): Promise<Finding> {
  const what = '卡片回调';
  if (!fix)
    return {
      what,
      ok: null,
      detail: '每次启动时自动登记，钉钉没有查询接口',
      remedy: '点卡片没反应时，运行 lianxin doctor --fix 重新登记。',
    };
  const { ok, code } = await register();
  return ok
    ? { what, ok, detail: '已重新登记' }
    : { what, ok, detail: `登记不成（${code}）`, remedy: '请确认 PUBLIC_URL 是公网能访问的 https 地址。' };
}
