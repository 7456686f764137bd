import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { loadConfig } from '../config.ts';
import { AppError } from '../lib/errors.ts';
import type { Credentials } from './credentials.ts';

/**
 * Credentials of a file written like `.env`: the same variables and the same sentences as for the environment. A file,
 * since arguments are seen by everybody on the machine. Throws AppError with the sentences that name what is missing.
 */
export function readCredentialFile(file: string, secretKey: string): Omit<Credentials, 'revision'> {
  if (!existsSync(file)) throw new AppError('cli', { userText: `没有 ${file} 这个文件。` });
  const variables = parseEnv(readFileSync(file, 'utf8'));
  const { feishu, dingtalk, admins } = loadConfig({ ...variables, SECRET_KEY: secretKey });
  if (!feishu && !dingtalk)
    throw new AppError('cli', {
      userText: `${file} 里没有 FEISHU_APP_ID 或 DINGTALK_CLIENT_ID 等凭证，写法同 .env.example。`,
    });
  return { feishu, dingtalk, admins };
}
