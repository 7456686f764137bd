/**
 * Chinese surnames. Source: 《百家姓》 and the name reports of the Ministry of Public Security
 * (the hundred most frequent surnames cover about 85 % of the population), from general knowledge.
 */

/** The hundred most frequent ones and a few close behind: strong evidence of a name by themselves. */
export const COMMON_SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';

/** The rest. Many of them are everyday words too, so they need a given name that looks like one. */
export const OTHER_SURNAMES =
  '庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺云昌阚宣狄麻农禹鹿籍邝苍帅占才承仝暴佘麦鲜濮缪植朴甯濮禤揣蒲卿浦麴尚危牧隗山候宓蓬郗班仰秋仵厉戎刚幸韶郦双慕茹宦鱼容暨居步弘寇广禄阙东殳沃利蔚越夔隆师勾融訾那空毋沙乜养须丰巢蒯相后红游权逯益桓公由战言笪佴赏墨归海晁敬昝伊矫滑藏苏肖闫付代' +
  '酆湛贝茅骆裘贲杭诸钮嵇荀芮羿储汲邴钭蓟邰鄂闻莘贡逄扈宰雍郤璩郏戈庾厍缑亢谯粟佴亓冮靖苴逢尧禚恽幺衡庹汝郇蹇呙妫苌佀冶';

/** Surnames that are everyday words first (水, 门, 区): with a title of kin, with 某, or before two given characters by themselves. */
export const WORDY_SURNAMES =
  '平支干门楼区水元松通满国法福黑展布宝乌弓皮阴操富荣束索劳惠怀慈充别宿信堵琴奉才税铁青年种母撒尉刀普洛';

/** Surnames of two characters. */
export const COMPOUND_SURNAMES = [
  '欧阳',
  '上官',
  '司马',
  '诸葛',
  '司徒',
  '皇甫',
  '尉迟',
  '夏侯',
  '慕容',
  '东方',
  '令狐',
  '公孙',
  '宇文',
  '长孙',
  '轩辕',
  '端木',
  '南宫',
  '西门',
  '独孤',
  '呼延',
  '申屠',
  '太史',
  '淳于',
  '钟离',
  '澹台',
  '百里',
  '东郭',
  '闻人',
  '公冶',
  '濮阳',
  '赫连',
  '拓跋',
  '完颜',
  '纳兰',
  '叶赫',
  '爱新觉罗',
  '那拉',
  '鲜于',
  '司空',
  '万俟',
  '单于',
  '仲孙',
  '公羊',
  '宰父',
  '梁丘',
  '左丘',
  '东门',
  '南门',
  '微生',
  '第五',
] as const;

/** Of those, the ones that are ordinary words as well (东门, 第五): taken as surnames only before a title. */
export const WORDY_COMPOUNDS: ReadonlySet<string> = new Set([
  '东门',
  '南门',
  '西门',
  '东方',
  '第五',
  '百里',
  '微生',
  '闻人',
  '单于',
]);
