import { ApiError, badField } from './errors.ts';
import type { Call, Route } from './routes.ts';
import type { Json } from './types.ts';

/** What stands in the console for this app; tests change it in place. */
export interface SimApp {
  /** 2: in use; 0: switched off. */
  activated: number;
  /** Tenant scopes in force. */
  scopes: Set<string>;
  /** Scopes asked for and not granted. */
  refused: Set<string>;
  events: { subscription: 'webhook' | 'websocket'; subscribed: string[] };
  callbacks: { type: 'webhook' | 'websocket'; subscribed: string[] };
  /** Empty: no version is published. */
  onlineVersion: string;
}

const SELF = ['admin:app.info:readonly', 'application:application:self_manage'];

/** Everything set as the manual says. */
export function freshApp(): SimApp {
  return {
    activated: 2,
    scopes: new Set([
      'im:message.p2p_msg:readonly',
      'im:message.group_at_msg:readonly',
      'im:message.group_msg',
      'im:message:send_as_bot',
      'im:message:update',
      'im:message:recall',
      'im:message:readonly',
      'im:resource',
      'im:chat.members:read',
      'im:chat:readonly',
      'application:application:self_manage',
      'application:app_slash_command:read',
      'application:app_slash_command:write',
    ]),
    refused: new Set(),
    events: {
      subscription: 'webhook',
      subscribed: [
        'im.message.receive_v1',
        'im.message.recalled_v1',
        'im.chat.member.bot.added_v1',
        'im.chat.member.bot.deleted_v1',
        'im.chat.member.user.added_v1',
        'im.chat.member.user.deleted_v1',
        'im.chat.member.user.deleted_v1',
        'im.chat.member.user.withdrawn_v1',
        'im.chat.disbanded_v1',
        'application.bot.menu_v6',
      ],
    },
    callbacks: { type: 'webhook', subscribed: ['card.action.trigger'] },
    onlineVersion: 'oav_0123456789abcdef',
  };
}

/** 99991672 where none of the scopes is there, as the gateway answers. */
export function needScope({ state }: Call, ...anyOf: string[]): void {
  if (!anyOf.some((scope) => state.app.scopes.has(scope)))
    throw new ApiError(99991672, `one of [${anyOf.join(', ')}]`);
}

/** GET application/v6/scopes: no scope needed. */
function scopes({ state }: Call): Json {
  const rows = (names: Iterable<string>, status: number): Json[] =>
    [...names].map((name) => ({ scope_name: name, grant_status: status, scope_type: 'tenant' }));
  return { scopes: [...rows(state.app.scopes, 1), ...rows(state.app.refused, 2)] };
}

function info(call: Call): Json {
  const { state, params, query } = call;
  needScope(call, ...SELF);
  if (params.id !== 'me' && params.id !== state.appId) throw new ApiError(210508);
  if (!query.get('lang')) throw badField('lang', 'lang is required');
  return {
    app: {
      app_id: state.appId,
      app_name: state.bot.name,
      status: state.app.activated === 2 ? 1 : 0,
      scene_type: 0,
      online_version_id: state.app.onlineVersion,
      event: {
        subscription_type: state.app.events.subscription,
        request_url: '',
        subscribed_events: state.app.events.subscribed,
      },
      callback_info: {
        callback_type: state.app.callbacks.type,
        request_url: '',
        subscribed_callbacks: state.app.callbacks.subscribed,
      },
      // The real answer holds them too: nothing of it may reach a log or a finding.
      encryption: { encryption_key: state.encryptKey, verification_token: state.verificationToken },
    },
  };
}

export const appRoutes: Route[] = [
  {
    method: 'GET',
    path: '/open-apis/bot/v3/info',
    answer: 'bare',
    run: ({ state }) => ({
      bot: {
        activate_status: state.app.activated,
        app_name: state.bot.name,
        avatar_url: '',
        ip_white_list: [],
        open_id: state.bot.openId,
      },
    }),
  },
  { method: 'GET', path: '/open-apis/application/v6/scopes', answer: 'data', run: scopes },
  { method: 'GET', path: '/open-apis/application/v6/applications/:id', answer: 'data', run: info },
];
