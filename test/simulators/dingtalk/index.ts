/**
 * A strict simulator of the DingTalk platform, for tests. It shares no code with `src`.
 *
 *   const sim = await createDingTalkSim();
 *   … start the server with `sim.env()`, then sim.connectHttp({ url }) or sim.transport = 'stream' …
 *   const lin = sim.addUser({ name: '林一' });
 *   const group = sim.addGroup({ name: '第一支部', members: [lin], withBot: true });
 *   await lin.say(group, '/走访 3号楼 张某', { at: true });
 *   const card = await sim.waitFor(() => sim.private(lin).lastCard());
 *   await lin.press(card, '撤销这条记录');   // a template card
 *   await lin.tap(card, '撤销这条记录');     // a link of an ActionCard or markdown
 *   expect(sim.complaints).toEqual([]);
 *   await sim.close();
 */
export { cardSign, decryptEvent, encryptEvent, eventSign, robotSign } from './crypto.ts';
export type * from './options.ts';
export { createDingTalkSim } from './sim.ts';
export type { DingTalkSim } from './sim-type.ts';
export type * from './types.ts';
