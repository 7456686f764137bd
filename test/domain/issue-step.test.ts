import { describe, expect, it } from 'vitest';
import { dayOf } from '../../src/lib/day.ts';
import { asked, at, bad, good, handled, Matter, NOW, told } from '../helpers/matter.ts';

describe('from 办结 to the resident’s word', () => {
  it('asks for result, kind and how he was told; untold it waits for that', () => {
    const matter = handled();
    expect(matter.do(3, 'resolve', { result: '', kind: 'solved', told: null })).toBe('请写一句办得怎么样。');
    matter.do(3, 'resolve', { result: '换了灯', kind: 'partly', told: null });
    expect(matter.facts).toMatchObject({ state: 'resolved', closeKind: 'partly', askerId: null });
    matter.do(3, 'told', told);
    expect(matter.facts).toMatchObject({ state: 'awaitingSignOff', askerId: 9, toldAt: NOW });
  });

  it('waits when there is nobody to ask, and is never relaxed', () => {
    const matter = handled();
    matter.asker = null;
    matter.do(3, 'resolve', { result: '换了灯', kind: 'solved', told });
    expect(matter.facts).toMatchObject({ state: 'awaitingSignOff', askerId: null });
    matter.asker = 11;
    matter.do(0, 'nameAsker', {});
    expect(matter.facts).toMatchObject({ state: 'awaitingSignOff', askerId: 11 });
  });

  it('closes on 满意 with the kind that was said', () => {
    const matter = asked();
    matter.do(9, 'notReached', {});
    expect(matter.facts.state).toBe('awaitingSignOff');
    matter.do(9, 'evaluate', { ...good, satisfaction: 'fair' });
    expect(matter.facts).toMatchObject({
      state: 'closed',
      closeKind: 'solved',
      satisfaction: 'fair',
      closedAt: NOW,
      dueAt: null,
    });
  });

  it('wants a sentence with 不满意, and a witness with a slip of paper', () => {
    expect(asked().do(9, 'evaluate', { ...bad, sentence: '' })).toBe('不满意的话请写一句原因，好再办一次。');
    expect(asked().do(9, 'evaluate', { ...good, channel: 'paper' })).toBe('用纸条的话，请写上见证人。');
    expect(asked().do(9, 'evaluate', { ...good, channel: 'paper', witness: '楼长' })).toBe('');
  });

  it('goes to another handler with a shorter clock, then to a third way', () => {
    const matter = asked();
    matter.do(3, 'told', told);
    matter.do(9, 'evaluate', bad);
    expect(matter.facts).toMatchObject({
      state: 'rework',
      rework: 1,
      handlerId: 7,
      former: [3],
      dueAt: at('2026-11-24T17:30'),
      promisedDay: null,
      closeKind: null,
    });
    expect(matter.do(2, 'reassign', { handlerId: 3, handlerOrgId: null })).toBe('请换一位没办过这件事的人。');
    matter.do(7, 'resolve', { result: '换了线路', kind: 'solved', told });
    matter.do(9, 'evaluate', bad);
    expect(matter.facts).toMatchObject({ state: 'thirdPath', handlerId: null, former: [3, 7] });
    expect(matter.do(2, 'third', { path: 'hearing', day: '' })).toBe('请选一个日期。');
    matter.do(2, 'third', { path: 'hearing', day: '2026-11-26' });
    expect(matter.facts).toMatchObject({
      state: 'thirdPath',
      thirdPath: 'hearing',
      handlerId: 2,
      dueAt: at('2026-11-26T17:30'),
    });
    matter.do(2, 'resolve', { result: '评理后都认了', kind: 'explained', told });
    matter.do(9, 'evaluate', good);
    expect(matter.facts).toMatchObject({ state: 'closed', closeKind: 'explained' });
  });

  it('lets the visitor record the word of what was settled on the spot, and calls a sample back', () => {
    const settle = () => {
      const matter = new Matter();
      matter.do(2, 'settle', { result: '当场换了灯泡' });
      expect(matter.facts).toMatchObject({ state: 'settledOnSpot', handlerId: 1, closeKind: 'solved' });
      return matter;
    };
    const plain = settle();
    plain.do(1, 'word', { satisfaction: 'good', sampled: false });
    expect(plain.facts).toMatchObject({ state: 'closed', satisfaction: 'good' });
    const sampled = settle();
    sampled.do(1, 'word', { satisfaction: 'good', sampled: true });
    expect(sampled.facts).toMatchObject({ state: 'awaitingSignOff', askerId: 9 });
    const angry = settle();
    expect(angry.do(1, 'word', { satisfaction: 'bad', sampled: false })).toContain('写一句原因');
    angry.do(1, 'word', { satisfaction: 'bad', sampled: false, sentence: '又灭了' });
    expect(angry.facts).toMatchObject({ state: 'rework', handlerId: 7 });
  });
});

describe('ways out of a mistake (decision 20)', () => {
  it('takes a decision back for ten minutes, by who made it, while nothing followed', () => {
    const matter = handled();
    matter.now = NOW + 10 * 60_000;
    expect(matter.do(4, 'takeBack', {})).toBe('由刚才做决定的人来收回。');
    expect(matter.do(2, 'takeBack', {})).toBe('');
    expect(matter.facts).toMatchObject({
      state: 'reported',
      handlerId: null,
      deciderId: null,
      dueAt: at('2026-11-19T17:30'),
    });
    const late = handled();
    late.now = NOW + 10 * 60_000 + 1;
    expect(late.do(2, 'takeBack', {})).toBe('已过10分钟，收不回了。要改请用“改派”。');
    const followed = handled();
    followed.do(3, 'told', told);
    expect(followed.do(3, 'takeBack', {})).toBe('后面又有了新进展，收不回了。要改请用“改派”。');
  });

  it('corrects a sign-off for a day, by who wrote it, while nothing followed', () => {
    const matter = asked();
    matter.do(9, 'evaluate', good);
    matter.now = NOW + 24 * 3600_000;
    expect(matter.do(8, 'fixSignOff', {})).toBe('由刚才去问的人来改。');
    expect(matter.do(9, 'fixSignOff', {})).toBe('');
    expect(matter.facts).toMatchObject({
      state: 'awaitingSignOff',
      satisfaction: null,
      closedAt: null,
      askerId: 9,
    });
    const late = asked();
    late.do(9, 'evaluate', bad);
    late.now = NOW + 24 * 3600_000 + 1;
    expect(late.do(9, 'fixSignOff', {})).toContain('已过24小时');
  });

  it('lets a unit give it back once, within a working day', () => {
    const matter = new Matter();
    matter.do(2, 'dispatch', { unitId: 5 });
    matter.do(6, 'return', { reason: '不归我们管' });
    matter.do(2, 'dispatch', { unitId: 5 });
    expect(matter.do(6, 'return', { reason: '真的不归' })).toContain('退回只能用一次');
    const other = new Matter();
    other.do(2, 'dispatch', { unitId: 5 });
    other.now = at('2026-11-19T17:31');
    expect(other.do(6, 'return', { reason: '不归我们管' })).toContain('已过1个工作日');
  });

  it('takes the same matter up again for thirty days', () => {
    const matter = asked();
    matter.do(9, 'evaluate', good);
    const again = asked();
    again.do(9, 'evaluate', good);
    matter.now = at('2026-12-18T20:00');
    expect(matter.do(1, 'reopen', { words: '又灭了' })).toBe('');
    expect(matter.facts).toMatchObject({
      state: 'rework',
      rework: 1,
      handlerId: 7,
      closedAt: null,
      satisfaction: null,
    });
    again.now = at('2026-12-19T08:00');
    expect(again.do(1, 'reopen', {})).toBe('办结已过30天，请当新的诉求再报一次。');
  });
});

describe('other decisions', () => {
  it('reports up only where there is somebody above', () => {
    expect(new Matter().do(2, 'escalate', { parentId: null })).toBe(
      '上面没有可以上报的党组织了，请在本级定。',
    );
    const matter = new Matter();
    matter.now = NOW + 3600_000;
    matter.do(2, 'escalate', { parentId: 1 });
    expect(matter.facts).toMatchObject({ state: 'escalated', triageOrgId: 1, dueAt: at('2026-11-19T17:30') });
    matter.do(5, 'handleHere', { handlerId: 3 });
    expect(matter.facts).toMatchObject({ state: 'handling', triageOrgId: 1, deciderId: 5 });
  });

  it('has the dispatcher follow what went outside, and the receiver explain', () => {
    const outside = new Matter();
    outside.do(2, 'outside', { whom: '市自来水公司', number: '77' });
    expect(outside.facts).toMatchObject({ state: 'outside', handlerId: 2 });
    const explained = new Matter();
    explained.do(2, 'explain', { reason: '还差半年' });
    expect(explained.facts).toMatchObject({ state: 'explained', handlerId: 1, closeKind: 'explained' });
    explained.do(1, 'told', told);
    expect(explained.facts.state).toBe('awaitingSignOff');
  });

  it('changes a decision later with the clock running, to a person or a unit', () => {
    const matter = handled();
    matter.now = NOW + 3600_000;
    matter.do(2, 'reassign', { handlerId: null, handlerOrgId: 5 });
    expect(matter.facts).toMatchObject({
      state: 'dispatched',
      handlerId: null,
      handlerOrgId: 5,
      former: [3],
      stepAt: NOW + 3600_000,
    });
    expect(matter.do(2, 'reassign', { handlerId: null, handlerOrgId: 5 })).toBe(
      '现在就是这样安排的，没有变化。',
    );
    expect(dayOf(matter.facts.dueAt ?? 0)).toBe('2026-11-27');
  });

  it('is taken by the first of a unit', () => {
    const matter = new Matter();
    matter.do(2, 'dispatch', { unitId: 5 });
    expect(matter.do(6, 'claim', {})).toBe('');
    expect(matter.facts.handlerId).toBe(6);
    expect(matter.do(8, 'claim', {})).toBe('已经有人接单了。');
  });

  it('tells withdrawn and transferred apart from solved', () => {
    const withdrawn = handled();
    withdrawn.do(1, 'withdraw', { reason: '自己修好了' });
    expect(withdrawn.facts).toMatchObject({ state: 'closed', closeKind: 'withdrawn', closedAt: NOW });
    const transferred = handled();
    transferred.do(2, 'transfer', { whom: '区信访局', told });
    expect(transferred.facts).toMatchObject({ state: 'closed', closeKind: 'transferred', toldAt: NOW });
  });
});
