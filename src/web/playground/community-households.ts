/** The made-up households: buildings 1–4 lie in 第一网格, 5–8 in 第二网格. Three are paired with each selected member (S2-39). */
export interface HouseholdRow {
  address: string;
  head: string;
  size: number;
  grid: '第一网格' | '第二网格';
  /** Platform id of the paired member. */
  paired?: string;
}

const first = (address: string, head: string, size: number, paired?: string): HouseholdRow => ({
  address,
  head,
  size,
  grid: '第一网格',
  paired,
});
const second = (address: string, head: string, size: number, paired?: string): HouseholdRow => ({
  address,
  head,
  size,
  grid: '第二网格',
  paired,
});

export const HOUSEHOLDS: readonly HouseholdRow[] = [
  first('3号楼2单元501', '张某', 2, 'shi-xiaohong'),
  first('3号楼1单元102', '马大爷', 1, 'shi-xiaohong'),
  first('1号楼3单元601', '许秀珍', 3, 'shi-xiaohong'),
  first('2号楼1单元301', '冯来福', 4, 'he-li'),
  first('2号楼2单元402', '孙阿姨', 2, 'he-li'),
  first('4号楼1单元101', '杜玉芬', 1, 'he-li'),
  second('5号楼1单元302', '刘阿姨', 3, 'fang-min'),
  second('5号楼2单元201', '何振山', 2, 'fang-min'),
  second('7号楼3单元502', '孙丽', 3, 'fang-min'),
  second('6号楼1单元302', '陈奶奶', 1, 'li-mei'),
  second('6号楼2单元602', '郑大姐', 4, 'li-mei'),
  second('8号楼1单元203', '赵某某', 3, 'li-mei'),
  second('7号楼1单元101', '吴师傅', 2, 'zhou-qiang'),
  second('8号楼2单元404', '欧阳娜', 3, 'zhou-qiang'),
  second('5号楼3单元601', '蒋老师', 2, 'zhou-qiang'),
  first('1号楼1单元202', '崔大妈', 2),
  first('1号楼2单元302', '白志国', 3),
  first('4号楼2单元503', '丁小兰', 4),
  second('7号楼2单元303', '葛大叔', 2),
  second('8号楼3单元102', '金师傅', 1),
];
