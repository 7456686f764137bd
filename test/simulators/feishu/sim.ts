import { createFaults } from '../shared/faults.ts';
import { buttons, cardText, findButton } from './card-read.ts';
import { decrypt, encrypt, sign } from './crypto.ts';
import { createLongconn } from './longconn.ts';
import { createPeople } from './people.ts';
import { createPush } from './push.ts';
import { ROUTES } from './routes.ts';
import { startServer } from './server.ts';
import type { FeishuSim } from './sim-type.ts';
import { createState } from './state.ts';
import type { Fault, FeishuSimOptions } from './types.ts';
import { chatView, privateView, waitFor } from './watch.ts';

/** Starts a simulator of the Feishu platform on a free port of 127.0.0.1. Close it after the test. */
export async function createFeishuSim(options: FeishuSimOptions = {}): Promise<FeishuSim> {
  const state = createState(options);
  const faults = createFaults<Fault>();
  const longconn = createLongconn(state);
  const push = createPush(state, longconn);
  const people = createPeople(state, push);
  const { server, baseUrl } = await startServer(state, faults, [...ROUTES, longconn.endpoint]);
  longconn.attach(server, baseUrl);

  const webhook = (): string => {
    if (!state.target) throw new Error('connectWebhook first');
    return state.target.url;
  };

  return {
    baseUrl,
    appId: state.appId,
    appSecret: state.appSecret,
    get encryptKey() {
      return state.encryptKey;
    },
    get verificationToken() {
      return state.verificationToken;
    },
    tenantKey: state.tenantKey,
    botOpenId: state.bot.openId,
    env: () => ({
      FEISHU_APP_ID: state.appId,
      FEISHU_APP_SECRET: state.appSecret,
      FEISHU_ENCRYPT_KEY: state.encryptKey,
      FEISHU_VERIFICATION_TOKEN: state.verificationToken,
      FEISHU_BASE_URL: baseUrl,
      FEISHU_MODE: state.transport,
    }),
    async close() {
      longconn.drop();
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
    slashCommands: state.slashCommands,
    app: state.app,
    chat: (chatId) => chatView(state, chatId),
    private: (user) => privateView(state, typeof user === 'string' ? user : user.openId),
    waitFor: (predicate, waiting) => waitFor(state, predicate, waiting),
    findButton: (message, label) => findButton(message.content, label),
    buttons: (message) => buttons(message.content),
    cardText: (message) => cardText(message.content),

    addUser: people.addUser,
    addGroup: people.addGroup,
    addBotTo: (chatId, operator) => people.setBot(chatId, operator, true),
    removeBotFrom: (chatId, operator) => people.setBot(chatId, operator, false),
    addMembers: (chatId, users, operator) => people.setMembers(chatId, users, operator, true),
    removeMembers: (chatId, users, operator) => people.setMembers(chatId, users, operator, false),
    setBotManager: (chatId, manager) => {
      people.chat(chatId).botManager = manager;
    },
    dissolve: (chatId) => {
      people.chat(chatId).dissolved = true;
    },
    setReachable: (user, reach) => {
      const person = state.people.get(user.openId);
      if (person) person.reach = reach;
    },

    get transport() {
      return state.transport;
    },
    set transport(transport) {
      state.transport = transport;
    },
    connectWebhook(target) {
      if (target.appId !== undefined && target.appId !== state.appId)
        throw new Error('another app id than the simulator has');
      state.encryptKey = target.encryptKey ?? state.encryptKey;
      state.verificationToken = target.verificationToken ?? state.verificationToken;
      state.target = target;
    },
    events: state.events,
    push: (eventType, event, pushing) =>
      push.push(eventType, event, pushing?.createTime === undefined ? undefined : String(pushing.createTime)),
    repush: push.repush,
    duplicate: (event, how) =>
      push.duplicate(typeof event === 'string' ? event : event.eventId, how?.newEventId ?? false),
    async challenge(how = {}) {
      const challenge = state.id('');
      const payload = { challenge, token: how.token ?? state.verificationToken, type: 'url_verification' };
      const post = push.pack(payload, { encrypted: how.encrypted ?? true, signed: how.signed ?? false });
      const answer = await push.post(webhook(), post.body, post.headers, Math.min(1000, state.ackTimeoutMs));
      return {
        ...answer,
        challenge,
        ok: answer.status === 200 && answer.text === JSON.stringify({ challenge }),
      };
    },
    rawPost(body, headers = {}, url) {
      const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
      const all = { 'content-type': 'application/json', ...headers };
      return push.post(url ?? webhook(), bytes, all, state.ackTimeoutMs);
    },
    pack: push.pack,
    envelope: push.envelope,
    encrypt: (text, key, iv) => encrypt(key ?? state.encryptKey, text, iv),
    decrypt: (base64, key) => decrypt(key ?? state.encryptKey, base64),
    sign: (timestamp, nonce, body, key) => sign(timestamp, nonce, key ?? state.encryptKey, body),

    fail: faults.add,
    expireTokens: state.tokens.expireAll,
    get tokensIssued() {
      return state.tokens.issued;
    },
    get throttled() {
      return state.rate.throttled;
    },

    get connections() {
      return longconn.connections;
    },
    get pings() {
      return longconn.pings;
    },
    dropSockets: longconn.drop,
    silence: (on = true) => longconn.silence(on),
    refuseConnections: longconn.refuse,
  };
}
