// koishi with its Lark adapter: verifies, decrypts, hands a session to one middleware, stores nothing.
import { createServer } from 'node:net';
import { app, peer } from './peer.mjs';

const koishi = peer('koishi');
const http = peer('@koishijs/plugin-http');
const server = peer('@koishijs/plugin-server');
const lark = peer('@satorijs/adapter-lark');

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = probe.address();
    probe.close(() => resolve(free));
  });
});
const context = new koishi.Context({});
koishi.Logger.levels.base = 0;
context.plugin(http.default ?? http);
context.plugin(server.default ?? server, { port, host: '127.0.0.1' });
context.plugin(lark.default ?? lark, {
  protocol: 'http',
  platform: 'feishu',
  path: '/webhook',
  appId: app.id,
  appSecret: 'bench-app-secret',
  encryptKey: app.encryptKey,
  verificationToken: app.token,
  verifyToken: true,
  verifySignature: true,
  endpoint: `${process.argv[2]}/open-apis`,
});
let heard = 0;
context.middleware((_session, next) => {
  heard += 1;
  return next();
});
await context.start();
setTimeout(() => console.log(`port ${port}`), 1500);
process.on('SIGTERM', () => {
  if (process.env.BENCH_SAY_HEARD) console.error(`heard ${heard}`);
  process.exit(0);
});
