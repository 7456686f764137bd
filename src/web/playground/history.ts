import type { Calendar } from '../../domain/calendar.ts';
import { addDays, at, type Day, dayOf, weekOf } from '../../lib/day.ts';
import type { Rooms } from '../../platforms/playground/index.ts';
import { fastForward } from './forward.ts';
import type { PlaygroundHost } from './host.ts';
import type { Stage } from './stage.ts';

interface Line {
  /** Working day of the week before, 0 = its first. */
  day: number;
  time: string;
  as: string;
  chat: string;
  text: string;
}

const WORK = 'work-group';

/** The week before the playground opens: enough that the first Monday card has something to say. */
const LINES: readonly Line[] = [
  {
    day: 0,
    time: '09:40',
    as: 'shi-xiaohong',
    chat: WORK,
    text: '/走访 3号楼 马大爷 血压稳定，药够吃到月底',
  },
  { day: 0, time: '15:20', as: 'li-mei', chat: WORK, text: '/走访 6号楼 郑大姐 问孩子转学手续' },
  { day: 1, time: '10:05', as: 'zhou-qiang', chat: WORK, text: '/走访 7号楼 吴师傅 想找份近一点的活' },
  { day: 1, time: '16:30', as: 'fang-min', chat: WORK, text: '/未遇 5号楼 何振山' },
  { day: 2, time: '09:15', as: 'meng-fei', chat: WORK, text: '/诉求 4号楼 杜玉芬 单元门关不上，夜里灌冷风' },
  { day: 2, time: '18:40', as: 'he-li', chat: WORK, text: '/走访 2号楼 冯来福 老人腿脚不便，想装扶手' },
  { day: 3, time: '10:30', as: 'li-mei', chat: WORK, text: '/诉求 8号楼 赵某某 楼前垃圾桶三天没清' },
  {
    day: 3,
    time: '14:10',
    as: 'shi-xiaohong',
    chat: `p2p-shi-xiaohong`,
    text: '电话 1号楼 许秀珍 医保报销材料已讲清',
  },
];

/**
 * Plays last week's lines through the front door, each at its own time, with every job that falls due on the way,
 * and comes back to the real now. Deterministic for a given now; a line whose time is not past is left out.
 */
export async function playHistory(options: {
  host: PlaygroundHost;
  stage: Stage;
  rooms: Rooms;
  calendar: Calendar;
}): Promise<void> {
  const { host, stage, rooms, calendar } = options;
  const now = host.clock.now();
  const days = workingDays(calendar, addDays(weekOf(dayOf(now)).from, -7));
  const lines = LINES.flatMap((line) => {
    const day = days[line.day];
    return day ? [{ ...line, at: at(day, line.time) }] : [];
  }).filter((line) => line.at < now);
  const first = lines[0];
  if (!first) return;
  host.clock.set(first.at - 60_000);
  for (const line of lines) {
    await fastForward(host, line.at, () => {});
    await stage.say(line);
    await host.settle();
  }
  await fastForward(host, now, () => {});
  // A newcomer's marks begin with what he does himself.
  for (const person of rooms.people)
    for (const chat of rooms.chatsOf(person.id)) rooms.markRead(person.id, chat.id);
}

/** The working days of the week that begins on `monday`; a week of holidays has none, and then nothing is played. */
function workingDays(calendar: Calendar, monday: Day): Day[] {
  return [0, 1, 2, 3, 4, 5, 6].map((n) => addDays(monday, n)).filter((day) => calendar.isWorkingDay(day));
}
