import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Issue } from '../../db/queries/issue-rows.ts';
import { type Door, STRANGER } from './door.ts';

const VISIT = '/走访 3号楼2单元501 张某 低保咨询';
const ISSUE = '/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修';
/** What no group may ever show of the two (decision 7). */
const PRIVATE = /张某|501|低保|陈奶奶|楼道灯|石小红|贺立/;
const CALL = { form: { channel: 'call', answerer: 'self' }, typed: '电话 本人' };

/** What every platform must let people do (issue 4, point 9): the whole main job through its front door. */
export function platformContract(name: string, open: () => Promise<Door>): void {
  describe(name, () => {
    let door: Door;
    beforeEach(async () => {
      door = await open();
    });
    afterEach(async () => {
      const complaints = door.complaints();
      await door.close();
      expect(complaints).toEqual([]);
    });

    /** The group's lines; an @ of the one who spoke is no name of anybody's. */
    const group = (): string =>
      door
        .group()
        .join('\n')
        .replaceAll(/@(?:石小红|李梅)/g, '');
    const last = (lines: readonly string[]): string => lines.at(-1) ?? '';
    const issue = (): Issue => {
      const orgs = door.office.q.orgs.all().map((org) => org.id);
      const [head] = door.office.q.issues.numbered(1, orgs);
      const found = head && door.office.q.issues.get(head.id);
      if (!found) throw new Error('no matter 1');
      return found;
    };
    const visits = (): number =>
      door.office.q.visits.diary(door.members.石小红 ?? 0, { limit: 50, offset: 0 }).length;

    it('records a visit: one short line in the group, the words in private', async () => {
      await door.say('石小红', VISIT);
      expect(visits()).toBe(1);
      expect(door.group()).toHaveLength(1);
      expect(group()).toContain('已记 · 3号楼 1户');
      expect(group()).not.toMatch(PRIVATE);
      expect(last(door.private('石小红'))).toContain('张某');
      expect(last(door.private('石小红'))).toContain('低保咨询');
      expect(door.private('李梅')).toEqual([]);
    });

    it('takes a record back from its card, and says so', async () => {
      await door.tell('石小红', VISIT);
      await door.act('石小红', { label: '撤销这条记录' });
      expect(visits()).toBe(0);
      expect(last(door.private('石小红'))).toContain('撤销');
    });

    it('corrects a record by a form that keeps what is not touched', async () => {
      await door.tell('石小红', VISIT);
      await door.act('石小红', {
        label: '修改',
        form: { note: '低保材料已交' },
        typed: '什么事：低保材料已交',
      });
      const [visit] = door.office.q.visits.diary(door.members.石小红 ?? 0, { limit: 1, offset: 0 });
      expect(visit).toMatchObject({ note: '低保材料已交', building: '3号楼' });
    });

    it('does one thing once, however often the platform pushes it', async () => {
      await door.say('石小红', VISIT);
      if (!door.again) return;
      const before = [door.group().length, door.private('石小红').length];
      await door.again();
      await door.again();
      expect(visits()).toBe(1);
      expect([door.group().length, door.private('石小红').length]).toEqual(before);
    });

    it('takes nothing under a wrong secret', async () => {
      if (!door.forged) return;
      expect(await door.forged()).toBe(401);
      expect(door.office.q.inbox.seen('msg:msgForged')).toBeUndefined();
      expect(door.group()).toEqual([]);
    });

    it('sends what could not be sent as soon as it can, once', async () => {
      if (!door.fail) return;
      door.fail(2);
      await door.tell('石小红', VISIT);
      await door.moveTo('2026-11-18T15:02');
      expect(door.private('石小红').filter((text) => text.includes('张某'))).toHaveLength(1);
    });

    it('carries a matter from a line to the resident’s word', async () => {
      await door.say('石小红', ISSUE);
      expect(group()).toContain('第1号');
      expect(group()).toContain('公共设施');
      expect(group()).not.toMatch(PRIVATE);
      expect(door.private('贺立').join()).toContain('请您研判 · 第1号');
      await door.act('贺立', { label: '按建议办' });
      expect(issue()).toMatchObject({ state: 'handling', handlerId: door.members.石小红 });
      await door.act('石小红', { label: '已告诉群众', form: { channel: 'call' }, typed: '电话' });
      expect(issue().toldAt).not.toBeNull();
      await door.act('石小红', {
        label: '办好了',
        form: { result: '换了声控灯', kind: 'solved', told: 'face' },
        typed: '换了声控灯 已解决 当面告诉了',
      });
      expect(issue()).toMatchObject({ state: 'awaitingSignOff', askerId: door.members.李梅 });
      expect(door.private('李梅').join()).toContain('请您帮忙问一句');
      await door.act('李梅', { label: '满意', ...CALL });
      expect(issue()).toMatchObject({ state: 'closed', closeKind: 'solved', satisfaction: 'good' });
      expect(group()).not.toMatch(PRIVATE);
      expect(door.office.q.audit.verify()).toBeNull();
    });

    it('sends a matter to a unit, whose contact takes it and gives it back', async () => {
      await door.say('石小红', ISSUE);
      const unit = door.office.q.orgs.all().find((org) => org.name === '物业办')?.id;
      await door.act('贺立', { label: '派给单位', form: { unit: `u${unit}` }, typed: '物业办' });
      expect(issue()).toMatchObject({ state: 'dispatched', handlerOrgId: unit });
      await door.act('周强', { label: '我来办' });
      expect(issue().handlerId).toBe(door.members.周强);
      await door.act('周强', { label: '退回', form: { reason: '不归物业管' }, typed: '不归物业管' });
      expect(issue().state).toBe('reported');
      expect(door.private('贺立').join()).toContain('物业办退回：不归物业管');
    });

    it('handles again what the resident is not content with', async () => {
      await door.say('石小红', ISSUE);
      await door.act('贺立', { label: '按建议办' });
      await door.act('石小红', {
        label: '办好了',
        form: { result: '换了灯泡', kind: 'solved', told: 'face' },
        typed: '换了灯泡 已解决 当面告诉了',
      });
      await door.act('李梅', {
        label: '不满意，原因…',
        form: { channel: 'call', answerer: 'self', sentence: '晚上还是不亮' },
        typed: '电话 本人 晚上还是不亮',
      });
      expect(issue()).toMatchObject({ state: 'rework', handlerId: door.members.贺立 });
      expect(door.private('贺立').join()).toContain('群众不满意：晚上还是不亮');
    });

    it('answers what it cannot read with an example, and loses nothing', async () => {
      await door.tell('石小红', '/走访');
      expect(last(door.private('石小红'))).toContain('/走访');
      await door.tell('石小红', '帮助');
      expect(last(door.private('石小红'))).toContain('走访');
    });

    it('keeps a stranger’s line and asks his secretary', async () => {
      await door.say(STRANGER, '/走访 3号楼 张某 家里都好');
      await door.moveTo('2026-11-18T15:01');
      expect(door.private(STRANGER)).toHaveLength(1);
      expect(door.private('贺立').join()).toContain(STRANGER);
    });

    it('gives the group one list on Monday', async () => {
      await door.say('石小红', VISIT);
      await door.say('李梅', ISSUE);
      const before = door.group().length;
      await door.moveTo('2026-11-23T09:30');
      const added = door.group().slice(before);
      expect(added.filter((text) => text.includes('上周'))).toHaveLength(1);
      expect(group()).not.toMatch(PRIVATE);
      await door.moveTo('2026-11-23T17:30');
      expect(door.group().slice(before)).toHaveLength(added.length);
    });
  });
}
