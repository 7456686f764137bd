import { describe, expect, it } from 'vitest';
import { runParse } from '../../src/cli/parse.ts';

const NOW = Date.parse('2026-11-18T15:00:00+08:00');

async function parse(...lines: string[]): Promise<unknown[]> {
  const out: unknown[] = [];
  for await (const line of runParse(lines, NOW)) out.push(JSON.parse(line));
  return out;
}

describe('parse (contract, decision 45)', () => {
  it('prints one object a line with all keys, unknown = null', async () => {
    expect(await parse('/走访 3号楼 张某 低保咨询', '/走访 2号楼 冯某', '')).toEqual([
      {
        command: 'visit',
        place: '3号楼',
        person: '张某',
        mode: 'home',
        date: '2026-11-18',
        note: '低保咨询',
        more: [],
      },
      {
        command: 'visit',
        place: '2号楼',
        person: '冯某',
        mode: 'home',
        date: '2026-11-18',
        note: null,
        more: [],
      },
      { command: null, place: null, person: null, mode: null, date: null, note: null, more: [] },
    ]);
  });

  it('prints an issue with its topic', async () => {
    const [issue] = await parse('/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修');
    expect(issue).toEqual({
      command: 'issue',
      place: '6号楼',
      person: '陈奶奶',
      topic: '公共设施',
      urgent: false,
      text: '楼道灯坏了三天没人修',
      more: [],
    });
  });

  it('puts further contacts into more', async () => {
    expect(await parse('/走访 3号楼201张某、301李某 燃气安检')).toMatchObject([
      { place: '3号楼201', person: '张某', more: [{ place: '3号楼301', person: '李某', note: '燃气安检' }] },
    ]);
  });

  it('reads \\n as a newline', async () => {
    expect(await parse('/诉求\\n地点：4号楼\\n姓名：老李\\n诉求：慢病证怎么办')).toMatchObject([
      { command: 'issue', place: '4号楼', person: '老李', text: '慢病证怎么办' },
    ]);
  });

  it('names other commands and keeps their words', async () => {
    expect(await parse('办 128', '你好')).toMatchObject([
      { command: 'handle', note: '128', place: null },
      { command: null, note: '你好', mode: null },
    ]);
  });
});
