import { describe, expect, it } from 'vitest';
import { COMMAND_WORDS } from '../../../src/domain/text/command-words.ts';
import { recogniseCommand } from '../../../src/domain/text/recognise-command.ts';

const group = (text: string) => recogniseCommand(text, { addressed: false, private: false });
const addressed = (text: string) => recogniseCommand(text, { addressed: true, private: false });
const inPrivate = (text: string) => recogniseCommand(text, { addressed: true, private: true });

describe('the table of words', () => {
  it('gives each word to one command only', () => {
    const words = COMMAND_WORDS.flatMap(({ chinese, aliases, latin }) => [chinese, ...aliases, ...latin]);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });
});

describe('in a group (decision 4)', () => {
  it.each(['/走访 3号楼', '／走访 3号楼', '、走访 3号楼', '/走访3号楼'])('%s is a command', (text) => {
    expect(group(text)).toMatchObject({ name: 'visit', via: 'exact', rest: '3号楼' });
  });

  it.each(['走访 3号楼 张某', '今天天气好', '/啥玩意 3号楼', '/', '、', '帮助大家', ''])(
    '%s is silence',
    (text) => {
      expect(group(text)).toBeNull();
    },
  );

  it('answers a misspelling at edit distance 1 or the same sound', () => {
    expect(group('/走坊 3号楼')).toMatchObject({
      name: 'visit',
      via: 'homophone',
      word: '走坊',
      rest: '3号楼',
    });
    expect(group('/苏求 3号楼')).toMatchObject({ name: 'issue', via: 'homophone' });
    expect(group('/走仿访 3号楼')).toMatchObject({ name: 'visit' });
    expect(group('/请架')).toMatchObject({ name: 'leave', via: 'homophone' });
  });

  it('takes a mention off before looking', () => {
    expect(group('@连心助手/走访 3号楼')).toMatchObject({ name: 'visit', rest: '3号楼' });
    expect(group('@_user_1 /走访 3号楼')).toMatchObject({ name: 'visit', rest: '3号楼' });
    expect(group('@连心助手 /走访 3号楼')).toMatchObject({ name: 'visit', rest: '3号楼' });
  });
});

describe('when addressed', () => {
  it('needs no slash', () => {
    expect(addressed('@连心助手 走访 3号楼')).toMatchObject({ name: 'visit', rest: '3号楼' });
    expect(addressed('走访3号楼')).toMatchObject({ name: 'visit', rest: '3号楼' });
  });

  it('offers the nearest command behind a slash', () => {
    expect(addressed('/走一走看一看')).toMatchObject({ nearest: expect.any(String) });
    expect(addressed('/研究判断')).toEqual({ nearest: 'triage', rest: '研究判断' });
  });
});

describe('in private chat', () => {
  it('reads dictation and polite words', () => {
    expect(inPrivate('斜杠走访三号楼张大爷')).toMatchObject({ name: 'visit', rest: '三号楼张大爷' });
    expect(inPrivate('嗯那个帮我记一下走访三号楼')).toMatchObject({ name: 'visit', rest: '三号楼' });
    expect(inPrivate('走访了一下三号楼')).toMatchObject({ name: 'visit', rest: '三号楼' });
  });

  it('keeps a day that stands before the word', () => {
    expect(inPrivate('昨天走访3号楼')).toMatchObject({ name: 'visit', rest: '昨天 3号楼' });
  });

  it('reads initials and pinyin in any case, run into a number too', () => {
    for (const text of ['zf 3号楼', 'ZF3号楼', 'Zf　3号楼', 'zoufang 3号楼']) {
      expect(inPrivate(text)).toMatchObject({ name: 'visit', via: 'initials', rest: '3号楼' });
    }
    expect(inPrivate('zfb 3号楼')).toBeNull();
  });

  it('knows what a word says of the mode', () => {
    expect(inPrivate('电话 5栋302')).toMatchObject({ name: 'visit', mode: 'phone' });
    expect(inPrivate('电联 5栋302')).toMatchObject({ name: 'visit', mode: 'phone' });
    expect(inPrivate('入户 5栋302')).not.toHaveProperty('mode');
  });

  it('takes everyday words for commands only when something parts them', () => {
    expect(inPrivate('办 128')).toMatchObject({ name: 'handle', rest: '128' });
    expect(inPrivate('派128 物业')).toMatchObject({ name: 'dispatch', rest: '128 物业' });
    expect(inPrivate('办公室漏水')).toBeNull();
    expect(inPrivate('电话费太贵')).toBeNull();
    expect(inPrivate('没人管的井盖')).toBeNull();
    expect(inPrivate('户籍怎么迁')).toBeNull();
  });

  it('hears a thing done inside a sentence, and no question or plan', () => {
    expect(inPrivate('我昨天去3号楼走访了张大爷')).toMatchObject({
      name: 'visit',
      rest: '我昨天去3号楼走访了张大爷',
    });
    expect(inPrivate('有居民反映3号楼灯坏了')).toMatchObject({ name: 'issue', rest: '3号楼灯坏了' });
    expect(inPrivate('这周走访还差几户？')).toBeNull();
    expect(inPrivate('明天去走访3号楼')).toBeNull();
    expect(group('我昨天去3号楼走访了张大爷')).toBeNull();
  });

  it('takes a word that is a command only by itself', () => {
    expect(inPrivate('走访记录')).toMatchObject({ name: 'diary' });
    expect(inPrivate('走访记录 3号楼')).toMatchObject({ name: 'visit', rest: '3号楼' });
  });

  it('leaves a label alone', () => {
    expect(inPrivate('走访人：老王 3号楼')).toBeNull();
  });

  it('leaves greetings and plain talk to the caller', () => {
    for (const text of ['你好', '在吗', '今天天气不错', '3号楼 张某 低保咨询', '128'])
      expect(inPrivate(text)).toBeNull();
  });

  it('keeps the lines of a form', () => {
    expect(inPrivate('/诉求\n地点：4号楼')).toMatchObject({ name: 'issue', rest: '\n地点：4号楼' });
    expect(inPrivate('诉求：东门口井盖没了')).toMatchObject({ name: 'issue', rest: '东门口井盖没了' });
  });

  it.each([
    ['还差几户', 'mine'],
    ['待办', 'mine'],
    ['反应 3号楼', 'issue'],
    ['又坏了 128', 'reopen'],
    ['撤销', 'withdraw'],
    ['未遇3号楼', 'attempt'],
    ['帮助', 'help'],
    ['认领 483920', 'claim'],
    ['签单 128 满意', 'evaluate'],
    ['看望 3号楼', 'visit'],
  ])('%s is %s', (text, name) => {
    expect(inPrivate(text)).toMatchObject({ name });
  });
});

describe('words of two meanings', () => {
  it.each([
    ['回访 128 满意', 'evaluate'],
    ['回访 第128号 不满意', 'evaluate'],
    ['回访 不满意', 'evaluate'],
    ['回访', 'evaluate'],
    ['/回访 6号楼 张某 灯修好了', 'visit'],
    ['回访 张某 上次的事办好了', 'visit'],
  ])('%s: %s', (line, name) => expect(inPrivate(line)).toMatchObject({ name }));

  it.each([
    ['打电话 张某 说了低保', 'phone'],
    ['微信语音 张某 说了低保', 'message'],
  ])('%s is a visit by %s', (line, mode) => expect(inPrivate(line)).toMatchObject({ name: 'visit', mode }));

  it('打电话找物业 in a group is talk', () => {
    expect(group('打电话找物业')).toBeNull();
    expect(inPrivate('打电话找不到人')).not.toMatchObject({ name: 'visit' });
  });
});

describe('what is not guessed', () => {
  it.each([
    '/解释 6 讲清楚了',
    '/车速 太快',
    '/别撤销 张某',
    '/不告诉 9 电话',
    '/没走访 3号楼',
    '/已遇到 3号楼',
  ])('%s is another word', (text) => {
    expect(group(text)).toBeNull();
    expect(inPrivate(text)).not.toHaveProperty('name');
  });

  it('while a heard one is: 撤消, 倒入, 为遇, 末遇', () => {
    expect(group('/撤消')).toMatchObject({ name: 'withdraw', via: 'homophone' });
    expect(group('/倒入')).toMatchObject({ name: 'import', via: 'homophone' });
    expect(group('/为遇 3号楼')).toMatchObject({ name: 'attempt', via: 'homophone' });
    expect(group('/末遇 3号楼')).toMatchObject({ name: 'attempt' });
  });

  it('offers no such thing either', () => {
    expect(inPrivate('/解释一下')).not.toEqual(expect.objectContaining({ nearest: 'unbind' }));
  });
});
