import { list, str } from '../read.ts';
import { classify } from './classify.ts';
import type { Called, FeishuClient } from './client.ts';

const PATH = '/open-apis/application/v7/app_slash_commands';
/** Registered meanwhile by somebody else: that is what was wanted. */
const ALREADY = 40000000;

/** What the panel offers when somebody types `/`, first things first; a chosen one is typed as `/走访 ` (feishu.md 8.2). */
export const PANEL: readonly { command: string; says: string }[] = [
  { command: '走访', says: '去了谁家、什么事，一句话记上' },
  { command: '诉求', says: '群众有事要办：哪栋楼、谁家、什么事' },
  { command: '我的', says: '我还差几户、有什么等我办' },
  { command: '未遇', says: '去了没见到人' },
  { command: '撤销', says: '刚才那条不算' },
  { command: '更正', says: '改刚记的那条' },
  { command: '日记', says: '我的民情日记' },
  { command: '户', says: '看一户的情况' },
  { command: '请假', says: '哪几天不在，期限顺延' },
  { command: '研判', says: '书记：等着定的诉求' },
  { command: '帮助', says: '这里能做什么' },
];

interface Answered {
  code?: number | undefined;
  data?: unknown;
}

interface Registered {
  /** Commands of ours that are not there, or described otherwise. */
  missing: typeof PANEL;
  /** Feishu's id of each of ours that is there. */
  ids: ReadonlyMap<string, string>;
}

/** What of ours stands in the panel; others' commands are none of our business. */
export async function readPanel(call: FeishuClient['call']): Promise<Called<Registered>> {
  const listed = await call((client) =>
    client.request<Answered>({ method: 'GET', url: PATH, params: { page_size: 100 } }),
  );
  if (!listed.ok) return listed;
  const items = list(listed.answer.data, 'items');
  const found = new Map(items.map((item) => [str(item, 'command'), item]));
  const missing = PANEL.filter(({ command, says }) => {
    const item = found.get(command);
    return !item || JSON.stringify(item).includes(JSON.stringify(says)) === false;
  });
  const ids = new Map([...found].map(([command, item]) => [command, str(item, 'command_id')]));
  return { ok: true, answer: { missing, ids } };
}

/** Adds and corrects what is missing, the last first, for the newest stands on top. The code of the first refusal, or null. */
export async function writePanel(call: FeishuClient['call'], panel: Registered): Promise<string | null> {
  for (const { command, says } of [...panel.missing].reverse()) {
    const id = panel.ids.get(command);
    const description = { default_value: says, i18n: { zh_cn: says } };
    const written = await call((client) =>
      id
        ? client.request<Answered>({
            method: 'PATCH',
            url: `${PATH}/${encodeURIComponent(id)}`,
            data: { description },
          })
        : client.request<Answered>({ method: 'POST', url: PATH, data: { command, description } }),
    );
    if (!written.ok && written.failure.code !== ALREADY) return classify(written.failure).code;
  }
  return null;
}
