import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadConfig, requireSecretKey } from '../src/config.ts';
import { AppError } from '../src/lib/errors.ts';

const SECRET = 'k'.repeat(32);
const webhook = {
  FEISHU_APP_ID: 'cli_a0123456789abcde',
  FEISHU_APP_SECRET: 'app-secret',
  FEISHU_ENCRYPT_KEY: 'encrypt-key',
  FEISHU_VERIFICATION_TOKEN: 'token',
  SECRET_KEY: SECRET,
};

const dingtalk = {
  DINGTALK_CLIENT_ID: 'dingabc0123',
  DINGTALK_CLIENT_SECRET: 'client-secret',
  SECRET_KEY: SECRET,
};

function refusal(env: Record<string, string | undefined>): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof AppError) return error.userText;
    throw error;
  }
  return '';
}

describe('loadConfig', () => {
  it('opens the playground with nothing set, and with .env.example as it stands', () => {
    expect(loadConfig({})).toMatchObject({
      playground: true,
      host: '127.0.0.1',
      port: 3000,
      databasePath: 'data/lianxin.db',
      admins: [],
      logLevel: 'info',
    });
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    const lines = example.split('\n').filter((line) => /^[A-Z]/.test(line));
    const env = Object.fromEntries(
      lines.map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]),
    );
    expect(loadConfig(env).playground).toBe(true);
  });

  it('explains every variable that it reads in .env.example', () => {
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    const source = readFileSync(new URL('../src/config.ts', import.meta.url), 'utf8');
    const read = [...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((match) => match[1]);
    expect(read.length).toBeGreaterThan(24);
    for (const name of read) expect(example).toContain(`${name}=`);
  });

  it('reads Feishu by webhook and by long connection', () => {
    expect(loadConfig(webhook)).toMatchObject({
      playground: false,
      secretKey: SECRET,
      feishu: { appId: 'cli_a0123456789abcde', mode: 'webhook', baseUrl: 'https://open.feishu.cn' },
    });
    const { FEISHU_APP_ID, FEISHU_APP_SECRET, SECRET_KEY } = webhook;
    const longconn = loadConfig({
      FEISHU_APP_ID,
      FEISHU_APP_SECRET,
      SECRET_KEY,
      FEISHU_MODE: 'longconn',
      FEISHU_BASE_URL: 'http://127.0.0.1:9/',
    });
    expect(longconn.feishu).toMatchObject({ mode: 'longconn', baseUrl: 'http://127.0.0.1:9' });
    expect(longconn.feishu?.encryptKey).toBeUndefined();
  });

  it.each([
    'FEISHU_APP_ID',
    'FEISHU_APP_SECRET',
    'FEISHU_ENCRYPT_KEY',
    'FEISHU_VERIFICATION_TOKEN',
    'SECRET_KEY',
  ])('stops without %s and says where it is found', (name) => {
    const sentence = refusal({ ...webhook, [name]: ' ' });
    expect(sentence).toContain(`${name} 没有设置`);
    expect(sentence).toMatch(/请/);
  });

  it('needs no key and no token by long connection, but a well-formed app id', () => {
    const half = {
      ...webhook,
      FEISHU_MODE: 'longconn',
      FEISHU_ENCRYPT_KEY: '',
      FEISHU_VERIFICATION_TOKEN: '',
    };
    expect(refusal(half)).toBe('');
    expect(refusal({ ...half, FEISHU_APP_ID: 'cli_short' })).toContain('FEISHU_APP_ID 格式不对');
    expect(refusal({ FEISHU_MODE: 'longconn' })).toContain('FEISHU_APP_ID');
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '70000'],
    ['PUBLIC_URL', 'lianxin'],
    ['FEISHU_BASE_URL', 'ftp://x'],
    ['FEISHU_MODE', 'stream'],
    ['SECRET_KEY', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['HTTPS_PROXY', 'proxy:1'],
    ['ADMINS', 'ou_1'],
    ['ADMINS', 'dingtalk:'],
    ['ADMINS', 'dingtalk:a:b'],
    ['DINGTALK_MODE', 'longconn'],
    ['DINGTALK_AES_KEY', 'short'],
    ['DINGTALK_BASE_URL', 'api.dingtalk.com'],
    ['DINGTALK_MONTHLY_CALLS', '5k'],
    ['DINGTALK_MONTHLY_PUSHES', '-1'],
  ])('refuses %s=%s by its name', (name, value) => {
    expect(refusal({ ...webhook, [name]: value })).toContain(name);
  });

  it('says all that is wrong at once, one a line', () => {
    expect(refusal({ PORT: 'x', LOG_LEVEL: 'y', HTTPS_PROXY: 'z' }).split('\n')).toHaveLength(3);
  });

  it('reads DingTalk alone, with the free edition’s month, and both platforms together', () => {
    const { dingtalk: read, playground, feishu } = loadConfig(dingtalk);
    expect([playground, feishu]).toEqual([false, undefined]);
    expect(read).toEqual({
      clientId: 'dingabc0123',
      clientSecret: 'client-secret',
      robotCode: 'dingabc0123',
      baseUrl: 'https://api.dingtalk.com',
      oapiUrl: 'https://oapi.dingtalk.com',
      mode: 'webhook',
      monthly: { calls: 5000, pushes: 3000 },
    });
    const both = loadConfig({
      ...webhook,
      ...dingtalk,
      DINGTALK_MODE: 'stream',
      DINGTALK_ROBOT_CODE: 'robot',
      DINGTALK_CARD_TEMPLATE_ID: 'template.schema',
      DINGTALK_MONTHLY_CALLS: '500000',
      DINGTALK_MONTHLY_PUSHES: '0',
    });
    expect(both.feishu?.appId).toBe('cli_a0123456789abcde');
    expect(both.dingtalk).toMatchObject({
      mode: 'stream',
      robotCode: 'robot',
      cardTemplateId: 'template.schema',
    });
    expect(both.dingtalk?.monthly).toEqual({ calls: 500_000, pushes: 0 });
  });

  it.each([
    [{ DINGTALK_CLIENT_ID: '' }, 'DINGTALK_CLIENT_ID 没有设置'],
    [{ DINGTALK_CLIENT_SECRET: ' ' }, 'DINGTALK_CLIENT_SECRET 没有设置'],
    [{ DINGTALK_CLIENT_ID: 'a/b' }, 'DINGTALK_CLIENT_ID 格式不对'],
    [{ DINGTALK_TOKEN: 't' }, 'DINGTALK_AES_KEY 没有设置'],
    [{ DINGTALK_AES_KEY: 'k'.repeat(43) }, 'DINGTALK_TOKEN 没有设置'],
    [{ SECRET_KEY: '' }, 'SECRET_KEY 没有设置'],
  ])('stops at half of DingTalk %o with the name', (change, sentence) => {
    expect(refusal({ ...dingtalk, ...change })).toContain(sentence);
    expect(refusal({ ...dingtalk, ...change })).not.toContain('client-secret');
  });

  it('does not open the playground over a mode or a template that is set for nothing', () => {
    for (const env of [{ DINGTALK_MODE: 'stream' }, { DINGTALK_CARD_TEMPLATE_ID: 'x' }])
      expect(refusal(env)).toContain('DINGTALK_CLIENT_ID、DINGTALK_CLIENT_SECRET 没有设置');
  });

  it('reads the first administrators in any of the usual separators', () => {
    expect(loadConfig({ ...webhook, ADMINS: 'feishu:ou_1, feishu:ou_2，feishu:ou_3' }).admins).toEqual(
      ['ou_1', 'ou_2', 'ou_3'].map((id) => ({ platform: 'feishu', id })),
    );
    expect(loadConfig({ ...webhook, ADMINS: 'dingtalk:manager123，feishu:ou_1' }).admins).toEqual([
      { platform: 'dingtalk', id: 'manager123' },
      { platform: 'feishu', id: 'ou_1' },
    ]);
  });

  it('never repeats a secret in the refusal', () => {
    const sentence = refusal({ ...webhook, SECRET_KEY: 'tooshort-and-private', FEISHU_APP_ID: '' });
    expect(sentence).not.toContain('tooshort-and-private');
    expect(sentence).not.toContain('app-secret');
  });

  it('asks for the key where the database is opened', () => {
    expect(() => requireSecretKey(loadConfig({}))).toThrow(AppError);
    expect(requireSecretKey(loadConfig({ SECRET_KEY: SECRET }))).toBe(SECRET);
  });
});
