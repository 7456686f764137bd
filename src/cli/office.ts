import { dayOf } from '../lib/day.ts';
import { AppError } from '../lib/errors.ts';
import type { DirectoryTools } from '../offices/command-line.ts';
import { isOfficeId } from '../offices/entry.ts';
import { addressLines } from './address-lines.ts';

export interface OfficeDeps extends DirectoryTools {
  /** Epoch ms. */
  now: number;
  print(line: string): void;
}

export const OFFICE_USAGE = `用法：
  lianxin office add <单位> --from <单位.env>      （凭证文件写法同 .env.example：FEISHU_*、DINGTALK_*、ADMINS；
      没有公网地址的写 FEISHU_MODE=longconn、DINGTALK_MODE=stream）
      加 --existing：库是从别的机器搬来的            （SECRET_KEY、单位名都要和原来一样）
  lianxin office rotate <单位> --from <单位.env>   （换凭证，服务不用重启）
  lianxin office disable <单位>                    （停用：不收也不发，数据留着）
  lianxin office enable <单位>
  lianxin office list
  lianxin office export <单位>                     （打印加密后的一条，给 Cloudflare 的 DIRECTORY）
单位用 2 到 32 个小写字母、数字或短横线，字母开头，例如 wutong。`;

/**
 * `office add|rotate|disable|enable|list|export`: the directory of many offices (issue 3, point 5). Beside a running
 * server it is safe; the server follows with the next event, or within a minute. 0 = done, 2 = something is wrong and nothing was done.
 * Credentials come from a file, since arguments are seen by everybody on the machine.
 */
export async function runOffice(
  words: readonly string[],
  options: ReadonlyMap<string, string>,
  deps: OfficeDeps,
): Promise<number> {
  const { directory, now, print } = deps;
  const [verb = '', id = ''] = words;
  if (verb === 'list' && words.length === 1) return list(deps);
  const change = { add, rotate, disable, enable, export: show }[verb];
  if (!change) {
    print(OFFICE_USAGE);
    return 2;
  }
  if (!isOfficeId(id)) throw wrong('单位要写 2 到 32 个小写字母、数字或短横线，字母开头，例如 wutong。');
  const row = directory.get(id);
  if (verb !== 'add' && !row) throw wrong(`没有 ${id} 这个单位。先看：lianxin office list`);
  await change();
  return 0;

  async function add(): Promise<void> {
    if (row) throw wrong(`已经有 ${id} 了。换凭证请用：lianxin office rotate ${id} --from …`);
    const moved = options.has('existing');
    if (deps.fileExists(id) && !moved)
      throw wrong(
        `${id}.db 已经在了。是搬来的（SECRET_KEY 和单位名都没变），加 --existing；不是，请换一个名称。`,
      );
    if (moved && !deps.fileExists(id)) throw wrong(`没有 ${id}.db，请先把它拷到数据目录里。`);
    const found = seal(1);
    if (!directory.add(id, found.sealed, now)) throw wrong(`已经有 ${id} 了。`);
    print(`已加入 ${id}。`);
    for (const line of addressLines(found, `/o/${id}`)) print(line);
    await tellClaim();
    print('服务在运行而且以前没有过单位目录的，要重启一次；以后再加不用。');
  }

  async function rotate(): Promise<void> {
    const revision = (row?.revision ?? 0) + 1;
    const found = seal(revision);
    directory.rotate(id, found.sealed, revision, now);
    print(`${id} 的凭证已换，${linesIn(found) ? '一分钟内' : '下一个事件起'}用新的。`);
    await tellClaim();
  }

  async function disable(): Promise<void> {
    directory.disable(id, now);
    print(
      `${id} 已停用：推送回 404，长连接一分钟内断开，不再发任何消息，数据留着。恢复用：lianxin office enable ${id}`,
    );
  }

  async function enable(): Promise<void> {
    directory.enable(id, now);
    print(`${id} 已启用。`);
  }

  async function show(): Promise<void> {
    if (row && deps.holdsLine(row))
      throw wrong(
        'Cloudflare 上不能保持长连接：请先改用推送（FEISHU_MODE、DINGTALK_MODE 不写），rotate 后再导出。',
      );
    if (row) print(row.sealed);
  }

  /** Throws unless the file is complete and its apps belong to no other office. */
  function seal(revision: number): ReturnType<DirectoryTools['seal']> {
    const file = options.get('from');
    if (!file)
      throw wrong('凭证写在一个文件里，用 --from 指给我，例如 --from wutong.env（写法同 .env.example）。');
    const found = deps.seal(id, file, revision);
    const shared = (theirs: readonly string[]): string | undefined =>
      found.connections.find((each) => theirs.includes(each));
    const own = shared(deps.single);
    if (own) throw wrong(`应用 ${own} 是环境变量里那个单位的：一个应用只能属于一个单位。`);
    for (const other of directory.list()) {
      const twin = other.id === id ? undefined : shared(deps.connectionsOf(other));
      if (twin) throw wrong(`应用 ${twin} 已经是 ${other.id} 的了：一个应用只能属于一个单位。`);
    }
    return found;
  }

  async function tellClaim(): Promise<void> {
    const fresh = directory.get(id);
    const claim = fresh ? await deps.prepare(fresh) : null;
    if (claim) print(`还没有管理员。请私聊机器人，发送：认领 ${claim}`);
  }
}

const linesIn = ({ connections, pushed }: ReturnType<DirectoryTools['seal']>): boolean =>
  pushed.length < connections.length;

function list({ directory, print }: OfficeDeps): number {
  const rows = directory.list();
  if (rows.length === 0) print('还没有单位。加一个：lianxin office add wutong --from wutong.env');
  for (const row of rows) {
    print(
      [
        row.id,
        row.disabledAt === null ? '在用' : '停用',
        `第${row.revision}版凭证`,
        `${dayOf(row.createdAt)}加入`,
      ].join('\t'),
    );
  }
  return 0;
}

function wrong(sentence: string): AppError {
  return new AppError('cli', { userText: sentence });
}
