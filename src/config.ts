import { z } from 'zod';
import { AppError } from './lib/errors.ts';

/** Feishu as the environment describes it: the first connection (decision 6). */
export interface FeishuConfig {
  appId: string;
  appSecret: string;
  /** Both required in webhook mode (decision 2). */
  encryptKey?: string;
  verificationToken?: string;
  baseUrl: string;
  mode: 'webhook' | 'longconn';
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
  admins: { platform: 'feishu'; id: string }[];
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  httpsProxy?: string;
  feishu?: FeishuConfig;
}

type Env = Record<string, string | undefined>;

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const ADMIN = /^feishu:(ou_[\w-]+)$/;

const trimmed = z
  .string()
  .transform((value) => value.trim())
  .transform((value) => (value === '' ? undefined : value))
  .optional();

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

type Read = z.output<typeof schema>;

/** Variables of a platform that a later version brings; being set they must not be silently ignored. */
const LATER = /^DINGTALK_/;

/**
 * Reads the environment once (contract: environment; issue 2, point 1).
 * @throws AppError `config`, whose `userText` names each wrong variable and its remedy, one a line.
 */
export function loadConfig(env: Env): Config {
  const parsed = schema.safeParse(env);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => issue.message);
  const later = Object.keys(env).filter((name) => LATER.test(name) && env[name]?.trim());
  if (later.length > 0) {
    problems.push(`${later.join('、')}：这个版本还不支持钉钉，请先删去这些变量，用飞书或演示场运行。`);
  }
  if (!parsed.success) throw refuse(problems);

  const read = parsed.data;
  const feishu = readFeishu(read, problems);
  const admins = readAdmins(read.ADMINS, problems);
  if (feishu && !read.SECRET_KEY) problems.push(SECRET_MISSING);
  if (problems.length > 0) throw refuse(problems);

  return {
    playground: feishu === undefined,
    host: read.HOST ?? '127.0.0.1',
    port: Number(read.PORT ?? 3000),
    databasePath: read.DATABASE_PATH ?? 'data/lianxin.db',
    publicUrl: read.PUBLIC_URL?.replace(/\/+$/, ''),
    secretKey: read.SECRET_KEY,
    admins,
    logLevel: LEVELS.find((level) => level === read.LOG_LEVEL) ?? 'info',
    httpsProxy: read.HTTPS_PROXY ?? read.https_proxy,
    feishu,
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

/** Half-set credentials stop the start; in webhook mode the key and the token are required (decision 2). */
function readFeishu(read: Read, problems: string[]): FeishuConfig | undefined {
  const { FEISHU_APP_ID, FEISHU_APP_SECRET, FEISHU_ENCRYPT_KEY, FEISHU_VERIFICATION_TOKEN } = read;
  if (!FEISHU_APP_ID && !FEISHU_APP_SECRET && !FEISHU_ENCRYPT_KEY && !FEISHU_VERIFICATION_TOKEN) {
    if (read.FEISHU_MODE === 'longconn') {
      problems.push(
        'FEISHU_MODE 设了 longconn，但 FEISHU_APP_ID、FEISHU_APP_SECRET 没有设置：请补上，或删去 FEISHU_MODE。',
      );
    }
    return undefined;
  }
  const mode = read.FEISHU_MODE === 'longconn' ? 'longconn' : 'webhook';
  const where = {
    FEISHU_APP_ID: '“凭证与基础信息”里的 App ID',
    FEISHU_APP_SECRET: '“凭证与基础信息”里的 App Secret',
    FEISHU_ENCRYPT_KEY: '“事件与回调 › 加密策略”里的 Encrypt Key；没有公网地址时可改用 FEISHU_MODE=longconn',
    FEISHU_VERIFICATION_TOKEN:
      '“事件与回调 › 加密策略”里的 Verification Token；没有公网地址时可改用 FEISHU_MODE=longconn',
  };
  for (const [name, hint] of Object.entries(where)) {
    const needed = mode === 'webhook' || name === 'FEISHU_APP_ID' || name === 'FEISHU_APP_SECRET';
    if (needed && !read[name as keyof typeof where]) {
      problems.push(`${name} 没有设置：请到飞书开发者后台复制${hint}。`);
    }
  }
  if (!FEISHU_APP_ID || !FEISHU_APP_SECRET) return undefined;
  // The SDK's long connection takes no other form and would say nothing but a log line (feishu.md 3.3).
  if (mode === 'longconn' && !/^cli_[0-9a-fA-F]{16}$/.test(FEISHU_APP_ID)) {
    problems.push(
      'FEISHU_APP_ID 格式不对：应是 cli_ 加 16 位十六进制字符，请到飞书开发者后台“凭证与基础信息”里重新复制 App ID。',
    );
  }
  return {
    appId: FEISHU_APP_ID,
    appSecret: FEISHU_APP_SECRET,
    encryptKey: FEISHU_ENCRYPT_KEY,
    verificationToken: FEISHU_VERIFICATION_TOKEN,
    baseUrl: (read.FEISHU_BASE_URL ?? 'https://open.feishu.cn').replace(/\/+$/, ''),
    mode,
  };
}

function readAdmins(list: string | undefined, problems: string[]): Config['admins'] {
  const entries = (list ?? '').split(/[,，、]/).map((entry) => entry.trim());
  const admins: Config['admins'] = [];
  for (const entry of entries.filter((text) => text !== '')) {
    const id = ADMIN.exec(entry)?.[1];
    if (id) admins.push({ platform: 'feishu', id });
    else if (entry.startsWith('dingtalk:')) {
      problems.push('ADMINS 里写了钉钉的人：这个版本还不支持钉钉，请只写 feishu:ou_… 。');
    } else problems.push('ADMINS 要写成 feishu:ou_…，几个人之间用英文逗号隔开。');
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
