import type { KVNamespace } from '@cloudflare/workers-types';
import { type Config, loadConfig, requireSecretKey } from '../config.ts';
import { AppError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { workerLog } from '../worker-log.ts';

/** What a Worker is given: strings as in `.env.example`, and the bindings of `wrangler.toml`. */
export type WorkerEnv = Readonly<Record<string, unknown>>;

/** The binding `DIRECTORY`: sealed entries by office id, as `lianxin office export` prints them. */
type WorkerDirectory = Pick<KVNamespace, 'get'>;

export interface WorkerSettings {
  config: Config;
  secretKey: string;
  /** Absent: there is only the office of the variables. */
  directory?: WorkerDirectory;
  log: Log;
}

const isDirectory = (value: unknown): value is WorkerDirectory =>
  typeof value === 'object' && value !== null && 'get' in value && 'put' in value;

/**
 * Configuration of a Worker, from the same variables as on Node.
 * Throws AppError `config` with the variable's name and the remedy.
 */
export function readWorker(env: WorkerEnv): WorkerSettings {
  const strings = Object.entries(env).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const config = loadConfig(Object.fromEntries(strings));
  const directory = isDirectory(env.DIRECTORY) ? env.DIRECTORY : undefined;
  if (config.playground && !directory) {
    throw new AppError('config', {
      userText:
        'FEISHU_APP_ID、DINGTALK_CLIENT_ID 都没有设置，也没有绑定 DIRECTORY：Worker 上没有演示场，请先配置飞书、钉钉应用或单位目录。',
    });
  }
  if (config.feishu?.mode === 'longconn') {
    throw new AppError('config', { userText: 'FEISHU_MODE 请改为 webhook：Worker 上不能保持长连接。' });
  }
  if (config.dingtalk?.mode === 'stream') {
    throw new AppError('config', { userText: 'DINGTALK_MODE 请改为 webhook：Worker 上不能保持长连接。' });
  }
  return { config, secretKey: requireSecretKey(config), directory, log: workerLog(config.logLevel) };
}
