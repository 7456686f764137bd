/**
 * Words of three characters that begin with a common surname and go on in characters of given names, and are none
 * (王牌军, 白开水, 孔雀蓝). Everything else of that shape that a dictionary knows is somebody's name: 王冬梅, 李时珍.
 * Made by asking the engine's word breaker (ICU 78) about every common surname with every two characters of given
 * names, and reading the 868 words it knows.
 */
export const SURNAME_WORDS: ReadonlySet<string> = new Set(
  `王老五 王牌军 张力计 张天师 杨家将 黄大仙 黄蜀葵 黄铁矿 周波数 高密度 高度化 高效能 高才生 高材生
  高校生 高年级 马尼拉 马拉加 马拉威 马普托 马来语 马生角 罗布泊 罗伯特 梁山泊 梁武帝 宋徽宗 宋文帝 唐玄宗 唐高祖
  唐老鸭 唐三藏 曾祖父 夏商周 任天堂 方济会 方解石 石家庄 石墨粉 石首鱼 石英岩 金刚经 金曜日 金沙江 金明竹 孔夫子 孔雀园
  孔雀石 孔雀蓝 孔雀鱼 白令海 白帝城 白开水 白玉粉 白粉花 白花花 白泰山 毛毛雨 毛织业 秦淮河 秦穆公 史学家 顾面子 顾颜面
  龙凤配 龙虎斗 万圣节 万灵丹 万年青 万寿山 钱塘江 易北河 易熔金 易行道 易言之 常胜军 常言道 武则天 武士道 武大郎 康采恩
  林荫道 丁香花 文艺节`
    .split(/\s+/)
    .filter((word) => word.length === 3),
);
