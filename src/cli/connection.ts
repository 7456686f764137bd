import type { ConnectionRow } from '../../db/queries/connections.ts';
import type { Queries } from '../../db/queries/index.ts';
import { dayOf } from '../lib/day.ts';
import { AppError } from '../lib/errors.ts';
import { sealConnection } from '../offices/connections.ts';
import { type Credentials, connectionsOf, pushedOf } from '../offices/credentials.ts';
import { addressLines } from './address-lines.ts';

export interface ConnectionDeps {
  connections: Queries['connections'];
  audit: Queries['audit'];
  /** Runs all of a change in one transaction. */
  write<T>(work: () => T): Promise<T>;
  /** Those of the variables, the first of each platform. */
  ofVariables: readonly string[];
  /** Those that are an office's of the directory, with its id. */
  ofOffices: ReadonlyMap<string, string>;
  /** The office's key material. */
  secret: string;
  /** Reads a file written like `.env`; throws with the sentences that name what is missing. */
  read(file: string): Omit<Credentials, 'revision'>;
  /** Epoch ms. */
  now: number;
  print(line: string): void;
}

export const CONNECTION_USAGE = `用法：（一个办公室接几个飞书企业、钉钉组织；第一个写在 .env 里，其余的用这里加）
  lianxin connection add <凭证.env>      （写法同 .env.example，一个文件写一个应用）
  lianxin connection rotate <凭证.env>   （换同一个应用的凭证）
  lianxin connection disable <App ID>    （停用：不收也不发，人和记录都留着）
  lianxin connection enable <App ID>
  lianxin connection list
改动在一分钟内生效，服务不用重启。`;

const SOON = '服务在运行的话，一分钟内生效，不用重启。';

/**
 * `connection add|rotate|disable|enable|list`: further tenants of one office (issue 4, point 6). Beside a running server
 * it is safe; the server follows within a minute, and each answer says so. 0 = done, 2 = asked in a wrong way.
 */
export async function runConnection(words: readonly string[], deps: ConnectionDeps): Promise<number> {
  const { connections, audit, write, ofVariables, ofOffices, now, print } = deps;
  const [verb = '', what = ''] = words;
  if (verb === 'list' && words.length === 1) return list(deps);
  const change = { add, rotate, disable, enable }[verb];
  if (!change || words.length !== 2) {
    print(CONNECTION_USAGE);
    return 2;
  }
  await change();
  print(SOON);
  return 0;

  async function add(): Promise<void> {
    if (ofVariables.length === 0)
      throw wrong('第一个应用写在 .env 里（FEISHU_* 或 DINGTALK_*），先配好它，再用这里加别的。');
    const credentials = seal(1);
    const { key } = credentials.row;
    if (connections.get(key)) throw wrong(`已经有 ${key} 了。换凭证请用：lianxin connection rotate ${what}`);
    await write(() => {
      connections.add(credentials.row, now);
      note('connection.add', key);
    });
    print(`已加入 ${key}。`);
    for (const line of credentials.addresses) print(line);
  }

  async function rotate(): Promise<void> {
    const before = connections.get(seal(1).row.key);
    if (!before) throw wrong('还没有这个应用。加它用：lianxin connection add <凭证.env>');
    const { row } = seal(before.revision + 1);
    await write(() => {
      connections.rotate(row.key, row.sealed, before.revision + 1, now);
      note('connection.rotate', row.key);
    });
    print(`${row.key} 的凭证已换。`);
  }

  async function disable(): Promise<void> {
    const { key } = known();
    await write(() => {
      connections.disable(key, now);
      note('connection.disable', key);
    });
    print(`${key} 停用了：那边的人和记录留着，私聊改走他的另一个账号。`);
  }

  async function enable(): Promise<void> {
    const { key } = known();
    await write(() => {
      connections.enable(key);
      note('connection.enable', key);
    });
    print(`${key} 启用了。`);
  }

  function note(act: string, key: string): void {
    audit.append({ at: now, actorId: null, act, subject: `connection:${key}` });
  }

  /** By its whole key or by the app id alone. */
  function known(): ConnectionRow {
    const row = connections.list().find(({ key }) => key === what || key.endsWith(`:${what}`));
    if (row) return row;
    if (ofVariables.some((key) => key === what || key.endsWith(`:${what}`)))
      throw wrong('这个应用写在 .env 里：要停用，就把 .env 里它的几行删掉，再重启服务。');
    throw wrong(`没有 ${what} 这个应用。先看：lianxin connection list`);
  }

  /** Throws unless the file is complete, of one app, and the app is nobody else's. */
  function seal(revision: number) {
    const read = deps.read(what);
    const [key, other] = connectionsOf(read);
    if (other !== undefined) throw wrong('一个文件写一个应用：飞书和钉钉请分成两个文件，各加一次。');
    if (key !== undefined && ofVariables.includes(key))
      throw wrong('这个应用已经写在 .env 里了，换凭证直接改 .env，再重启服务。');
    const office = key === undefined ? undefined : ofOffices.get(key);
    if (office !== undefined) throw wrong(`这个应用已经是单位 ${office} 的了：一个应用只能属于一个单位。`);
    const reached = { connections: connectionsOf(read), pushed: pushedOf(read) };
    return {
      row: sealConnection(deps.secret, { ...read, revision }),
      addresses: addressLines(reached, '', false),
    };
  }
}

function list({ connections, ofVariables, print }: ConnectionDeps): number {
  for (const key of ofVariables) print([key, '在用', '写在 .env 里'].join('\t'));
  const rows = connections.list().filter(({ key }) => !ofVariables.includes(key));
  for (const row of rows) {
    print(
      [
        row.key,
        row.disabledAt === null ? '在用' : '停用',
        `第${row.revision}版凭证`,
        `${dayOf(row.createdAt)}加入`,
      ].join('\t'),
    );
  }
  if (ofVariables.length + rows.length === 0) print('还没有接上飞书或钉钉：第一个应用写在 .env 里。');
  return 0;
}

function wrong(sentence: string): AppError {
  return new AppError('cli', { userText: sentence });
}
