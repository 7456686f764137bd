import type { Block, Button, Card, Field, Option } from './card.ts';

/** What an unknown person gets (decision 22, cards.md): nothing he typed is lost, and where residents are heard. */
export interface StrangerModel {
  /** 第一支部; null where no branch is meant. */
  org: string | null;
  phone: string | null;
  /** Nobody knows his name yet: he can say it. */
  askName: boolean;
}

export function strangerCard(model: StrangerModel): Card {
  const ring = model.phone ? `居民反映问题请打社区电话${model.phone}。` : '居民反映问题请打社区电话。';
  const blocks: Block[] = [
    {
      kind: 'text',
      text: `您还不在${model.org ? `${model.org}的` : ''}名册里。这条我先存着，书记确认后自动记上，不用重发。${ring}`,
    },
  ];
  if (model.askName) blocks.push({ kind: 'text', text: '请再发一句“我是”加您的姓名，书记好认出您。' });
  return { title: '还没对上名册，话已存好', tone: 'wait', blocks };
}

/** One unknown person, to the secretary. */
export interface PersonModel {
  connection: string;
  person: string;
  chat: number;
  /** '' = not known. */
  name: string;
  /** He says so himself. */
  self: boolean;
  /** 今天10:12在“第一支部工作群”发来1条; null = he has not written. */
  wrote: string | null;
  options: Option[];
  orgs: Option[];
  /** How it ended: `石小红，党员`, 不是我们这儿的. */
  settled: string | null;
}

export const NEW_AS: readonly Option[] = [
  { label: '新来的党员', value: 'new:党员' },
  { label: '新来的网格员', value: 'new:网格员' },
  { label: '居民志愿者', value: 'new:居民志愿者' },
  { label: '不是我们这儿的', value: 'outside' },
];

export function personCard(model: PersonModel): Card {
  const name = model.name || '有一位同志';
  if (model.settled) {
    return { title: `${name} · 已确认`, tone: 'done', blocks: [{ kind: 'text', text: model.settled }] };
  }
  const fields: Field[] = [
    {
      kind: 'select',
      name: 'who',
      label: '是哪一位',
      options: [...model.options, ...NEW_AS],
      required: true,
    },
  ];
  if (model.name === '') fields.push({ kind: 'text', name: 'name', label: '姓名（新来的才填）', max: 20 });
  if (model.orgs.length > 1) {
    fields.push({
      kind: 'select',
      name: 'org',
      label: '归哪里（新来的才选）',
      options: model.orgs,
      value: model.orgs[0]?.value,
    });
  }
  return {
    title: `请您认一认 · ${name}`,
    tone: 'wait',
    status: '待确认',
    blocks: [
      { kind: 'text', text: `${name}还没对上名册。${model.self ? '姓名是自己报的，请核实。' : ''}` },
      ...(model.wrote ? [{ kind: 'text' as const, text: `${model.wrote}，已存好，您确认后自动记上。` }] : []),
      {
        kind: 'form',
        name: 'admit',
        action: 'roster.admit',
        value: { connection: model.connection, person: model.person, chat: model.chat },
        fields,
        submit: '确认',
      },
    ],
  };
}

/** The people of a bound group who could not be matched, on one card (issue 2, point 10). */
export interface GroupPeopleModel {
  chat: number;
  group: string;
  people: { id: string; name: string; options: Option[] }[];
  /** Further people, shown after these. */
  more: number;
}

export function groupPeopleCard(model: GroupPeopleModel): Card {
  const total = model.people.length + model.more;
  if (total === 0) return { title: `${model.group} · 群里的人都对上了`, tone: 'done', blocks: [] };
  return {
    title: `请您认一认 · ${model.group}有${total}人没对上名册`,
    tone: 'wait',
    status: '待确认',
    blocks: [
      {
        kind: 'text',
        text: '同名的、名册里没有的，请选一下；拿不准的先空着，以后再选。',
        size: 'small',
        tone: 'muted',
      },
      {
        kind: 'form',
        name: 'people',
        action: 'roster.admit-group',
        // Who each field is about: the list may have changed before the card is answered.
        value: { chat: model.chat, ids: model.people.map((person) => person.id).join(',') },
        fields: model.people.map((person, index) => ({
          kind: 'select' as const,
          name: `p${index}`,
          label: person.name || '（没有姓名）',
          options: [...person.options, ...NEW_AS],
          placeholder: '先空着',
        })),
        submit: model.more > 0 ? '保存，看下一批' : '保存',
      },
    ],
  };
}

/** A powerful role was matched by name alone: somebody should know (decision 22). */
export function linkedCard(model: {
  connection: string;
  person: string;
  member: number;
  who: string;
  group: string;
  standing: boolean;
}): Card {
  const buttons: Button[] = [
    {
      label: '不是本人，取消',
      action: 'roster.unlink',
      value: { connection: model.connection, person: model.person, member: model.member },
      style: 'danger',
      confirm: { title: '取消这次对应？', text: '取消后他就不能用这个身份办事，做过的事都有记录。' },
    },
  ];
  return {
    title: `${model.who}的账号已对上名册`,
    tone: model.standing ? 'info' : 'done',
    blocks: model.standing
      ? [
          { kind: 'text', text: `来自“${model.group}”，按姓名对上的。是本人就不用管。` },
          { kind: 'buttons', buttons },
        ]
      : [{ kind: 'text', text: '已取消。' }],
  };
}

/** Everybody who waits, from /名册. */
export function waitingCard(options: Option[]): Card {
  if (options.length === 0) return { title: '没有等着确认的人', tone: 'done', blocks: [] };
  return {
    title: `等着确认的人 · ${options.length}`,
    tone: 'wait',
    blocks: [
      {
        kind: 'form',
        name: 'waiting',
        action: 'roster.waiting-open',
        fields: [{ kind: 'select', name: 'person', label: '选一位', options, required: true }],
        submit: '打开',
      },
    ],
  };
}
