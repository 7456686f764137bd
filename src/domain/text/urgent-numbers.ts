/** Whom to ring first. The last four have local numbers, which come from the office's configuration. */
export type EmergencyKind = 'fire' | 'medical' | 'police' | 'traffic' | 'power' | 'gas' | 'water' | 'heat';

/** What people call each service, and its national number where there is one. */
export const EMERGENCY_SERVICES: Readonly<Record<EmergencyKind, { label: string; number: string | null }>> = {
  fire: { label: '火警', number: '119' },
  medical: { label: '急救', number: '120' },
  police: { label: '报警', number: '110' },
  traffic: { label: '交通事故', number: '122' },
  power: { label: '供电抢修', number: null },
  gas: { label: '燃气抢修', number: null },
  water: { label: '供水抢修', number: null },
  heat: { label: '供热抢修', number: null },
};

const CUES: ReadonlyArray<readonly [EmergencyKind, RegExp]> = [
  [
    'fire',
    /火|烟|烧|燃|炸|煤气|天然气|液化气|漏气|臭鸡蛋|困|卡|夹|反锁|锁[在屋家车]|塌|埋|压[着住在]|陷|掉进|掉井|落水|溺|淹|洪水|山洪|跳[楼河桥]|楼顶|窗台|阳台外|塔吊|化学|泄[漏露]|马蜂|蜂窝|蛇|下不来|出不来|悬/,
  ],
  [
    'medical',
    /伤|血|晕|昏|倒|抽|喘|憋|胸口|心脏|心[梗肌绞]|脑[梗溢出]|中风|中毒|吐|农药|喝[了药]|烫|触电|麻|羊水|要生|噎|呛|卡住|发紫|没气|没知觉|不省|叫不醒|不应|起不来|冻[僵得]|饿|砸[着中到]|撞|咬|蜇|溺|轻生|自杀|遗书|想不开|割腕|上吊|安眠药|高烧|中暑|摔|瘫|人.{0,4}不行/,
  ],
  [
    'police',
    /刀|砍|打|骗|诈|转账|汇款|汇钱|安全账户|公检法|偷|抢|贼|撬|绑|劫|拐|抱走|走[丢失]|不见了|没回来|失踪|找不[到着]|堵[门人]|棍|砸门|跟踪|尾随|猥亵|强奸|威胁|恐吓|自杀|跳楼|轻生|寻短|遗书|想不开|不想活|敲门|反锁|疯狗|野猪|炸|炮弹|雷管|锁着|聚众|家暴/,
  ],
  ['traffic', /车祸|撞车|撞人|追尾|翻车|侧翻|(车|摩托|三轮).{0,6}(撞|翻)|撞.{0,6}(车|树|杆)|连环撞/],
  ['power', /电|触电|变压器|配电|打火|火花|火星/],
  ['gas', /煤气|燃气|天然气|液化气|漏气|跑气|臭鸡蛋|气味|气罐|气管|壁挂炉/],
  ['water', /水管|爆管|自来水|跑水|总阀|水漫|往下灌|水柱|水表|喷水|淹了/],
  ['heat', /暖气|供暖|供热|地暖|热力|锅炉/],
];

const NOT_GRID_POWER = /电话|电动|电梯|电瓶|手电|电视/g;

/**
 * The services whose numbers the reporter's answer begins with (decision 34), the likeliest first by the order
 * fire, medical, police, traffic, local repair; at most four. Words that name none give fire, medical, police.
 */
export function emergencyNumbers(text: string): EmergencyKind[] {
  const power = text.replace(NOT_GRID_POWER, '');
  const kinds = CUES.filter(([kind, cue]) => cue.test(kind === 'power' ? power : text)).map(([kind]) => kind);
  if (kinds.length === 0) return ['fire', 'medical', 'police'];
  const national = kinds.filter((kind) => EMERGENCY_SERVICES[kind].number !== null);
  const local = kinds.filter((kind) => EMERGENCY_SERVICES[kind].number === null);
  return [...national.slice(0, local.length === 0 ? 4 : 3), ...local].slice(0, 4);
}
