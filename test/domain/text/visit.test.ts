import { describe, expect, it } from 'vitest';
import { parseVisit } from '../../../src/domain/text/visit.ts';

const NOW = Date.parse('2026-11-18T15:00:00+08:00');
const visit = (text: string) => parseVisit(text, { now: NOW });
const places = (text: string) =>
  visit(text).contacts.map(({ place, person }) => `${place ?? '—'} ${person ?? '—'}`);

describe('several families in one message (decision 25)', () => {
  it('borrows the building for bare rooms', () => {
    expect(places('3号楼 201 301 402 燃气安检')).toEqual(['3号楼201 —', '3号楼301 —', '3号楼402 —']);
    expect(places('3号楼201张某、301李某、402王某 燃气安检')).toEqual([
      '3号楼201 张某',
      '3号楼301 李某',
      '3号楼402 王某',
    ]);
    expect(places('5-1-101、102、103 消防')).toEqual(['5-1-101 —', '5-1-102 —', '5-1-103 —']);
    expect(places('柳树村3组周某、5组吴某 秸秆')).toEqual(['柳树村3组 周某', '柳树村5组 吴某']);
  });

  it('shares one note, or keeps each family its own', () => {
    const shared = visit('3号楼 张某、李某 送温暖');
    expect(shared.note).toBe('送温暖');
    expect(shared.contacts.map(({ note }) => note)).toEqual([null, null]);
    const own = visit('3号楼 张某 低保；5号楼 李某 找工作');
    expect(own.contacts.map(({ note }) => note)).toEqual(['低保', '找工作']);
    expect(own.note).toBeNull();
  });

  it('reads a pasted list with numbers and counts who was met', () => {
    const block = visit('1、3号楼201 张某 低保\n2、3号楼301 李某 未遇\n3、5号楼 王某 慢病随访');
    expect(block.contacts).toMatchObject([
      { place: '3号楼201', person: '张某', outcome: 'met', note: '低保' },
      { place: '3号楼301', person: '李某', outcome: 'attempt', note: '未遇' },
      { place: '5号楼', person: '王某', outcome: 'met', note: '慢病随访' },
    ]);
  });

  it('takes a heading as the front of its rooms and no family of its own', () => {
    const block = visit('3号楼燃气安检\n201 张某 正常\n301 李某 没人\n402 王某 漏气已报修');
    expect(block.contacts.map(({ place, outcome }) => `${place} ${outcome}`)).toEqual([
      '3号楼201 met',
      '3号楼301 attempt',
      '3号楼402 met',
    ]);
    expect(block.note).toBe('燃气安检');
  });

  it('keeps the lines of one visit together', () => {
    expect(places('16号楼\n殷大爷\n修水龙头')).toEqual(['16号楼 殷大爷']);
  });

  it('ties a second room by 和 or a slash', () => {
    expect(places('3号楼501张某和502李某 宣传反诈')).toEqual(['3号楼501 张某', '3号楼502 李某']);
    expect(places('3号楼501和502 宣传反诈')).toEqual(['3号楼501 —', '3号楼502 —']);
    expect(places('3号楼501/502 宣传反诈')).toEqual(['3号楼501 —', '3号楼502 —']);
    expect(places('3号楼501/502')).toEqual(['3号楼501 —', '3号楼502 —']);
    expect(visit('3号楼501和502漏水').note).toBe('和502漏水');
    expect(places('3号楼 张某 血压150/100')).toEqual(['3号楼 张某']);
  });

  it('leaves a count of families in the note', () => {
    expect(visit('3号楼 14户 宣传反诈')).toMatchObject({
      contacts: [{ place: '3号楼', person: null }],
      note: '14户 宣传反诈',
    });
    expect(places('3号楼 1402户 宣传反诈')).toEqual(['3号楼1402户 —']);
    expect(places('3号楼14户 张某')).toEqual(['3号楼14户 张某']);
  });

  it('ties a second person only where nothing follows', () => {
    expect(places('4号楼 薛大爷和贾大妈 送粥')).toEqual(['4号楼 薛大爷', '4号楼 贾大妈']);
    expect(visit('4号楼 薛某和贾某吵架了').note).toBe('和贾某吵架了');
  });
});

describe('who went (decision 23)', () => {
  it('credits those named', () => {
    expect(visit('3号楼 张某 低保 走访人：老王、李梅')).toMatchObject({
      visitors: ['老王', '李梅'],
      note: '低保',
    });
    expect(visit('代老王记 3号楼 张某 低保')).toMatchObject({ visitors: ['老王'] });
    expect(visit('和李梅一起 3号楼 张某 低保')).toMatchObject({ companions: ['李梅'], note: '低保' });
    expect(visit('同李梅、王强 3号楼 张某 低保')).toMatchObject({ companions: ['李梅', '王强'] });
    expect(visit('3号楼 张某 低保，王强陪同')).toMatchObject({ companions: ['王强'], note: '低保' });
  });

  it.each([
    ['3号楼 张桂芳，李梅一起去的', '张桂芳', ['李梅'], null],
    ['3号楼 张桂芳，李梅陪同，低保咨询', '张桂芳', ['李梅'], '低保咨询'],
    ['3号楼张桂芳，李梅、王强一起走访', '张桂芳', ['李梅', '王强'], null],
    ['3号楼 张桂芳 低保，李梅和王强一起去的', '张桂芳', ['李梅', '王强'], '低保'],
  ])('takes who stands before the comma for the resident: %s', (line, person, companions, note) => {
    expect(visit(line)).toMatchObject({ contacts: [{ place: '3号楼', person }], companions, note });
    expect(visit(line).visitors).toEqual([]);
  });

  it.each([
    ['和网格员老王一起走访3号楼张某', ['老王']],
    ['和志愿者小李、社工王芳一起走访3号楼张某', ['小李', '王芳']],
    ['3号楼 张某，网格员老王一起去的', ['老王']],
    ['和社区网格员一起 3号楼 张某', ['社区网格员']],
    ['和网格员 老王一起走访3号楼张某', ['老王']],
    ['和党员志愿者王芳一起走访3号楼张某', ['王芳']],
  ])('knows a role before a name: %s', (line, companions) => {
    expect(visit(line)).toMatchObject({ contacts: [{ place: '3号楼', person: '张某' }], companions });
  });

  it('credits those who went in the typist’s stead', () => {
    expect(visit('老王和高翔去的 3号楼 张某 低保')).toMatchObject({ visitors: ['老王', '高翔'] });
  });

  it('leaves the household’s own company in the note', () => {
    expect(visit('3号楼 张某 和李梅一起住')).toMatchObject({ companions: [], note: '和李梅一起住' });
    expect(visit('3号楼 张某 和儿媳闹矛盾')).toMatchObject({ companions: [], note: '和儿媳闹矛盾' });
  });
});

describe('how it was made', () => {
  it.each([
    ['5栋302 刘阿姨 电话联系，医保', 'phone', '医保'],
    ['打电话给5栋刘阿姨 医保', 'phone', '医保'],
    ['微信 5栋 刘阿姨 发了政策', 'message', '发了政策'],
    ['5栋 刘阿姨 微信告知年审时间', 'message', '告知年审时间'],
    ['5栋 院坝会 讲垃圾分类', 'meeting', '院坝会 讲垃圾分类'],
    ['5栋 座谈 停车', 'meeting', '停车'],
    ['5栋 刘阿姨 遇到电话诈骗', 'home', '遇到电话诈骗'],
    ['5栋 刘阿姨 要求装视频监控', 'home', '要求装视频监控'],
    ['5栋 刘阿姨 电话：13900001234', 'home', '电话：13900001234'],
  ])('%s', (text, mode, note) => {
    expect(visit(text)).toMatchObject({ mode, note });
  });

  it('believes the command word first', () => {
    expect(parseVisit('5栋 刘阿姨 医保', { now: NOW, mode: 'phone' }).mode).toBe('phone');
  });
});

describe('what was not met', () => {
  it.each(['未遇', '没人', '敲门没人应', '不在家', '家里没人，邻居说外出', '电话没人接'])('%s', (note) => {
    expect(visit(`3号楼 张某 ${note}`).contacts[0]).toMatchObject({ outcome: 'attempt', person: '张某' });
  });

  it.each(['楼道灯坏了三天没人修', '儿子不在家，独居', '白天没人做饭'])('%s is a need', (note) => {
    expect(visit(`3号楼 张某 ${note}`).contacts[0]).toMatchObject({ outcome: 'met' });
  });
});

describe('what it lacks', () => {
  it('names the missing facts', () => {
    expect(visit('3号楼 张某 低保').missing).toEqual([]);
    expect(visit('张某 低保').missing).toEqual(['place']);
    expect(visit('3号楼 反诈宣传').missing).toEqual(['person']);
    expect(visit('3号楼 张某').missing).toEqual(['what']);
    expect(visit('').missing).toEqual(['place', 'person', 'what']);
    expect(visit('3号楼 座谈 停车').missing).toEqual([]);
  });

  it('keeps an unclear line whole', () => {
    expect(visit('下雨天大家都在家，聊得挺好。').note).toBe('下雨天大家都在家，聊得挺好');
    expect(visit('张大爷（残疾人）轮椅坏了').note).toBe('（残疾人）轮椅坏了');
  });

  it('says what it is not sure of', () => {
    expect(visit('302 刘阿姨 医保').unsure).toEqual(['place']);
    expect(visit('11-3 8幢 赵某 医保')).toMatchObject({ date: '2026-11-03', unsure: ['date'] });
  });
});

describe('two addresses', () => {
  it('takes the one lived in and keeps the other in the note', () => {
    expect(visit('人户分离 户籍3号楼 现住5号楼201 张某 年审')).toMatchObject({
      contacts: [{ place: '5号楼201', person: '张某' }],
      note: '人户分离 户籍3号楼，年审',
    });
  });
});

describe('rare names and places', () => {
  it.each([
    ['7号楼 骆阿姨 低保', '7号楼 骆阿姨'],
    ['7号楼 支大娘 低保', '7号楼 支大娘'],
    ['7号楼 水某 低保', '7号楼 水某'],
    ['7号楼 门桂兰 低保', '7号楼 门桂兰'],
    ['7号楼 王冬梅 低保', '7号楼 王冬梅'],
    ['周一鸣 7号楼 低保', '7号楼 周一鸣'],
    ['7号楼 三婶 低保', '7号楼 三婶'],
    ['7号楼 桂花嫂 低保', '7号楼 桂花嫂'],
    ['7号楼 努尔兰 低保', '7号楼 努尔兰'],
    ['7号楼 小娟 低保', '7号楼 小娟'],
    ['李婶家里 7号楼 低保', '7号楼 李婶'],
    ['7号楼 高兴 低保', '7号楼 高兴'],
  ])('%s: somebody', (line, expected) => expect(places(line)).toEqual([expected]));

  it.each([
    ['3号楼 楼道没灯', '3号楼 —'],
    ['3号楼 区里来人看过', '3号楼 —'],
    ['3号楼 水费贵了', '3号楼 —'],
    ['3号楼 高兴得直哭', '3号楼 —'],
    ['3号楼 白开水招待', '3号楼 —'],
    ['3号楼 王一直咳嗽', '3号楼 —'],
    ['3号楼 门锁坏了', '3号楼 —'],
    ['3号楼 三伏天太热', '3号楼 —'],
    ['3号楼 小路不平', '3号楼 —'],
  ])('%s: nobody', (line, expected) => expect(places(line)).toEqual([expected]));

  it.each([
    ['南苑公寓2座1602 张某 低保', '南苑公寓2座1602 张某'],
    ['青龙镇 石门坳 张某 低保', '青龙镇石门坳 张某'],
    ['七里墩 4栋2单元 张某 低保', '七里墩4栋2单元 张某'],
    ['朝阳坊 4号楼 2单元 西户 张某 低保', '朝阳坊4号楼2单元西户 张某'],
    ['铁东区家属院二排 张某 低保', '铁东区家属院2排 张某'],
    ['永定门25号 张某 低保', '永定门25号 张某'],
    ['老街7号 张某 低保', '老街7号 张某'],
    ['赵家嘴 2组 张某 低保', '赵家嘴2组 张某'],
    ['张某 78岁 独居 4号楼', '4号楼 张某'],
    ['北门夜市 摆摊的事', '北门夜市 —'],
    ['4栋 101张某、102周某 换软管', '4栋101 张某'],
    ['王二牛家 修路', '— 王二牛'],
    ['王家庄 修路', '王家庄 —'],
  ])('%s', (line, expected) => expect(places(line)[0]).toBe(expected));
});

describe('a road number above an estate or a building', () => {
  it.each([
    ['人民路12号3号楼501 张桂芳 低保', '人民路12号3号楼501 张桂芳'],
    ['人民路12号 3号楼501 张桂芳 低保', '人民路12号3号楼501 张桂芳'],
    ['建设路18号3栋2单元301 张桂芳 低保', '建设路18号3栋2单元301 张桂芳'],
    ['建设路18号3-2-301 张桂芳 低保', '建设路18号3-2-301 张桂芳'],
    ['长江路100号阳光小区3号楼501 张桂芳 低保', '长江路100号阳光小区3号楼501 张桂芳'],
    ['长江路100号阳光小区 张桂芳 低保', '长江路100号阳光小区 张桂芳'],
    ['人民路12号2单元301 张桂芳 低保', '人民路12号2单元301 张桂芳'],
  ])('%s', (line, expected) => expect(places(line)).toEqual([expected]));

  it('leaves two numbers of a list two places', () => {
    expect(places('人民路12号、14号 消防')).toEqual(['人民路12号 —', '人民路14号 —']);
  });
});

describe('days of a visit and days of its story', () => {
  it.each([
    ['20261105 4栋 张某 低保', '2026-11-05'],
    ['3号下午 4栋 张某 低保', '2026-11-03'],
    ['11月16日晚 4栋 张某 低保', '2026-11-16'],
    ['昨儿个 4栋 张某 低保', '2026-11-17'],
    ['4栋 张某 11月20号去省城做手术', '2026-11-18'],
  ])('%s', (line, day) => expect(visit(line).date).toBe(day));
});
