/** DingTalk as the environment, or the file of a further connection, describes it. */
export interface DingTalkConfig {
  clientId: string;
  clientSecret: string;
  robotCode: string;
  /** Without it cards go as text with links. */
  cardTemplateId?: string;
  baseUrl: string;
  oapiUrl: string;
  mode: 'webhook' | 'stream';
  /** Both for events by HTTP; without them that address is off. */
  aesKey?: string;
  token?: string;
  /** What the organisation may use a month; 0: no bound. */
  monthly: { calls: number; pushes: number };
}

export interface DingTalkRead {
  DINGTALK_CLIENT_ID?: string;
  DINGTALK_CLIENT_SECRET?: string;
  DINGTALK_ROBOT_CODE?: string;
  DINGTALK_CARD_TEMPLATE_ID?: string;
  DINGTALK_BASE_URL?: string;
  DINGTALK_OAPI_URL?: string;
  DINGTALK_MODE?: string;
  DINGTALK_AES_KEY?: string;
  DINGTALK_TOKEN?: string;
  DINGTALK_MONTHLY_CALLS?: string;
  DINGTALK_MONTHLY_PUSHES?: string;
}

/** The free edition's month (dingtalk.md 5.9). */
const FREE = { calls: 5000, pushes: 3000 };

/** What is set for nothing where the credentials are not. */
const HALF = [
  'DINGTALK_ROBOT_CODE',
  'DINGTALK_CARD_TEMPLATE_ID',
  'DINGTALK_AES_KEY',
  'DINGTALK_TOKEN',
] as const;

/** Half-set credentials stop the start; a robot's own code is the application's where nothing else is said. */
export function readDingTalk(read: DingTalkRead, problems: string[]): DingTalkConfig | undefined {
  const id = read.DINGTALK_CLIENT_ID;
  const secret = read.DINGTALK_CLIENT_SECRET;
  const others: string[] = HALF.filter((name) => read[name]);
  if (read.DINGTALK_MODE === 'stream') others.push('DINGTALK_MODE');
  if (!id && !secret && others.length === 0) return undefined;
  if (!id && !secret) {
    problems.push(
      `设了 ${others.join('、')}，但 DINGTALK_CLIENT_ID、DINGTALK_CLIENT_SECRET 没有设置：请补上，或删去前面这些。`,
    );
    return undefined;
  }
  if (!id)
    problems.push('DINGTALK_CLIENT_ID 没有设置：请到钉钉开发者后台复制“凭证与基础信息”里的 Client ID。');
  if (!secret)
    problems.push(
      'DINGTALK_CLIENT_SECRET 没有设置：请到钉钉开发者后台复制“凭证与基础信息”里的 Client Secret。',
    );
  for (const [name, other] of [
    ['DINGTALK_AES_KEY', 'DINGTALK_TOKEN'],
    ['DINGTALK_TOKEN', 'DINGTALK_AES_KEY'],
  ] as const) {
    if (read[other] && !read[name])
      problems.push(
        `${name} 没有设置：它和 ${other} 要一起填，都在“事件订阅 › HTTP 推送”里；不用 HTTP 收事件就都不填。`,
      );
  }
  if (!id || !secret) return undefined;
  // It becomes a part of an address.
  if (!/^[\w-]+$/.test(id)) problems.push('DINGTALK_CLIENT_ID 格式不对：只有字母和数字，请重新复制。');
  return {
    clientId: id,
    clientSecret: secret,
    robotCode: read.DINGTALK_ROBOT_CODE ?? id,
    cardTemplateId: read.DINGTALK_CARD_TEMPLATE_ID,
    baseUrl: (read.DINGTALK_BASE_URL ?? 'https://api.dingtalk.com').replace(/\/+$/, ''),
    oapiUrl: (read.DINGTALK_OAPI_URL ?? 'https://oapi.dingtalk.com').replace(/\/+$/, ''),
    mode: read.DINGTALK_MODE === 'stream' ? 'stream' : 'webhook',
    aesKey: read.DINGTALK_AES_KEY,
    token: read.DINGTALK_TOKEN,
    monthly: {
      calls: Number(read.DINGTALK_MONTHLY_CALLS ?? FREE.calls),
      pushes: Number(read.DINGTALK_MONTHLY_PUSHES ?? FREE.pushes),
    },
  };
}
