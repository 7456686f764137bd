import { z } from 'zod';
import { type DingTalkConfig, readDingTalk } from './config-dingtalk.ts';
import { type FeishuConfig, readFeishu } from './config-feishu.ts';
import { AppError } from './lib/errors.ts';

/** Somebody on a platform, as ADMINS names him. */
export interface Administrator {
  platform: 'feishu' | 'dingtalk';
  id: string;
}

export interface Config {
  /** Without any platform's credentials the playground opens. */
  playground: boolean;
  host: string;
  port: number;
  databasePath: string;
  /** Base of links in cards, without a slash at its end. */
  publicUrl?: string;
  /** Absent only where nothing is kept: see `requireSecretKey`. */
  secretKey?: string;
  admins: Administrator[];
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  httpsProxy?: string;
  /** The first connection of each platform (decision 6); both may be on. */
  feishu?: FeishuConfig;
  dingtalk?: DingTalkConfig;
}

type Env = Record<string, string | undefined>;

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const ADMIN = /^(?:(feishu):(ou_[\w-]+)|(dingtalk):([^\s:]{1,64}))$/;

const trimmed = z
  .string()
  .transform((value) => value.trim())
  .transform((value) => (value === '' ? undefined : value))
  .optional();

const count = (name: string, example: number) =>
  trimmed.refine((value) => value === undefined || /^\d{1,9}$/.test(value), {
    message: `${name} 要写整数，例如 ${example}；写 0 是不限。`,
  });

const url = (name: string, example: string, protocols: string) =>
  trimmed.refine((value) => value === undefined || isUrl(value, protocols), {
    message: `${name} 要写成完整的网址，例如 ${example}。`,
  });

/** Every variable we read, each with the sentence that says how to set it right (contract: environment). */
const schema = z.object({
  PORT: trimmed.refine(
    (value) => value === undefined || (/^\d{1,5}$/.test(value) && Number(value) <= 65535),
    {
      message: 'PORT 要写 0 到 65535 之间的整数，例如 3000。',
    },
  ),
  HOST: trimmed,
  DATABASE_PATH: trimmed,
  PUBLIC_URL: url('PUBLIC_URL', 'https://lianxin.example.cn', 'http https'),
  FEISHU_APP_ID: trimmed,
  FEISHU_APP_SECRET: trimmed,
  FEISHU_ENCRYPT_KEY: trimmed,
  FEISHU_VERIFICATION_TOKEN: trimmed,
  FEISHU_BASE_URL: url('FEISHU_BASE_URL', 'https://open.feishu.cn', 'http https'),
  FEISHU_MODE: trimmed.refine((value) => value === undefined || value === 'webhook' || value === 'longconn', {
    message: 'FEISHU_MODE 只能写 webhook（飞书推送到公网地址）或 longconn（长连接，不需要公网地址）。',
  }),
  DINGTALK_CLIENT_ID: trimmed,
  DINGTALK_CLIENT_SECRET: trimmed,
  DINGTALK_ROBOT_CODE: trimmed,
  DINGTALK_CARD_TEMPLATE_ID: trimmed,
  DINGTALK_BASE_URL: url('DINGTALK_BASE_URL', 'https://api.dingtalk.com', 'http https'),
  DINGTALK_OAPI_URL: url('DINGTALK_OAPI_URL', 'https://oapi.dingtalk.com', 'http https'),
  DINGTALK_MODE: trimmed.refine((value) => value === undefined || value === 'webhook' || value === 'stream', {
    message: 'DINGTALK_MODE 只能写 webhook（钉钉推送到公网地址）或 stream（Stream 模式，不需要公网地址）。',
  }),
  DINGTALK_AES_KEY: trimmed.refine((value) => value === undefined || /^[A-Za-z0-9+/]{43}$/.test(value), {
    message: 'DINGTALK_AES_KEY 要是 43 个字符，请到“事件订阅 › HTTP 推送”里重新复制。',
  }),
  DINGTALK_TOKEN: trimmed,
  DINGTALK_MONTHLY_CALLS: count('DINGTALK_MONTHLY_CALLS', 5000),
  DINGTALK_MONTHLY_PUSHES: count('DINGTALK_MONTHLY_PUSHES', 3000),
  ADMINS: trimmed,
  SECRET_KEY: trimmed.refine((value) => value === undefined || [...value].length >= 32, {
    message:
      'SECRET_KEY 太短：至少 32 个字符。可用 openssl rand -base64 32 生成，保存好，换了就打不开原来的数据。',
  }),
  LOG_LEVEL: trimmed.refine((value) => value === undefined || LEVELS.some((level) => level === value), {
    message: `LOG_LEVEL 只能写 ${LEVELS.join('、')} 之一。`,
  }),
  HTTPS_PROXY: url('HTTPS_PROXY', 'http://proxy.example.cn:8080', 'http https'),
  https_proxy: url('https_proxy', 'http://proxy.example.cn:8080', 'http https'),
});

/**
 * Reads the environment once (contract: environment; issue 2, point 1).
 * @throws AppError `config`, whose `userText` names each wrong variable and its remedy, one a line.
 */
export function loadConfig(env: Env): Config {
  const parsed = schema.safeParse(env);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => issue.message);
  if (!parsed.success) throw refuse(problems);

  const read = parsed.data;
  const feishu = readFeishu(read, problems);
  const admins = readAdmins(read.ADMINS, problems);
  const dingtalk = readDingTalk(read, problems);
  if ((feishu || dingtalk) && !read.SECRET_KEY) problems.push(SECRET_MISSING);
  if (problems.length > 0) throw refuse(problems);

  return {
    playground: feishu === undefined && dingtalk === undefined,
    host: read.HOST ?? '127.0.0.1',
    port: Number(read.PORT ?? 3000),
    databasePath: read.DATABASE_PATH ?? 'data/lianxin.db',
    publicUrl: read.PUBLIC_URL?.replace(/\/+$/, ''),
    secretKey: read.SECRET_KEY,
    admins,
    logLevel: LEVELS.find((level) => level === read.LOG_LEVEL) ?? 'info',
    httpsProxy: read.HTTPS_PROXY ?? read.https_proxy,
    feishu,
    dingtalk,
  };
}

const SECRET_MISSING =
  'SECRET_KEY 没有设置：它用来加密居民信息。请用 openssl rand -base64 32 生成一个（至少 32 个字符）写进 .env，并另存一份。';

/**
 * The key, for whoever opens the real database (the server outside the playground, the command line).
 * @throws AppError `config` when it is not set.
 */
export function requireSecretKey(config: Config): string {
  if (!config.secretKey) throw refuse([SECRET_MISSING]);
  return config.secretKey;
}

function readAdmins(list: string | undefined, problems: string[]): Config['admins'] {
  const entries = (list ?? '').split(/[,，、]/).map((entry) => entry.trim());
  const admins: Config['admins'] = [];
  for (const entry of entries.filter((text) => text !== '')) {
    const [, feishu, openId, dingtalk, userId] = ADMIN.exec(entry) ?? [];
    if (feishu && openId) admins.push({ platform: 'feishu', id: openId });
    else if (dingtalk && userId) admins.push({ platform: 'dingtalk', id: userId });
    else problems.push('ADMINS 要写成 feishu:ou_… 或 dingtalk:userId，几个人之间用英文逗号隔开。');
  }
  return admins;
}

function isUrl(value: string, protocols: string): boolean {
  return URL.canParse(value) && protocols.split(' ').includes(new URL(value).protocol.slice(0, -1));
}

function refuse(problems: string[]): AppError {
  const text = [...new Set(problems)].join('\n');
  return new AppError('config', { userText: text, operatorText: text });
}
