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
    expect(example).not.toMatch(/DINGTALK_/);
  });

  it('explains every variable that it reads in .env.example', () => {
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    const source = readFileSync(new URL('../src/config.ts', import.meta.url), 'utf8');
    const read = [...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((match) => match[1]);
    expect(read.length).toBeGreaterThan(12);
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
    ['ADMINS', 'dingtalk:1'],
  ])('refuses %s=%s by its name', (name, value) => {
    expect(refusal({ ...webhook, [name]: value })).toContain(name);
  });

  it('says all that is wrong at once, one a line', () => {
    const lines = refusal({ PORT: 'x', LOG_LEVEL: 'y', DINGTALK_CLIENT_ID: 'z' }).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain('还不支持钉钉');
  });

  it('stops when DingTalk is configured, for this version does not speak it', () => {
    expect(refusal({ ...webhook, DINGTALK_CLIENT_SECRET: 'x' })).toContain('DINGTALK_CLIENT_SECRET');
  });

  it('reads the first administrators in any of the usual separators', () => {
    expect(loadConfig({ ...webhook, ADMINS: 'feishu:ou_1, feishu:ou_2，feishu:ou_3' }).admins).toEqual(
      ['ou_1', 'ou_2', 'ou_3'].map((id) => ({ platform: 'feishu', id })),
    );
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
