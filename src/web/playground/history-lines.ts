/** What was said before the playground opens. Everything is invented; it goes through the front door like any other line. */
export interface PastLine {
  /** -1 = the week before, 0 = this week, as far as it is past. */
  week: -1 | 0;
  /** Working day of that week, 0 = its first; a short week leaves the rest out. */
  day: number;
  time: string;
  as: string;
  chat: string;
  text: string;
}

const WORK = 'work-group';

/** 石小红's 张某 is left for the newcomer to visit. */
export const LINES: readonly PastLine[] = [
  {
    week: -1,
    day: 0,
    time: '09:40',
    as: 'shi-xiaohong',
    chat: WORK,
    text: '/走访 3号楼 马大爷 血压稳定，药够吃到月底',
  },
  { week: -1, day: 0, time: '15:20', as: 'li-mei', chat: WORK, text: '/走访 6号楼 郑大姐 问孩子转学手续' },
  {
    week: -1,
    day: 1,
    time: '10:05',
    as: 'zhou-qiang',
    chat: WORK,
    text: '/走访 7号楼 吴师傅 想找份近一点的活',
  },
  { week: -1, day: 1, time: '16:30', as: 'fang-min', chat: WORK, text: '/未遇 5号楼 何振山' },
  {
    week: -1,
    day: 2,
    time: '09:15',
    as: 'meng-fei',
    chat: WORK,
    text: '/诉求 4号楼 杜玉芬 单元门关不上，夜里灌冷风',
  },
  {
    week: -1,
    day: 2,
    time: '17:10',
    as: 'he-li',
    chat: WORK,
    text: '/走访 2号楼 冯来福 老人腿脚不便，想装扶手',
  },
  {
    week: -1,
    day: 3,
    time: '14:10',
    as: 'shi-xiaohong',
    chat: 'p2p-shi-xiaohong',
    text: '电话 1号楼 许秀珍 医保报销材料已讲清',
  },
  { week: 0, day: 0, time: '10:15', as: 'fang-min', chat: WORK, text: '/走访 5号楼 刘阿姨 医保报销进度' },
  {
    week: 0,
    day: 1,
    time: '16:05',
    as: 'zhou-qiang',
    chat: WORK,
    text: '/走访 5号楼 蒋老师 愿意给孩子们讲书法',
  },
  { week: 0, day: 2, time: '09:50', as: 'li-mei', chat: WORK, text: '/走访 6号楼 陈奶奶 送药上门' },
  { week: 0, day: 3, time: '10:30', as: 'li-mei', chat: WORK, text: '/诉求 8号楼 赵某某 楼前垃圾桶三天没清' },
];
