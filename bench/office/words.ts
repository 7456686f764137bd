/** Made-up names and words: no row of them comes from anywhere. */
const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜'];
const GIVEN = [...'安宁平和文武明亮春夏秋冬松柏梅兰竹菊山川江河云雨雪晴晨星月光远志新力勤俭诚信'];

/** A name of two or three characters; different for each of the first 60,000 numbers. */
export function nameOf(number: number): string {
  const surname = SURNAMES[number % SURNAMES.length] ?? '赵';
  const rest = Math.floor(number / SURNAMES.length);
  const first = GIVEN[rest % GIVEN.length] ?? '安';
  const second = GIVEN[Math.floor(rest / GIVEN.length) % GIVEN.length] ?? '';
  return `${surname}${first}${second}`;
}

export const NOTES = [
  '低保年审材料已交，答复下周一回访',
  '家里都好，老人按时吃药',
  '送去冬季防火单子，检查了煤气软管',
  '孩子上学的事问清楚了，已告诉办理窗口',
  '楼道堆物当面劝说，答应周末清走',
] as const;

export const NEEDS = [
  { topic: '公共设施', words: '楼道灯坏了三天，晚上看不见台阶' },
  { topic: '环境卫生', words: '垃圾桶满了没人清，味道很大' },
  { topic: '住房物业', words: '单元门关不上，夜里有人进出' },
  { topic: '交通停车', words: '消防通道停满了车，救护车进不来' },
] as const;
