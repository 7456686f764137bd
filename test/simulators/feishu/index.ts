/**
 * A strict simulator of the Feishu platform, for tests. It shares no code with `src`.
 *
 *   const sim = await createFeishuSim();
 *   … start the server with `sim.env()`, then sim.connectWebhook({ url }) …
 *   const lin = sim.addUser({ name: '林一' });
 *   const group = sim.addGroup({ name: '第一支部', members: [lin], withBot: true });
 *   await lin.say(group, '/走访 3号楼 张某');
 *   const card = await sim.waitFor(() => sim.private(lin).lastCard());
 *   await lin.press(card, '撤销这条记录');
 *   expect(sim.complaints).toEqual([]);
 *   await sim.close();
 */
export { signLegacyCard } from './crypto.ts';
export { createFeishuSim } from './sim.ts';
export type { FeishuSim } from './sim-type.ts';
export type * from './types.ts';
