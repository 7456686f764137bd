import { bindConfirm, bindDone, bindForm, unbindConfirm } from '../../cards/bind.ts';
import { bindableOrgs, bindingLabel, boundLabel, type Purpose } from '../work/binding.ts';
import { privateView } from './define.ts';

const LISTED = 30;

/** Which org, and what kind of group (decision 11); private, because a group's card would be everybody's form. */
export const bindFormView = privateView<{ chat: number; org: number }>({
  name: 'bind.form',
  render(v, { chat: chatId, org }) {
    const chat = v.q.chats.get(chatId);
    if (!chat || !v.viewer) return null;
    const orgs = bindableOrgs(v.q, v.viewer);
    const wished = org === 0 ? (chat.orgId ?? 0) : org;
    const sorted = [
      ...orgs.filter((each) => each.id === wished),
      ...orgs.filter((each) => each.id !== wished),
    ];
    return bindForm({
      chat: chatId,
      group: chat.name ?? '本群',
      bound: boundLabel(v.q, chat),
      orgs: sorted
        .slice(0, LISTED)
        .map((each) => ({ label: v.q.orgs.label(each.id), value: String(each.id) })),
      more: sorted.length > LISTED,
      purpose: chat.purpose,
    });
  },
});

export const bindConfirmView = privateView<{ chat: number; org: number; purpose: string }>({
  name: 'bind.confirm',
  render(v, { chat: chatId, org, purpose }) {
    const chat = v.q.chats.get(chatId);
    const from = chat && boundLabel(v.q, chat);
    if (!chat || !from) return null;
    const to = bindingLabel(v.q, org, purpose === 'residents' ? 'residents' : ('work' satisfies Purpose));
    return bindConfirm({ chat: chatId, org, purpose, group: chat.name ?? '本群', from, to });
  },
});

export const bindDoneView = privateView<{ chat: number }>({
  name: 'bind.done',
  follows: ({ chat }) => [`chat:${chat}`],
  render(v, { chat: chatId }) {
    const chat = v.q.chats.get(chatId);
    if (!chat) return null;
    return bindDone({
      group: chat.name ?? '本群',
      bound: boundLabel(v.q, chat),
      work: chat.purpose === 'work',
    });
  },
});

export const unbindView = privateView<{ chat: number }>({
  name: 'unbind.confirm',
  render(v, { chat: chatId }) {
    const chat = v.q.chats.get(chatId);
    const bound = chat && boundLabel(v.q, chat);
    return chat && bound ? unbindConfirm({ chat: chatId, group: chat.name ?? '本群', bound }) : null;
  },
});
