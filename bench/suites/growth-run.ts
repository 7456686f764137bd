import { groupText } from '../../cards/group-text.ts';
import { openStore } from '../../db/node.ts';
import { makeCalendar } from '../../src/domain/calendar.ts';
import { movableClock } from '../../src/lib/clock.ts';
import { addDays, at, dayOf } from '../../src/lib/day.ts';
import { silentLog } from '../../src/lib/log.ts';
import { assembleOffice } from '../../src/office/assemble.ts';
import type { Office } from '../../src/office/office.ts';
import { standingsOf } from '../../src/work/duties.ts';
import { weeklyFacts } from '../../src/work/weekly.ts';
import { COMMANDS, message } from '../lib/commands.ts';
import { median } from '../lib/report.ts';
import { createTaker } from '../lib/taker.ts';
import type { Said } from '../load/events.ts';
import { SECRET, WEDNESDAY } from '../office/open.ts';

/** Where the two offices lie and who speaks in them; one JSON argument. */
export interface GrowthOrder {
  empty: { path: string; cast: Said[] };
  full: { path: string; cast: Said[] };
  repeats: number;
}

export interface Grown {
  /** Processor time of one command with its answers rendered, microseconds, median. */
  commands: { name: string; empty: number; full: number }[];
  /** Milliseconds, on the full office. */
  jobs: { name: string; ms: number }[];
  peakMb: number;
}

interface Opened {
  office: Office;
  cast: readonly Said[];
  clock: ReturnType<typeof movableClock>;
}

function open({ path, cast }: GrowthOrder['full']): Opened {
  const clock = movableClock(WEDNESDAY, { frozen: true });
  const office = assembleOffice({
    store: openStore(path),
    secret: SECRET,
    clock,
    platforms: [createTaker()],
    log: silentLog,
  });
  return { office, cast, clock };
}

/** The two offices turn by turn, so that a machine that slows down slows both. */
async function interactive(empty: Opened, full: Opened, repeats: number): Promise<Grown['commands']> {
  const rows = [];
  for (const command of COMMANDS) {
    const took: [number[], number[]] = [[], []];
    for (let nth = 0; nth < repeats; nth += 1) {
      for (const [at, { office, cast }] of [empty, full].entries()) {
        const said = cast[nth % cast.length];
        if (!said) continue;
        const before = process.cpuUsage();
        await office.deliver(message(said, command.text(said, nth), command.group === true));
        await office.settle(5_000);
        const used = process.cpuUsage(before);
        // The first few teach the engine.
        if (nth >= repeats / 4) took[at === 0 ? 0 : 1].push(used.user + used.system);
      }
    }
    rows.push({ name: command.name, empty: Math.round(median(took[0])), full: Math.round(median(took[1])) });
  }
  return rows;
}

async function jobs({ office, clock }: Opened): Promise<Grown['jobs']> {
  const { q } = office;
  const calendar = makeCalendar();
  const found: Grown['jobs'] = [];
  const time = async (name: string, work: () => unknown): Promise<void> => {
    const began = performance.now();
    await work();
    found.push({ name, ms: Math.round(performance.now() - began) });
  };
  const everybody = q.chats
    .bound()
    .flatMap((chat) => (chat.orgId === null ? [] : q.members.ofOrg(chat.orgId)));
  const memberIds = [...new Set(everybody.map((member) => member.id))];
  const today = dayOf(clock.now());
  await time(`谁还差几户，${memberIds.length} 人`, () => standingsOf(q, calendar, memberIds, today));
  await time('每分钟的一跳（第一次）', () => office.beat());
  await time('每分钟的一跳', () => office.beat());
  clock.set(at(nextMonday(today), '08:55'));
  const week = dayOf(clock.now());
  await time('周一卡：到期的群各记一次', () => office.tick(clock.now(), 0));
  // Each in a transaction of its own, as the outbox renders what it sends.
  await time('周一卡：逐群写出', async () => {
    for (const chat of q.chats.bound()) {
      await office.write(() => {
        const facts = weeklyFacts({ q, now: clock.now(), calendar }, chat, week);
        if (facts) groupText(facts);
      });
    }
  });
  await time('提醒：到期一天，逐人一算', () => {
    clock.set(at(dayBefore(today), '18:11'));
    return office.tick(clock.now(), 0);
  });
  return found;
}

function nextMonday(day: string): string {
  let next = addDays(day, 1);
  while (new Date(at(next, '12:00')).getUTCDay() !== 1) next = addDays(next, 1);
  return next;
}

/** A day on which reminders fall: the 7th working-day rule and the quarter's end both lie near the end of December. */
const dayBefore = (today: string): string => `${today.slice(0, 4)}-12-29`;

const order = JSON.parse(process.argv[2] ?? '{}') as GrowthOrder;
const [empty, full] = [open(order.empty), open(order.full)];
for (const { office } of [empty, full]) await office.start();
const commands = await interactive(empty, full, order.repeats);
for (const { office } of [empty, full]) await office.stop();
const jobTimes = await jobs(full);
const grown: Grown = {
  commands,
  jobs: jobTimes,
  peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
};
process.stdout.write(`${JSON.stringify(grown)}\n`);
process.exit(0);
