import { mkdirSync, rmSync, statSync } from 'node:fs';
import { castOf } from '../lib/cast.ts';
import { ask } from '../lib/processes.ts';
import { median, promise, table } from '../lib/report.ts';
import { CONNECTION } from '../load/app.ts';
import { makeOffice } from '../office/open.ts';
import { EMPTY, FULL, type Size, totals } from '../office/size.ts';
import type { Grown, GrowthOrder } from './growth-run.ts';
import { DATA, JS } from './product.ts';

/** Times the full office's cost may be the empty one's (performance.md). */
const GROWTH = 1.3;
/** Commands whose answer is longer where there is more to say are told, not judged one by one. */
const ALLOWED_MICROS = 300;

/** (c) The same commands and jobs on an empty office and on one of the full size. */
export async function growth({ repeats }: { repeats: number }): Promise<void> {
  const began = performance.now();
  const full = make('full', FULL);
  const seconds = (performance.now() - began) / 1000;
  const many = totals(FULL);
  console.log(
    `\n全量办公室：${many.groups} 群、${many.members} 人、${many.households} 户、${many.visits} 次走访、${many.issues} 件诉求；` +
      `${Math.round(seconds)} 秒生成，${Math.round(statSync(full.path).size / 1e6)} MB`,
  );
  promise('全量数据 ≤ 120 秒生成', seconds <= 120, `${Math.round(seconds)} 秒`);
  const order: GrowthOrder = { empty: make('empty', EMPTY), full, repeats };
  const grown = await ask<Grown>([`${JS}/suites/growth-run.js`, JSON.stringify(order)], 0);

  table(
    '一条命令的 CPU 微秒（含答复卡片），中位数',
    grown.commands.map(({ name, empty, full: large }) => ({
      命令: name,
      空: empty,
      全量: large,
      倍: (large / empty).toFixed(2),
    })),
  );
  const ratios = grown.commands.map((each) => each.full / each.empty);
  promise(`交互命令全量 ≤ ${GROWTH} × 空`, median(ratios) <= GROWTH, `中位 ${median(ratios).toFixed(2)}`);
  for (const { name, empty, full: large } of grown.commands) {
    if (large > GROWTH * empty && large - empty > ALLOWED_MICROS)
      promise(`${name} ≤ ${GROWTH} ×`, false, `${(large / empty).toFixed(2)}（${empty} → ${large}）`);
  }
  table(
    '全量办公室上的任务',
    grown.jobs.map(({ name, ms }) => ({ 任务: name, 毫秒: ms })),
  );
  const ms = (start: string): number =>
    grown.jobs.filter(({ name }) => name.startsWith(start)).reduce((sum, each) => sum + each.ms, 0);
  promise('全部群的周一卡 ≤ 5 秒', ms('周一卡') <= 5_000, `${ms('周一卡')} 毫秒`);
  promise('20,000 人谁还差几户 ≤ 2 秒', ms('谁还差几户') <= 2_000, `${ms('谁还差几户')} 毫秒`);
  console.log(`进程最多用 ${grown.peakMb} MB`);
}

function make(name: string, size: Size): GrowthOrder['full'] {
  mkdirSync(DATA, { recursive: true });
  const path = `${DATA}/${name}.db`;
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  const made = makeOffice(path, size, { connection: CONNECTION });
  made.store.close();
  return { path, cast: castOf(made, 400) };
}
