/** A permission of the app; any one of `anyOf` will do (feishu.md 2.1, 4, 8.2 and the page of each call). */
export interface Scope {
  anyOf: readonly string[];
  /** Without it something does not work at all; else only less well. */
  needed: boolean;
  /** What it is for, in the operator's words. */
  why: string;
}

/** What 连心 asks for, the first of each being the one to open. */
export const SCOPES: readonly Scope[] = [
  {
    anyOf: ['im:message.p2p_msg:readonly', 'im:message.p2p_msg'],
    needed: true,
    why: '听私聊里的话',
  },
  {
    anyOf: ['im:message.group_at_msg:readonly', 'im:message.group_at_msg'],
    needed: true,
    why: '听群里@它的话',
  },
  {
    anyOf: ['im:message:send_as_bot', 'im:message'],
    needed: true,
    why: '发回执、卡片和清单',
  },
  {
    anyOf: ['im:chat.members:read', 'im:chat:readonly', 'im:chat'],
    needed: true,
    why: '把群里的人按姓名和名册对上',
  },
  {
    anyOf: ['im:message.group_msg'],
    needed: false,
    why: '听群里不带@的“/走访”；不开就要@它',
  },
  {
    anyOf: ['im:message:readonly', 'im:message', 'im:message.history:readonly'],
    needed: false,
    why: '读管理员私聊发来的名册文件',
  },
  {
    anyOf: ['application:application:self_manage', 'admin:app.info:readonly'],
    needed: false,
    why: '体检时查事件和回调配好没有',
  },
  {
    anyOf: ['application:app_slash_command:write'],
    needed: false,
    why: '输入“/”时弹出命令面板',
  },
];

/** Events the app must be subscribed to, and what is lost without each. */
export const EVENTS: readonly { type: string; needed: boolean; why: string }[] = [
  { type: 'im.message.receive_v1', needed: true, why: '收不到消息' },
  { type: 'im.chat.member.bot.added_v1', needed: true, why: '进群时不会打招呼，书记没法认领本群' },
  { type: 'im.message.recalled_v1', needed: false, why: '撤回“走访”消息不会撤销记录' },
  { type: 'im.chat.member.bot.deleted_v1', needed: false, why: '被移出群后还会往群里发' },
  { type: 'im.chat.member.user.added_v1', needed: false, why: '新进群的人不会自动和名册核对' },
  { type: 'im.chat.member.user.deleted_v1', needed: false, why: '移出群的人还算在群里' },
  { type: 'im.chat.disbanded_v1', needed: false, why: '群解散后还会往群里发' },
  { type: 'application.bot.menu_v6', needed: false, why: '机器人菜单点了没反应' },
];
