import { describe, expect, it } from 'vitest';
import { classifyTopic } from '../../../src/domain/text/topic.ts';
import { gradeOf, isUrgent } from '../../../src/domain/text/urgent.ts';
import { EMERGENCY_SERVICES, emergencyNumbers } from '../../../src/domain/text/urgent-numbers.ts';

const grade = (text: string) => gradeOf(classifyTopic(text).topic, text);

describe('gradeOf (decision 34)', () => {
  it.each(['屋里煤气味很大', '楼上着火了', '老人走失一天了还没找到', '电线断了掉在路上冒火花', '有人要跳楼'])(
    'danger: %s',
    (text) => {
      expect(isUrgent(text)).toBe(true);
      expect(grade(text)).toBe('danger');
    },
  );

  // Said in a few words, by who has no time for more.
  it.each([
    '王大爷 想自杀',
    '想跳楼',
    '想跳楼，情绪激动',
    '说不想活了',
    '想不开，写了遗书',
    '心梗',
    '6号楼 王大爷 心梗',
    '疑似脑梗，说话不清',
    '燃气报警器一直响',
    '一氧化碳报警器响了',
    '触电了',
    '墙倒了，压住一个人',
    '家暴，女的头破了',
    '孩子掉河里了',
  ])('danger in a few words: %s', (text) => {
    expect(grade(text)).toBe('danger');
  });

  it.each([
    '跳楼机扰民',
    '小区跳楼机噪音大',
    '跳楼价促销，喇叭吵',
    '心梗装过支架问报销',
    '问心梗后办慢病卡',
    '报警器没电误响',
    '防盗报警器老响',
    '停车难，死了的心都有',
    '孩子想学游泳',
  ])('a word of danger, and none: %s', (text) => {
    expect(grade(text)).not.toBe('danger');
  });

  it.each([
    '整个单元停电了',
    '家里没水两天了',
    '暖气不热，屋里十四度',
    '停气三天了',
    '楼道灯不亮，八十岁的老人摸黑上楼',
    '电梯停了，坐轮椅的下不来楼',
  ])('utility: %s', (text) => {
    expect(grade(text)).toBe('utility');
  });

  it.each([
    '这个月电费太高',
    '想开通天然气要什么手续',
    '楼道灯不亮',
    '电梯停了两天',
    '电梯老出故障',
    '低保怎么申请',
    '',
  ])('ordinary: %s', (text) => {
    expect(grade(text)).toBe('ordinary');
  });
});

describe('emergencyNumbers', () => {
  it.each([
    ['三楼着火了', 'fire'],
    ['老人晕倒叫不醒', 'medical'],
    ['有人拿刀砍人', 'police'],
    ['老人正在给骗子转账', 'police'],
    ['两辆车撞了，司机受伤', 'traffic'],
    ['变压器打火', 'power'],
    ['楼道里一股煤气味', 'gas'],
    ['水管爆了往下灌', 'water'],
    ['暖气片爆了', 'heat'],
    ['电梯里困着人', 'fire'],
    ['大爷走丢了', 'police'],
    ['心梗', 'medical'],
    ['写了遗书', 'police'],
  ] as const)('%s → %s', (text, kind) => {
    expect(emergencyNumbers(text)).toContain(kind);
  });

  it('gives the three best known where nothing is named, and never more than four', () => {
    expect(emergencyNumbers('出大事了')).toEqual(['fire', 'medical', 'police']);
    const many = emergencyNumbers('车撞了变压器，着火，人昏迷，煤气味，水管爆了，有人打架');
    expect(many.length).toBeLessThanOrEqual(4);
    expect(new Set(many).size).toBe(many.length);
  });

  it('does not take a telephone or an electric bicycle for the grid', () => {
    expect(emergencyNumbers('打电话没人接，大爷走丢了')).not.toContain('power');
    expect(emergencyNumbers('电动车撞了人')).not.toContain('power');
  });

  it('has a national number exactly for the four public services', () => {
    const national = Object.entries(EMERGENCY_SERVICES).filter(([, service]) => service.number !== null);
    expect(national.map(([kind, service]) => [kind, service.number])).toEqual([
      ['fire', '119'],
      ['medical', '120'],
      ['police', '110'],
      ['traffic', '122'],
    ]);
  });
});
