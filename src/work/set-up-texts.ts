/** What somebody reads who has just become an administrator: the next steps, in order (decision 6). */
export const CLAIMED = [
  '您现在是管理员了。接下来三步：',
  '一、名册：在服务器上用 lianxin import 导入，或在这里发“名册”加人；',
  '二、把我拉进支部的工作群，请书记点“认领本群”；',
  '三、采用制度：发“制度”看有哪几套。',
  '管理员管设置，不研判，也不看群众家里的事。',
].join('\n');
