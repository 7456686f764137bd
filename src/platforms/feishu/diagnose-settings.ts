import type { Finding } from '../platform.ts';
import { list, obj, str } from '../read.ts';
import { classify } from './classify.ts';
import type { FeishuClient } from './client.ts';
import { EVENTS, SCOPES } from './scopes.ts';

interface SettingsInput {
  call: FeishuClient['call'];
  appId: string;
  baseUrl: string;
  mode: 'webhook' | 'longconn';
}

const CALLBACK = 'card.action.trigger';
/** As Feishu names the two ways in which it pushes. */
const WAYS = { webhook: '将事件发送至开发者服务器', longconn: '使用长连接接收' } as const;
const WIRE = { webhook: 'webhook', longconn: 'websocket' } as const;

/** What stands in the developer console: permissions, events, callbacks. */
export async function settings(input: SettingsInput): Promise<Finding[]> {
  return [...(await scopes(input)), ...(await subscriptions(input))];
}

/** `GET application/v6/scopes` tells every permission granted, and needs none itself. */
async function scopes({ call, appId, baseUrl }: SettingsInput): Promise<Finding[]> {
  const what = '权限';
  const asked = await call((client) => client.application.v6.scope.list({}));
  if (!asked.ok)
    return [
      {
        what,
        ok: null,
        detail: `没能查到（${classify(asked.failure).code}）`,
        remedy: `请在开发者后台“权限管理”核对：${SCOPES.map(({ anyOf }) => anyOf[0]).join('、')}。`,
      },
    ];
  const granted = new Set(
    list(asked.answer.data, 'scopes')
      .filter((row) => obj({ row }, 'row').grant_status === 1 && str(row, 'scope_type') !== 'user')
      .map((row) => str(row, 'scope_name')),
  );
  const missing = SCOPES.filter(({ anyOf }) => !anyOf.some((name) => granted.has(name)));
  if (missing.length === 0) return [{ what, ok: true, detail: '用到的都开通了' }];
  const query = missing.map(({ anyOf }) => anyOf[0]).join(',');
  const remedy = `打开 ${baseUrl}/app/${appId}/auth?q=${query}&op_from=openapi&token_type=tenant 一次开通，再发布版本。`;
  return missing.map(({ anyOf, needed, why }) => ({
    what,
    ok: needed ? false : null,
    detail: `没有 ${anyOf[0]}：${why}`,
    remedy: needed ? remedy : `不开也能用。${remedy}`,
  }));
}

/** The app's own page; of it only these fields are looked at, for it holds the keys too. */
async function subscriptions({ call, mode }: SettingsInput): Promise<Finding[]> {
  const asked = await call((client) =>
    client.application.v6.application.get({ path: { app_id: 'me' }, params: { lang: 'zh_cn' } }),
  );
  const app = asked.ok ? obj(asked.answer.data, 'app') : {};
  if (!asked.ok || !('event' in app || 'callback_info' in app)) {
    const code = asked.ok ? '飞书没有给' : classify(asked.failure).code;
    return [
      {
        what: '事件与回调',
        ok: null,
        detail: `没能查到（${code}）`,
        remedy: `请在开发者后台“事件与回调”核对：两处都选“${WAYS[mode]}”；事件 ${EVENTS.map(({ type }) => type).join('、')}；回调 ${CALLBACK}；改完要发布版本。`,
      },
    ];
  }
  return [...published(app), ...events(obj(app, 'event'), mode), callbacks(obj(app, 'callback_info'), mode)];
}

function published(app: Record<string, unknown>): Finding[] {
  if (!('online_version_id' in app) || str(app, 'online_version_id')) return [];
  return [
    {
      what: '发布',
      ok: false,
      detail: '应用还没有发布过版本',
      remedy: '请在开发者后台“版本管理与发布”创建版本并发布：权限、事件、回调都要发布后才生效。',
    },
  ];
}

function events(event: Record<string, unknown>, mode: SettingsInput['mode']): Finding[] {
  const what = '事件';
  const wrong = wrongWay(str(event, 'subscription_type'), mode);
  if (wrong)
    return [
      { what, ok: false, detail: wrong, remedy: `请在“事件与回调 › 事件配置”选“${WAYS[mode]}”并发布。` },
    ];
  const subscribed = new Set(list(event, 'subscribed_events'));
  const missing = EVENTS.filter(({ type }) => !subscribed.has(type));
  if (missing.length === 0) return [{ what, ok: true, detail: '要订阅的都订阅了' }];
  return missing.map(({ type, needed, why }) => ({
    what,
    ok: needed ? false : null,
    detail: `没有订阅 ${type}：${why}`,
    remedy: `请在“事件与回调 › 事件配置”添加 ${type} 并发布版本。`,
  }));
}

function callbacks(callback: Record<string, unknown>, mode: SettingsInput['mode']): Finding {
  const what = '卡片回调';
  const wrong = wrongWay(str(callback, 'callback_type'), mode);
  const there = list(callback, 'subscribed_callbacks').includes(CALLBACK);
  if (!wrong && there) return { what, ok: true, detail: `已订阅 ${CALLBACK}` };
  return {
    what,
    ok: false,
    detail: wrong ?? `没有订阅 ${CALLBACK}：卡片上的按钮点了没反应`,
    remedy: `请在“事件与回调 › 回调配置”选“${WAYS[mode]}”，添加 ${CALLBACK} 并发布版本。`,
  };
}

/** Only the two ways that are known are judged. */
function wrongWay(type: string, mode: SettingsInput['mode']): string | undefined {
  const known: readonly string[] = Object.values(WIRE);
  if (!known.includes(type) || type === WIRE[mode]) return undefined;
  const [here, there] = mode === 'webhook' ? ['网页推送', '长连接'] : ['长连接', '网页推送'];
  return `飞书那边设的是${there}，这边用的是${here}`;
}
