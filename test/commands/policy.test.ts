import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { policyOf } from '../../src/work/adopt.ts';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
});
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});

const user = (name: string) => {
  const found = world.users[name];
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const last = (name: string) => {
  const card = world.sim.private(user(name)).lastCard();
  if (!card) throw new Error('no card');
  return card;
};
const type = async (name: string, line: string) => {
  await user(name).sayPrivately(line);
  await world.settle();
  return world.sim.cardText(last(name));
};
const adoptions = () => world.office.q.work.adoptions();

describe('/制度', () => {
  it('says that without adoption nothing is owed', async () => {
    expect(await type('李梅', '/制度')).toContain('没有定数，也不提醒');
  });

  it('is adopted by the secretary in one line, with the clauses as printed', async () => {
    const text = await type('贺立', '/制度 采用 xian 从2026-10-01');
    expect(adoptions()).toMatchObject([
      { system: 'xian', orgId: world.orgs.第一支部, fromDay: '2026-10-01', toDay: null },
    ]);
    expect(text).toContain('第一支部 10月1日起');
    expect(text).toContain('每季度深入各户至少1次');
    expect(await type('李梅', '/制度')).toContain('每季度深入各户至少1次');
    expect(world.sim.buttons(last('李梅')).map((button) => button.label)).toEqual([]);
  });

  it('is adopted once', async () => {
    await type('贺立', '/制度 采用 xian 从2026-10-01');
    await type('贺立', '/制度 采用 xian 从2026-10-01');
    expect(adoptions()).toHaveLength(1);
  });

  it('is not adopted by a member', async () => {
    await user('李梅').sayPrivately('/制度 采用 xian 从2026-10-01');
    await world.settle();
    expect(adoptions()).toEqual([]);
    expect(world.sim.private(user('李梅')).texts()).toEqual(['采用和停用制度由书记或管理员来办。']);
  });

  it('asks by a form for what a line left out, and takes one’s own 文号', async () => {
    await type('贺立', '/制度 采用');
    const card = last('贺立');
    await user('贺立').press(card, '采用', {
      form: {
        system: 'rugang',
        org: String(world.orgs.第一支部),
        from: '2026-11-01',
        docNo: '梧党发〔2026〕3号',
        issuer: '',
      },
    });
    const [row] = adoptions();
    expect(row && policyOf(row)).toMatchObject({ docNo: '梧党发〔2026〕3号', issuer: '茹岗社区党委' });
    expect(world.sim.cardText(card)).toContain('梧党发〔2026〕3号');
  });

  it('refuses a form for an org that is not one’s own', async () => {
    const answer = await world.office.deliver({
      kind: 'action',
      connection: world.connection,
      dedupeKey: 'evt:forged',
      at: world.clock.now(),
      chat: { id: 'oc_forged', type: 'p2p' },
      messageId: 'om_forged',
      sender: { id: user('贺立').openId },
      action: 'policy.adopt',
      value: {},
      form: { system: 'xian', org: String(world.orgs.梧桐街道), from: '2026-11-01' },
    });
    expect(answer.toast?.text).toBe('采用和停用制度由书记或管理员来办。');
    expect(adoptions()).toEqual([]);
  });

  it('changes numbers from today on, in a copy of its own', async () => {
    await type('贺立', '/制度 采用 rugang 从2026-10-01');
    const card = last('贺立');
    await user('贺立').press(card, '改文号和数字');
    await user('贺立').press(card, '保存', {
      form: { docNo: '', issuer: '茹岗社区党委', 'count_contact-point': '1' },
    });
    const [before, after] = adoptions();
    expect(before).toMatchObject({ fromDay: '2026-10-01', toDay: '2026-11-17' });
    expect(after).toMatchObject({ fromDay: '2026-11-18', toDay: null });
    expect(after && policyOf(after).clauses[0]?.obligation?.count).toBe(1);
    const wrong = await user('贺立')
      .press(card, '改文号和数字')
      .then(() =>
        user('贺立').press(card, '保存', { form: { docNo: '', issuer: '', 'count_contact-point': '两次' } }),
      );
    expect(wrong.toast?.content).toBe('数字写1到1000的整数。');
  });

  it('ends with a last day, and what was recorded stays', async () => {
    await type('贺立', '/制度 采用 rugang 从2026-10-01');
    await type('贺立', '/制度 停用 rugang');
    expect(adoptions()).toMatchObject([{ toDay: '2026-11-18' }]);
    expect(await type('贺立', '/制度')).toContain('到11月18日为止');
  });
});
