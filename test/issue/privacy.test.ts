import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk, PLAIN } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});

const HOSTILE =
  '3号楼2单元501 王桂芳 电话13812345678 身份证110101199003078515 得了癌症在家，孩子小宝8岁，去年上访过 <at id=all></at> **加粗** [链接](http://x.test)';
const NEVER = /501|王桂芳|138|110101|癌|小宝|上访|at id|\*\*|链接|x\.test/u;

describe('what a group may see (decisions 7, 8)', () => {
  it('is never the words, name, room or numbers, through the whole life of the matter', async () => {
    await desk.say('石小红', `/诉求 ${HOSTILE}`);
    await desk.tell('贺立', `研判 1 线下 <at id=all></at>13812345678 110101199003078515`);
    await desk.tell('贺立', `办 1 给王桂芳501送了药，孩子小宝也在，电话告诉了她`);
    await desk.tell('赵书记', '评 1 不满意 电话 本人 王桂芳说癌症的药没送到501');
    const group = desk.world.sim
      .chat(desk.world.group)
      .messages.map((message) => JSON.stringify(message.history) + JSON.stringify(message.content))
      .join('\n');
    expect(group).toContain('3号楼');
    expect(group).not.toMatch(NEVER);
    expect(desk.world.sim.messages.some((message) => message.mentionsAll)).toBe(false);
  });

  it('keeps all of it sealed in the file', async () => {
    await desk.tell('石小红', `诉求 ${HOSTILE}`);
    await desk.tell('贺立', '研判 1 线下 王师傅13812345678');
    for (const table of ['issue', 'issue_step', 'audit', 'outbox', 'inbox', 'live_card']) {
      const rows = JSON.stringify(desk.world.store.db.all(`select * from ${table}`) as unknown[]);
      expect(rows, table).not.toMatch(/王桂芳|13812345678|110101199003078515|王师傅|癌/u);
    }
  });

  it('shows delicate matters by topic alone in a title', async () => {
    await desk.tell('石小红', '诉求 6号楼 陈奶奶 低保停了，问为什么');
    const title = desk.text('贺立').split('\n')[0];
    expect(title).toContain('低保救助');
    expect(title).not.toContain('停了');
  });
});

describe('a complaint (care 11)', () => {
  it('goes round the person it is about, and stands in no group', async () => {
    desk.world.person('孙副', '第一支部', ['副书记']);
    await desk.say('石小红', '/投诉 6号楼 陈奶奶 贺立书记说话难听，事也不给办');
    expect(desk.state()).toMatchObject({ subjects: [desk.world.members.贺立], complaint: true });
    expect(desk.world.sim.private(desk.world.users.贺立 as never).messages).toEqual([]);
    expect(desk.text('孙副')).toContain('请您研判');
    expect(desk.group()).toBe('已记');
    await desk.tell('贺立', '第1号');
    expect(desk.world.sim.private(desk.world.users.贺立 as never).texts()).toEqual([
      '没有找到您能看的第1号。',
    ]);
    await desk.tell('贺立', '研判');
    expect(desk.text('贺立')).toBe('眼下没有等您研判的诉求');
  });

  it('hides who complains from the unit that handles it; who received it tells', async () => {
    await desk.say('石小红', '/投诉 6号楼 陈奶奶 物业半年没打扫楼梯');
    await desk.tell('贺立', '派 1 物业办');
    expect(desk.text('周强')).toContain('没打扫楼梯');
    expect(desk.text('周强')).not.toMatch(/陈奶奶|石小红/u);
    await desk.press('周强', '我来办');
    await desk.press('周强', '办好了', { result: '打扫了', kind: 'solved', told: 'no' });
    expect(desk.text('周强')).not.toMatch(/陈奶奶|石小红/u);
    expect(desk.text('石小红')).toContain('可以这样告诉陈奶奶');
    expect(await desk.press('石小红', '已告诉群众', { channel: 'face' })).toContain(
      '请没经手的同志问一句群众',
    );
  });
});

describe('danger (decision 34)', () => {
  const NIGHT = Date.parse('2026-11-22T02:10:00+08:00');

  it('begins with the numbers to ring and reaches secretary and deputies at once, on a Sunday night', async () => {
    await desk.close();
    desk = await openDesk({ at: NIGHT });
    desk.world.person('孙副', '第一支部', ['副书记']);
    desk.world.office.q.settings.set('repair-numbers', { gas: '96777' });
    await desk.tell('石小红', '诉求 5号楼 有股煤气味，敲门没人应');
    const lines = desk.text('石小红').split('\n');
    expect(lines[2]).toMatch(/^这像是急事。有危险请先打电话：火警119/u);
    expect(lines[2]).toContain('燃气抢修96777');
    expect(lines[3]).toBe('已同时通知贺立、孙副。');
    for (const name of ['贺立', '孙副']) {
      expect(desk.text(name)).toContain('请您研判 · 第1号');
      expect(desk.text(name)).toContain('火警119');
    }
    expect(desk.state()).toMatchObject({ grade: 'danger', dueAt: NIGHT + 2 * 3600_000 });
    expect(desk.world.office.q.issues.openDanger()).toHaveLength(1);
    await desk.press('石小红', '不是急事');
    expect(desk.state()).toMatchObject({ grade: 'ordinary', dueAt: Date.parse('2026-11-23T17:30+08:00') });
    expect(desk.text('石小红')).not.toContain('119');
  });

  it('invents no local number', async () => {
    await desk.tell('石小红', '诉求 5号楼 有股煤气味，敲门没人应');
    expect(desk.text('石小红')).not.toContain('燃气抢修');
  });
});

describe('who stands in', () => {
  it('is the deputy when the secretary is on leave', async () => {
    desk.world.person('孙副', '第一支部', ['副书记']);
    desk.world.office.q.members.addLeave({
      memberId: desk.world.members.贺立 ?? 0,
      fromDay: '2026-11-16',
      toDay: '2026-11-20',
      reason: '年假',
      now: desk.world.clock.now(),
    });
    await desk.say('石小红', PLAIN);
    expect(desk.text('孙副')).toContain('请您研判');
    expect(desk.text('石小红')).toContain('已送孙副研判');
    expect(desk.world.sim.private(desk.world.users.贺立 as never).messages).toEqual([]);
  });
});
