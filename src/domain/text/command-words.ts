import type { CommandName, VisitMode } from './types.ts';

/** The words of one command. What exists in a build is decided elsewhere: this is vocabulary only. */
export interface CommandWords {
  name: CommandName;
  /** The word of the help text. */
  chinese: string;
  aliases: readonly string[];
  /** Initials and full pinyin, lower case, for the everyday commands. */
  latin: readonly string[];
}

/** domain.md, Commands. Aliases are what people type instead; each word belongs to one command only. */
export const COMMAND_WORDS: readonly CommandWords[] = [
  {
    name: 'visit',
    chinese: '走访',
    aliases: [
      '入户',
      '家访',
      '看望',
      '慰问',
      '探望',
      '拜访',
      '上门',
      '下户',
      '登门',
      '串门',
      '探访',
      '走访慰问',
      '入户走访',
      '上门走访',
      '电话',
      '电联',
      '电访',
      '电话走访',
      '电话联系',
      '微信走访',
      '视频走访',
      '座谈',
      '记走访',
    ],
    latin: ['zf', 'zoufang'],
  },
  {
    name: 'attempt',
    chinese: '未遇',
    aliases: ['没人', '没见到', '未见到', '没遇到', '没在家', '不在家', '敲门没人'],
    latin: ['wy', 'weiyu'],
  },
  { name: 'late', chinese: '补记', aliases: ['补录', '补登', '补记走访', '补记录'], latin: ['bj', 'buji'] },
  { name: 'makeup', chinese: '补访', aliases: ['补走访', '补走'], latin: ['bf', 'bufang'] },
  { name: 'diary', chinese: '日记', aliases: ['民情日记', '走访记录', '我的走访'], latin: ['rj', 'riji'] },
  {
    name: 'issue',
    chinese: '诉求',
    aliases: [
      '反映',
      '报修',
      '求助',
      '投诉',
      '问题',
      '反映问题',
      '上报问题',
      '群众诉求',
      '居民诉求',
      '报事',
      '爆料',
    ],
    latin: ['sq', 'suqiu', 'fy', 'fanying', 'bx', 'baoxiu', 'ts', 'tousu', 'qz', 'qiuzhu'],
  },
  { name: 'triage', chinese: '研判', aliases: ['待研判'], latin: ['yp', 'yanpan'] },
  { name: 'dispatch', chinese: '派单', aliases: ['派', '改派', '转派', '下单'], latin: ['pd', 'paidan'] },
  {
    name: 'handle',
    chinese: '办理',
    aliases: ['办', '处理', '办结', '办好了', '办完了'],
    latin: ['bl', 'banli'],
  },
  {
    name: 'told',
    chinese: '告知',
    aliases: ['已告知', '告诉', '已告诉', '告诉他', '告诉她'],
    latin: ['gz', 'gaozhi'],
  },
  {
    name: 'evaluate',
    chinese: '评价',
    aliases: ['签单', '满意', '基本满意', '不满意', '回访'],
    latin: ['pj', 'pingjia'],
  },
  {
    name: 'withdraw',
    chinese: '撤销',
    aliases: ['撤回', '取消', '删除', '作废', '记错了'],
    latin: ['cx', 'chexiao'],
  },
  { name: 'correct', chinese: '更正', aliases: ['修改', '改正', '纠正', '改一下'], latin: ['gengzheng'] },
  { name: 'household', chinese: '户', aliases: ['查户', '看户', '户档', '一户一卡', '家庭'], latin: ['hu'] },
  { name: 'pairing', chinese: '结对', aliases: ['结对子', '联系户', '我的联系户'], latin: ['jd', 'jiedui'] },
  {
    name: 'mine',
    chinese: '我的',
    aliases: ['待办', '待我办', '还差几户', '我的待办', '还差', '我的任务'],
    latin: ['wd', 'wode', 'db', 'daiban'],
  },
  { name: 'leave', chinese: '请假', aliases: ['休假', '销假'], latin: ['qj', 'qingjia'] },
  { name: 'bind', chinese: '绑定', aliases: ['绑定群', '绑定本群'], latin: ['bd', 'bangding'] },
  { name: 'unbind', chinese: '解绑', aliases: ['解除绑定', '取消绑定'], latin: ['jiebang'] },
  { name: 'claim', chinese: '认领', aliases: ['认领本群'], latin: ['rl', 'renling'] },
  { name: 'import', chinese: '导入', aliases: ['导入名册'], latin: ['daoru'] },
  { name: 'roster', chinese: '名册', aliases: ['花名册', '人员', '成员'], latin: ['mc', 'mingce'] },
  { name: 'policy', chinese: '制度', aliases: ['方案', '政策'], latin: ['zd', 'zhidu'] },
  { name: 'reopen', chinese: '又坏了', aliases: ['又犯了', '没修好', '没解决', '重办'], latin: ['yhl'] },
  { name: 'promise', chinese: '改期', aliases: ['延期', '申请延期'], latin: ['gq', 'gaiqi'] },
  { name: 'withdrawIssue', chinese: '撤诉', aliases: ['不办了', '群众不办了', '撤诉求'], latin: ['chesu'] },
  { name: 'care', chinese: '没发出去', aliases: ['没发成', '发送失败'], latin: [] },
  {
    name: 'help',
    chinese: '帮助',
    aliases: ['使用帮助', '怎么用', '说明', '菜单', '使用说明', '功能'],
    latin: ['bz', 'bangzhu', 'help'],
  },
];

/** Words that say how the visit was made. */
export const WORD_MODES: Readonly<Record<string, VisitMode>> = {
  电话: 'phone',
  电联: 'phone',
  电访: 'phone',
  电话走访: 'phone',
  电话联系: 'phone',
  微信走访: 'message',
  视频走访: 'message',
  座谈: 'meeting',
};

/**
 * Everyday words that are commands only when something parts them from what follows (办 128, 派 128 物业):
 * 办公室 and 户籍 are none.
 */
export const WORDS_WITH_BREAK: ReadonlySet<string> = new Set([
  '办',
  '派',
  '户',
  '问题',
  '电话',
  '没人',
  '满意',
  '人员',
  '成员',
  '方案',
  '政策',
  '说明',
  '功能',
  '菜单',
  '家庭',
  '告诉',
  '处理',
  '取消',
  '删除',
  '修改',
  '还差',
  '座谈',
  '反映问题',
  '不在家',
  '没在家',
  '没见到',
  '上门',
  '撤回',
  '回访',
  '没解决',
  '没修好',
  '联系户',
  '下单',
  '重办',
  '休假',
  '作废',
  '记错了',
  '制度',
  '我的',
  '告诉他',
  '告诉她',
  '爆料',
  '补走',
  '不满意',
  '基本满意',
  '名册',
]);
