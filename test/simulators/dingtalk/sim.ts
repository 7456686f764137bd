import { createFaults } from '../shared/faults.ts';
import { buttonsOf, formOf, pick, textOf } from './face.ts';
import type { DingTalkSimOptions } from './options.ts';
import { createPeople } from './people.ts';
import { createPush } from './push.ts';
import { cardRoutes } from './routes-card.ts';
import { oapiRoutes } from './routes-oapi.ts';
import { robotRoutes } from './routes-robot.ts';
import { webhookRoutes } from './routes-webhook.ts';
import { startServer } from './server.ts';
import type { DingTalkSim } from './sim-type.ts';
import { createState } from './state.ts';
import { createStream } from './stream.ts';
import type { Fault, HttpTarget } from './types.ts';
import { chatView, privateView, waitFor } from './watch.ts';

/** Starts a simulator of the DingTalk platform on a free port of 127.0.0.1. Close it after the test. */
export async function createDingTalkSim(options: DingTalkSimOptions = {}): Promise<DingTalkSim> {
  const state = createState(options);
  const faults = createFaults<Fault>();
  const stream = createStream(state);
  const push = createPush(state, stream);
  const people = createPeople(state, push);
  const routes = [...robotRoutes, ...webhookRoutes, ...oapiRoutes, ...cardRoutes, stream.endpoint];
  const { server, baseUrl } = await startServer(state, faults, routes);
  state.baseUrl = baseUrl;
  stream.attach(server, baseUrl);

  const connect = (target: HttpTarget): void => {
    state.target = target;
    state.transport = 'webhook';
  };
  const robotUrl = (): string => {
    if (!state.target) throw new Error('connectHttp first');
    return state.target.url;
  };

  return {
    baseUrl,
    clientId: state.clientId,
    clientSecret: state.clientSecret,
    robotCode: state.robotCode,
    corpId: state.corpId,
    aesKey: state.aesKey,
    token: state.token,
    templateId: state.templateId,
    env: () => ({
      DINGTALK_CLIENT_ID: state.clientId,
      DINGTALK_CLIENT_SECRET: state.clientSecret,
      DINGTALK_ROBOT_CODE: state.robotCode,
      DINGTALK_BASE_URL: baseUrl,
      DINGTALK_OAPI_URL: baseUrl,
      DINGTALK_MODE: state.transport,
      DINGTALK_AES_KEY: state.aesKey,
      DINGTALK_TOKEN: state.token,
    }),
    async close() {
      stream.close();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },

    now: state.now,
    advance: push.advance,

    get messages() {
      return state.messages.filter((each) => each.from === 'bot');
    },
    allMessages: state.messages,
    calls: state.calls,
    complaints: state.complaints,
    chat: (chatId, viewer) => chatView(state, chatId, viewer?.staffId),
    group: (chatId, viewer) => chatView(state, chatId, viewer?.staffId),
    private: (user) => privateView(state, typeof user === 'string' ? user : user.staffId),
    waitFor: (predicate, waiting) => waitFor(state, predicate, waiting),
    findButton: (message, label, viewer) => pick(buttonsOf(state, message, viewer?.staffId), label),
    buttons: (message, viewer) => buttonsOf(state, message, viewer?.staffId),
    form: (message, viewer) => formOf(state, message, viewer?.staffId),
    cardText: (message, viewer) => textOf(state, message, viewer?.staffId),

    addUser: people.addUser,
    addGroup: people.addGroup,
    addBotTo: (chatId) => people.setBot(chatId, true),
    removeBotFrom: (chatId) => people.setBot(chatId, false),
    installCoolApp: (chatId, operator) => people.coolApp(chatId, operator, true),
    uninstallCoolApp: (chatId, operator) => people.coolApp(chatId, operator, false),
    addMembers: (chatId, users, operator) => people.setMembers(chatId, users, operator, true),
    removeMembers: (chatId, users, operator) => people.setMembers(chatId, users, operator, false),
    dissolve: people.dissolve,
    rename: people.rename,
    stopBot: (chatId, stopped = true) => {
      people.chat(chatId).stopped = stopped;
    },
    setReachable: (user, reach) => {
      const person = state.people.get(user.staffId);
      if (person) person.reach = reach;
    },

    get published() {
      return state.published;
    },
    set published(published) {
      state.published = published;
    },
    setTemplate: (template) => {
      state.templates.set(template.id, { published: true, ...template });
    },
    removeTemplate: (id) => {
      state.templates.delete(id);
    },
    withhold: (scope, withheld = true) => {
      if (withheld) state.withheld.add(scope);
      else state.withheld.delete(scope);
    },

    get transport() {
      return state.transport;
    },
    set transport(transport) {
      state.transport = transport;
    },
    connectHttp: connect,
    connectWebhook: connect,
    events: state.events,
    push: people.event,
    repush: (event) => push.repush(typeof event === 'string' ? event : event.eventId),
    async checkUrl() {
      const answer = await push.sendEvent({ EventType: 'check_url' });
      return { ...answer, ok: answer.success };
    },
    rawPost(body, headers = { 'content-type': 'application/json' }, url) {
      const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
      return push.send(url ?? robotUrl(), bytes, headers, state.ackTimeoutMs ?? 2500);
    },
    robotHeaders: push.robotHeaders,
    cardHeaders: push.cardHeaders,
    pack: push.pack,

    fail: faults.add,
    expireTokens: state.tokens.expireAll,
    get tokensIssued() {
      return state.tokens.issued;
    },
    get tokensAsked() {
      return state.tokens.asked;
    },
    get throttled() {
      return state.rate.throttled;
    },
    get used() {
      return state.quota.used;
    },
    use: state.quota.set,

    get connections() {
      return stream.connections;
    },
    get sockets() {
      return stream.sockets;
    },
    get opens() {
      return stream.opens;
    },
    ping: stream.ping,
    notifyDisconnect: (reason = 'connection is expired') => stream.disconnect(reason),
    dropSockets: stream.drop,
    silence: (on = true) => stream.silence(on),
    refuseConnections: stream.refuse,
    pushRaw: stream.raw,
  };
}
