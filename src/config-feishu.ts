/** Feishu as the environment, or the file of a further connection, describes it. */
export interface FeishuConfig {
  appId: string;
  appSecret: string;
  /** Both required in webhook mode (decision 2). */
  encryptKey?: string;
  verificationToken?: string;
  baseUrl: string;
  mode: 'webhook' | 'longconn';
}

export interface FeishuRead {
  FEISHU_APP_ID?: string;
  FEISHU_APP_SECRET?: string;
  FEISHU_ENCRYPT_KEY?: string;
  FEISHU_VERIFICATION_TOKEN?: string;
  FEISHU_BASE_URL?: string;
  FEISHU_MODE?: string;
}

/** Half-set credentials stop the start; in webhook mode the key and the token are required (decision 2). */
export function readFeishu(read: FeishuRead, problems: string[]): FeishuConfig | undefined {
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
