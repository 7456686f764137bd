/** What was done before the playground opens. Everything is invented; it goes through the front door like anything else. */
interface When {
  /** Working days before today: 1 = the last one. */
  ago: number;
  time: string;
}

export interface PastLine extends When {
  as: string;
  chat: string;
  text: string;
}

/** Somebody presses the newest button of that name in a private chat, and fills in the form that opens, by label. */
export interface PastPress extends When {
  press: string;
  fill?: Readonly<Record<string, string>>;
}

const WORK = 'work-group';

/** 石小红's 张某 is left for the newcomer to visit; one matter runs its whole course, one waits for the secretary. */
export const PAST: readonly (PastLine | PastPress)[] = [
  {
    ago: 8,
    time: '09:40',
    as: 'shi-xiaohong',
    chat: WORK,
    text: '/走访 3号楼 马大爷 血压稳定，药够吃到月底',
  },
  { ago: 8, time: '15:20', as: 'li-mei', chat: WORK, text: '/走访 6号楼 郑大姐 问孩子转学手续' },
  { ago: 7, time: '10:05', as: 'zhou-qiang', chat: WORK, text: '/走访 7号楼 吴师傅 想找份近一点的活' },
  { ago: 7, time: '16:30', as: 'fang-min', chat: WORK, text: '/未遇 5号楼 何振山' },
  { ago: 6, time: '09:15', as: 'meng-fei', chat: WORK, text: '/诉求 4号楼 杜玉芬 单元门关不上，夜里灌冷风' },
  { ago: 6, time: '10:20', press: '按建议办' },
  { ago: 6, time: '14:00', press: '我来办' },
  { ago: 6, time: '17:10', as: 'he-li', chat: WORK, text: '/走访 2号楼 冯来福 老人腿脚不便，想装扶手' },
  { ago: 5, time: '09:30', press: '已告诉群众', fill: { 怎么告诉的: '当面' } },
  {
    ago: 4,
    time: '14:10',
    as: 'shi-xiaohong',
    chat: 'p2p-shi-xiaohong',
    text: '电话 1号楼 许秀珍 医保报销材料已讲清',
  },
  {
    ago: 3,
    time: '15:30',
    press: '办好了',
    fill: { 办得怎么样: '换了闭门器，门能关严了', 办成了哪一种: '已解决', 告诉群众了吗: '当面告诉了' },
  },
  { ago: 2, time: '10:15', as: 'fang-min', chat: WORK, text: '/走访 5号楼 刘阿姨 医保报销进度' },
  { ago: 2, time: '16:00', press: '满意', fill: { 怎么问的: '电话', 谁答的: '本人' } },
  { ago: 2, time: '16:05', as: 'zhou-qiang', chat: WORK, text: '/走访 5号楼 蒋老师 愿意给孩子们讲书法' },
  { ago: 1, time: '09:50', as: 'li-mei', chat: WORK, text: '/走访 6号楼 陈奶奶 送药上门' },
  { ago: 1, time: '10:30', as: 'li-mei', chat: WORK, text: '/诉求 8号楼 赵某某 楼前垃圾桶三天没清' },
];
