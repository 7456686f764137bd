import type { DingTalkSim, JsonObject } from './index.ts';
import { hook, loggedIn, start } from './test-kit.ts';

/** Variables of a card without buttons or form. */
export const PLAIN = {
  lastMessage: '第128号',
  title: '第128号 · 6号楼',
  status: '待研判',
  body: '**类别**：公共设施',
  buttons: '[]',
  more_state: 'none',
  more_text: '',
  more: '[]',
  form: '{"fields":[]}',
  form_status: 'none',
  form_submit: '',
  form_action: '',
  form_value: '',
};
export const BUTTONS = JSON.stringify([
  { kind: 'act', label: '按建议办', color: 'blue', action: 'issue.accept', value: '{"id":128}' },
  {
    kind: 'ask',
    label: '撤销',
    color: 'red',
    action: 'undo',
    value: '{}',
    ask_title: '撤销？',
    ask_text: '不再计数',
  },
  { kind: 'link', label: '看全部', color: 'gray', url: 'https://office.example/f/1' },
]);
export const FORM = {
  form: JSON.stringify({
    fields: [
      { name: 'due', label: '改到哪天', type: 'DATE', required: true },
      { name: 'why', label: '为什么', type: 'SELECT', options: [{ value: 'parts', text: '缺配件' }] },
      { name: 'note', label: '备注', type: 'TEXT_AREA', defaultValue: '无' },
    ],
  }),
  form_status: 'normal',
  form_submit: '改期',
  form_action: 'issue.later',
  form_value: '{"id":128}',
};

export const toPerson = (sim: DingTalkSim, staffId: string, more: Record<string, unknown> = {}) => ({
  cardTemplateId: sim.templateId,
  outTrackId: 'card-1',
  callbackType: 'HTTP',
  callbackRouteKey: 'office',
  cardData: { cardParamMap: { ...PLAIN, buttons: BUTTONS } },
  openSpaceId: `dtv1.card//IM_ROBOT.${staffId}`,
  imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT' },
  ...more,
});

export const toGroup = (sim: DingTalkSim, group: string, more: Record<string, unknown> = {}) => ({
  cardTemplateId: sim.templateId,
  outTrackId: 'card-g',
  callbackType: 'HTTP',
  callbackRouteKey: 'office',
  cardData: { cardParamMap: { ...PLAIN, buttons: BUTTONS } },
  openSpaceId: `dtv1.card//IM_GROUP.${group}`,
  imGroupOpenDeliverModel: { robotCode: sim.robotCode },
  ...more,
});

export const CREATE = '/v1.0/card/instances/createAndDeliver';

export async function office(answer: () => JsonObject = () => ({})) {
  const sim = await start();
  const lin = sim.addUser({ name: '林一' });
  const mei = sim.addUser({ name: '李梅' });
  const group = sim.addGroup({ name: '第一支部', members: [lin, mei], withBot: true });
  const seen = hook(sim, () => ({ json: answer() }));
  const to = await loggedIn(sim);
  await to.call('POST', '/v1.0/card/callbacks/register', {
    callbackRouteKey: 'office',
    callbackUrl: 'http://office.test/webhook/dingtalk/card',
    apiSecret: 'card-secret',
  });
  return { sim, lin, mei, group, seen, to };
}

export const last = (sim: DingTalkSim) => {
  const message = sim.messages.at(-1);
  if (!message) throw new Error('no message');
  return message;
};
