import type { Finding } from '../platform.ts';
import { obj, str } from '../read.ts';
import { type CallFailure, classify, isTokenFailure } from './classify.ts';
import type { FeishuClient } from './client.ts';
import { settings } from './diagnose-settings.ts';
import { readPanel, writePanel } from './slash-panel.ts';

export interface DiagnoseInput {
  call: FeishuClient['call'];
  appId: string;
  baseUrl: string;
  mode: 'webhook' | 'longconn';
  /** The long connection where it runs in this very process. */
  wire: { up: boolean; detail: string; reconnects: number } | undefined;
  /** Set what can be set by API. */
  fix: boolean;
  now: () => number;
}

interface BotInfo {
  code?: number | undefined;
  bot: unknown;
  /** Feishu's clock, epoch ms; NaN when it says none. */
  at: number;
}

/** Feishu rejects pushes and we reject its stamps long after this; a minute already tells of a clock nobody tends. */
const SKEW = 60_000;
const APP_SECRET = new Set([10003, 10014]);
const NO_SCOPE = new Set(['99991672', '99991640']);
const IP_LIST = 99991401;
const ACTIVE: Readonly<Record<number, string>> = {
  0: '还没有安装到本企业',
  1: '被企业停用',
  3: '已安装，还没有启用',
  4: '升级后还没有启用',
  5: '许可证过期',
  6: '套餐到期或降级',
};

/** Looks at all that Feishu tells, and says of the rest where to look (issue 4, point 7). Never rejects. */
export async function diagnose(input: DiagnoseInput): Promise<Finding[]> {
  const asked = await input.call(async (client): Promise<BotInfo> => {
    // With the headers, for their date (the SDK's own switch); `bot` stands on top, not under `data` (feishu.md 2.1).
    const { data, headers } = await client.request<{
      data: { code?: number; bot?: unknown };
      headers: unknown;
    }>({ method: 'GET', url: '/open-apis/bot/v3/info', $return_headers: true } as {
      method: string;
      url: string;
    });
    return { code: data.code, bot: data.bot, at: Date.parse(str(headers, 'date')) };
  });
  if (!asked.ok) return [credentials(input, asked.failure, asked.tokenMissing), wire(input)];
  return [
    { what: '凭证', ok: true, detail: `取到访问凭证（${input.appId}）` },
    bot(obj(asked.answer, 'bot')),
    ...clock(input, asked.answer.at),
    wire(input),
    ...(await settings(input)),
    await panel(input),
  ];
}

function credentials(
  { appId, baseUrl }: DiagnoseInput,
  failure: CallFailure,
  tokenMissing: boolean,
): Finding {
  const { code } = classify(failure);
  if (failure.code === IP_LIST)
    return {
      what: '出口IP',
      ok: false,
      detail: `飞书不让这个IP调用（${code}）`,
      remedy: '请在开发者后台“安全设置 › IP 白名单”加上本机的出口IP；没有固定IP就清空白名单。',
    };
  if (APP_SECRET.has(failure.code) || isTokenFailure(failure))
    return {
      what: '凭证',
      ok: false,
      detail: `飞书不认这组凭证（${appId}，${code}）`,
      remedy: '请到开发者后台“凭证与基础信息”重新复制，写进 FEISHU_APP_ID、FEISHU_APP_SECRET。',
    };
  if (failure.code === 0 && failure.httpStatus === 0)
    return {
      what: '凭证',
      ok: false,
      detail: `连不上飞书（${code}）`,
      remedy: `请检查本机能否访问 ${baseUrl}，需要代理时设置 HTTPS_PROXY。`,
    };
  return {
    what: tokenMissing ? '凭证' : '机器人',
    ok: false,
    detail: `飞书回了 ${code}`,
    remedy: '请确认应用已添加“机器人”能力并发布了版本，过一会儿再查一次。',
  };
}

function bot(info: Record<string, unknown>): Finding {
  const status = Number(info.activate_status);
  const name = str(info, 'app_name');
  if (status === 2) return { what: '机器人', ok: true, detail: `“${name}”已启用` };
  return {
    what: '机器人',
    ok: false,
    detail: `“${name}”${ACTIVE[status] ?? `状态是 ${status}`}`,
    remedy: '请在开发者后台“版本管理与发布”发布版本，由企业管理员在管理后台审核并启用。',
  };
}

function clock({ now }: DiagnoseInput, theirs: number): Finding[] {
  if (Number.isNaN(theirs)) return [];
  const off = Math.round((now() - theirs) / 1000);
  if (Math.abs(off) * 1000 <= SKEW) return [{ what: '时钟', ok: true, detail: '和飞书一致' }];
  return [
    {
      what: '时钟',
      ok: false,
      detail: `本机比飞书${off > 0 ? '快' : '慢'}${Math.abs(off)}秒`,
      remedy: '请打开时间同步（chrony 或 ntp）：时钟不准，推送会被当成过期的，期限也会算错。',
    },
  ];
}

function wire({ mode, wire: socket }: DiagnoseInput): Finding {
  const what = '收消息';
  if (mode === 'webhook') return { what, ok: true, detail: '网页推送，加密策略已设置' };
  if (!socket)
    return {
      what,
      ok: null,
      detail: '长连接，由运行中的服务连着',
      remedy: '请看 /readyz，或在私聊里发“/体检”。',
    };
  const often = socket.reconnects > 0 ? `，重新接通过${socket.reconnects}次` : '';
  if (socket.up) return { what, ok: true, detail: `${socket.detail}${often}` };
  return {
    what,
    ok: false,
    detail: `${socket.detail}${often}`,
    remedy: '请检查出网和代理；一个应用最多50条长连接，别处开着的旧服务请先停掉。',
  };
}

async function panel({ call, fix }: DiagnoseInput): Promise<Finding> {
  const what = '命令面板';
  const read = await readPanel(call);
  const refused = (code: string): Finding => ({
    what,
    ok: null,
    detail: `输入“/”没有命令面板（${code}）`,
    remedy: NO_SCOPE.has(code)
      ? '不影响使用，直接打“/走访 …”即可。想要面板，请开通 application:app_slash_command:write、发布版本，再运行 lianxin doctor --fix。'
      : '不影响使用，直接打“/走访 …”即可；过一会儿再试一次。',
  });
  if (!read.ok) return refused(classify(read.failure).code);
  const missing = read.answer.missing.length;
  if (missing === 0) return { what, ok: true, detail: '输入“/”有命令面板' };
  if (!fix)
    return {
      what,
      ok: null,
      detail: `命令面板少${missing}条`,
      remedy: '不影响使用。运行 lianxin doctor --fix 登记，约5分钟后生效（客户端要7.70以上）。',
    };
  const failed = await writePanel(call, read.answer);
  return failed === null ? { what, ok: true, detail: `登记了${missing}条，约5分钟后生效` } : refused(failed);
}
