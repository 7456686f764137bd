// Feishu's own SDK on Express, as its documentation shows it: verifies, decrypts, dispatches, stores nothing.
import { app, peer } from './peer.mjs';

const express = peer('express');
const lark = peer('@larksuiteoapi/node-sdk');

const dispatcher = new lark.EventDispatcher({
  encryptKey: app.encryptKey,
  verificationToken: app.token,
  loggerLevel: lark.LoggerLevel.error,
}).register({
  'im.message.receive_v1': async () => {},
});
const server = express();
server.use(express.json());
server.use('/webhook', lark.adaptExpress(dispatcher, { autoChallenge: true }));
const listening = server.listen(0, '127.0.0.1', () => console.log(`port ${listening.address().port}`));
