import { createDecipheriv, createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import Database from 'better-sqlite3';
import { APP } from '../load/app.ts';

/**
 * The limit: node:http with nothing on it but verify, decrypt, parse and one row, acknowledged after a group commit with
 * synchronous=FULL. `node bare.js <database>`; port on the first line.
 */
const db = new Database(process.argv[2] ?? ':memory:');
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('create table if not exists event (id text primary key, body text not null) without rowid');
const insert = db.prepare('insert or ignore into event values (?, ?)');
const key = createHash('sha256').update(APP.encryptKey).digest();

let waiting: { id: string; body: string; response: ServerResponse }[] = [];
const flush = (): void => {
  const batch = waiting;
  waiting = [];
  db.transaction(() => {
    for (const { id, body } of batch) insert.run(id, body);
  }).immediate();
  for (const { response } of batch) answer(response, 200);
};

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const raw = Buffer.concat(parts);
    const stamp = String(request.headers['x-lark-request-timestamp']);
    const nonce = String(request.headers['x-lark-request-nonce']);
    const wanted = createHash('sha256')
      .update(stamp + nonce + APP.encryptKey)
      .update(raw)
      .digest('hex');
    if (wanted !== request.headers['x-lark-signature']) return answer(response, 401);
    const sealed = Buffer.from((JSON.parse(raw.toString()) as { encrypt: string }).encrypt, 'base64');
    const decipher = createDecipheriv('aes-256-cbc', key, sealed.subarray(0, 16));
    const body = Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()]).toString();
    const event = JSON.parse(body) as {
      header: { token: string };
      event: { message: { message_id: string } };
    };
    if (event.header.token !== APP.token) return answer(response, 401);
    waiting.push({ id: event.event.message.message_id, body, response });
    if (waiting.length === 1) setImmediate(flush);
  });
});

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': 2 }).end('{}');
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`port ${typeof address === 'object' && address ? address.port : 0}\n`);
});
