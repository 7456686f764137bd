import { describe, expect, it } from 'vitest';
import { at, handled, Matter, NOW, told } from '../helpers/matter.ts';

describe('clocks (decision 34)', () => {
  it('gives triage one working day, ordinary matters seven, complex ones up to fifteen', () => {
    const matter = new Matter();
    expect(matter.facts.dueAt).toBe(at('2026-11-19T17:30'));
    matter.do(2, 'handleHere', { handlerId: 3 });
    expect(matter.facts).toMatchObject({
      state: 'handling',
      grade: 'ordinary',
      dueAt: at('2026-11-27T17:30'),
    });
    const later = new Matter();
    later.do(2, 'handleHere', { handlerId: 3, day: '2026-12-04' });
    expect(later.facts).toMatchObject({ grade: 'complex', dueAt: at('2026-12-04T17:30') });
    expect(new Matter().do(2, 'handleHere', { handlerId: 3, day: '2027-03-01' })).toBe(
      '最晚可以定到12月9日（周三）。',
    );
    expect(new Matter().do(2, 'handleHere', { handlerId: 3, day: '2026-11-17' })).toBe(
      '这个时间已经过了，请选往后的日期。',
    );
  });

  it('runs danger and failed supply on the wall clock, whatever day is asked for', () => {
    const danger = handled('danger');
    expect(danger.facts.dueAt).toBe(NOW + 2 * 3600_000);
    const utility = new Matter('utility');
    utility.do(2, 'dispatch', { unitId: 5, day: '2026-12-04' });
    expect(utility.facts.dueAt).toBe(NOW + 24 * 3600_000);
  });

  it('is not reset by a comment, another category, another handler or a return', () => {
    const matter = new Matter();
    matter.do(2, 'dispatch', { unitId: 5 });
    const due = matter.facts.dueAt;
    matter.now = at('2026-11-19T09:00');
    matter.do(2, 'retopic', { topic: '住房物业' });
    matter.do(6, 'claim', {});
    matter.do(6, 'return', { reason: '不归我们管' });
    expect(matter.facts).toMatchObject({
      state: 'reported',
      dueAt: due,
      handlerId: null,
      handlerOrgId: null,
    });
    matter.do(2, 'handleHere', { handlerId: 3 });
    expect(matter.facts).toMatchObject({ state: 'handling', dueAt: due });
    matter.do(2, 'reassign', { handlerId: 8, handlerOrgId: null });
    expect(matter.facts).toMatchObject({ handlerId: 8, dueAt: due });
  });

  it('counts anew from the same step when it proves to be no emergency', () => {
    const matter = new Matter('danger');
    matter.now = at('2026-11-18T16:00');
    matter.do(1, 'regrade', { grade: 'ordinary' });
    expect(matter.facts).toMatchObject({
      grade: 'ordinary',
      state: 'reported',
      dueAt: at('2026-11-19T17:30'),
      stepAt: NOW,
    });
  });
});

describe('dates told to a resident (decision 35)', () => {
  it('move later only with a reason and by who may approve, and the word to him is a step of its own', () => {
    const matter = handled();
    matter.do(3, 'told', told);
    expect(matter.facts).toMatchObject({ promisedDay: '2026-11-27', state: 'handling' });
    expect(matter.do(3, 'askLater', { day: '2026-11-25', reason: '缺配件' })).toBe(
      '只能往后改，现在是11月27日（周五）前。',
    );
    expect(matter.do(3, 'askLater', { day: '2026-12-02', reason: '' })).toBe('请写一句原因。');
    matter.do(3, 'askLater', { day: '2026-12-02', reason: '缺配件' });
    expect(matter.facts).toMatchObject({ laterDay: '2026-12-02', dueAt: at('2026-11-27T17:30') });
    matter.do(2, 'promise', { day: '2026-12-02', reason: '缺配件' });
    expect(matter.facts).toMatchObject({
      laterDay: null,
      dueAt: at('2026-12-02T17:30'),
      promisedDay: '2026-11-27',
    });
    matter.do(3, 'told', told);
    expect(matter.facts.promisedDay).toBe('2026-12-02');
  });

  it('does not put off what is dangerous', () => {
    expect(handled('danger').do(3, 'askLater', { day: '2026-11-30', reason: '忙' })).toContain('急事不改期');
  });
});
