import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openStore } from '../db/node.ts';
import { runBackup } from './cli/backup.ts';
import { runClassify } from './cli/classify.ts';
import { runConnection } from './cli/connection.ts';
import { runDoctor, sayMisconfigured } from './cli/doctor.ts';
import { runImport } from './cli/import.ts';
import { runMigrate } from './cli/migrate.ts';
import { OFFICE_USAGE, runOffice } from './cli/office.ts';
import { runParse } from './cli/parse.ts';
import { runPolicy } from './cli/policy.ts';
import { runRestore } from './cli/restore.ts';
import { runTick } from './cli/tick.ts';
import { type Config, loadConfig, requireSecretKey } from './config.ts';
import { systemClock } from './lib/clock.ts';
import { AppError } from './lib/errors.ts';
import { silentLog } from './lib/log.ts';
import { createLog } from './lib/node-log.ts';
import type { Office } from './office/office.ts';
import {
  connectionsOfOffices,
  namedOfficeParts,
  withDirectory,
  withNamedOffice,
} from './offices/command-line.ts';
import { type RosterConnections, rosterConnections } from './offices/connections.ts';
import { connectionsOf } from './offices/credentials.ts';
import { ownConnections } from './offices/own-connections.ts';
import { readCredentialFile } from './offices/read-credentials.ts';
import { assembleSingle } from './offices/single-office.ts';

const USAGE = `连心命令行（读取与服务相同的环境变量；只动 DATABASE_PATH 那个库，不动演示场）
  lianxin import <名册.xlsx|成员.csv> [--sheet 成员] [--dry-run] [--skip-bad]
  lianxin policy adopt <xian|rugang> --from 2026-10-01 [--org 梧桐街道/第一支部]
  lianxin tick --now 2026-11-23T08:30+08:00
  lianxin backup <备份文件>                      （不用停服务）
  lianxin restore <备份文件> [--force]           （先停服务；原来的文件移到一边，不删）
  lianxin doctor [--fix]                         （检查凭证、权限、额度、数据库；--fix 把能用接口设的设好）
  lianxin migrate                                （把数据库升级到这个版本，启动时也会做）
  lianxin office <add|rotate|disable|enable|list|export> …   （一台机器上的多个单位；不带参数看用法）
  import、policy、tick、doctor 加 --office <单位>，就做那个单位的
  lianxin connection <add|rotate|disable|enable|list> …     （一个办公室接几个飞书企业、钉钉组织）
  lianxin parse [--now 2026-11-18T15:00+08:00]   （每行一句，从标准输入读）
  lianxin classify                               （每行一句，从标准输入读）
`;

/** `--name value` or `--flag`; what is left are the words. */
function readArguments(args: readonly string[]): { words: string[]; options: Map<string, string> } {
  const words: string[] = [];
  const options = new Map<string, string>();
  const flags = new Set(['dry-run', 'skip-bad', 'chat', 'force', 'existing', 'fix']);
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const [name, inline] = arg.startsWith('--') ? arg.slice(2).split(/=(.*)/s) : [];
    if (name === undefined) words.push(arg);
    else if (inline !== undefined || flags.has(name)) options.set(name, inline ?? '');
    else {
      at += 1;
      options.set(name, args[at] ?? '');
    }
  }
  return { words, options };
}

function timeOf(text: string | undefined): number {
  if (text === undefined) return systemClock.now();
  const at = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}+08:00`);
  if (Number.isNaN(at))
    throw new AppError('cli', { userText: '--now 要写成 2026-11-18T15:00+08:00 这样的时间。' });
  return at;
}

async function readLines(): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) lines.push(line);
  return lines;
}

/** Opens the real office, or that one of the directory, for one command and closes it whatever happens. */
async function withOffice<T>(
  id: string | undefined,
  work: (office: Office, connections: RosterConnections) => Promise<T>,
): Promise<T> {
  const config = loadConfig(process.env);
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  if (id !== undefined) return withNamedOffice({ config, log }, id, work);
  requireSecretKey(config);
  const store = openStore(config.databasePath);
  const { office, platforms } = assembleSingle({ config, log }, store);
  try {
    return await work(office, rosterConnections(platforms.map(({ connection }) => connection)));
  } finally {
    await office.stop();
    store.close();
  }
}

/** A configuration that would stop the start is a finding too. */
async function doctor(fix: boolean, id: string | undefined, print: (line: string) => void): Promise<number> {
  let config: Config;
  try {
    config = loadConfig(process.env);
  } catch (error) {
    if (error instanceof AppError && error.code === 'config') return sayMisconfigured(error, print);
    throw error;
  }
  // Without any platform nothing was ever sealed.
  const secret = config.secretKey ?? '';
  const given = { fix, now: systemClock.now(), print };
  if (id !== undefined) return runDoctor({ ...namedOfficeParts({ config, log: silentLog }, id), ...given });
  const { databasePath, publicUrl } = config;
  return runDoctor({
    ...given,
    databasePath,
    publicUrl,
    secret,
    platforms: (q) => ownConnections({ config, log: silentLog })(q?.connections.enabled() ?? []),
  });
}

async function main(args: readonly string[]): Promise<number> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const [name, ...rest] = args;
  const { words, options } = readArguments(rest);
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  switch (name) {
    case 'parse':
      for await (const line of runParse(await readLines(), timeOf(options.get('now')))) print(line);
      return 0;
    case 'classify':
      for await (const line of runClassify(await readLines())) print(line);
      return 0;
    case 'import':
      return withOffice(options.get('office'), (office, connections) =>
        runImport(
          {
            path: words[0] ?? '',
            name: options.get('name'),
            chat: options.has('chat'),
            sheet: options.get('sheet'),
            dryRun: options.has('dry-run'),
            skipBad: options.has('skip-bad'),
          },
          { office, connections, now: systemClock.now(), print },
        ),
      );
    case 'policy':
      return withOffice(options.get('office'), (office) =>
        runPolicy(words, options, { office, now: systemClock.now(), print }),
      );
    case 'office':
      if (words.length === 0) {
        print(OFFICE_USAGE);
        return 2;
      }
      return withDirectory(loadConfig(process.env), words[0] === 'add', (directory) =>
        runOffice(words, options, { ...directory, now: systemClock.now(), print }),
      );
    case 'doctor':
      return doctor(options.has('fix'), options.get('office'), print);
    case 'connection': {
      const config = loadConfig(process.env);
      return withOffice(undefined, (office) =>
        runConnection(words, {
          connections: office.q.connections,
          audit: office.q.audit,
          write: (work) => office.write(work),
          ofVariables: connectionsOf(config),
          ofOffices: connectionsOfOffices(config),
          secret: requireSecretKey(config),
          read: (file) => readCredentialFile(file, requireSecretKey(config)),
          now: systemClock.now(),
          print,
        }),
      );
    }
    case 'tick':
      return withOffice(options.get('office'), async (office) => {
        await office.start();
        return runTick(timeOf(options.get('now')), { office, print });
      });
    case 'backup':
      return runBackup(words[0], { ...loadConfig(process.env), now: systemClock.now(), print });
    case 'restore': {
      const force = options.has('force');
      return runRestore(words[0], { ...loadConfig(process.env), now: systemClock.now(), force, print });
    }
    case 'migrate':
      return runMigrate(loadConfig(process.env).databasePath, print);
    default:
      process.stdout.write(USAGE);
      return name === undefined || name === 'help' ? 0 : 2;
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(
      error instanceof AppError
        ? `${error.userText}\n`
        : `命令没有做完：${error instanceof Error ? error.name : 'unknown'}\n`,
    );
    process.exitCode = 1;
  },
);
