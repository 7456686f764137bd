import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The published file, in an nginx that is here or not: a machine without one has nothing to check it with. */
const available = (() => {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const published = readFileSync(join(import.meta.dirname, '../../docs/nginx.conf'), 'utf8');

describe.skipIf(!available)('docs/nginx.conf', () => {
  let folder: string;
  let nginx: ChildProcess;
  let machines: Server[];
  let base: string;

  /** A machine that says which one it is and what it was asked. */
  async function machine(name: string): Promise<Server> {
    const server = createServer((request, response) => {
      request.resume();
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ machine: name, path: request.url }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  }
  const portOf = (server: Server): number => (server.address() as AddressInfo).port;
  const post = async (path: string): Promise<[number, unknown]> => {
    const answer = await fetch(base + path, { method: 'POST', body: '{}' });
    return [answer.status, answer.status === 200 ? await answer.json() : null];
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lianxin-nginx-'));
    const [a, b] = [await machine('a'), await machine('b')];
    machines = [a, b];
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const port = portOf(free);
    free.close();
    // Only what belongs to that machine is put in: addresses, the certificate, the place of the log; and a rate so low
    // that the outcome does not hang on how fast this one is.
    const here = published
      .replace('10.0.0.11:3000', `127.0.0.1:${portOf(a)}`)
      .replace('10.0.0.12:3000', `127.0.0.1:${portOf(b)}`)
      .replace('listen 443 ssl;', `listen 127.0.0.1:${port};`)
      .replace(/^ *ssl_.*$/gm, '')
      .replace(/access_log .*;/, 'access_log off;')
      .replace('rate=100r/s', 'rate=1r/m')
      .replace('burst=200', 'burst=5');
    writeFileSync(join(folder, 'lianxin.conf'), here);
    const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((each) => `${each}_temp_path ${folder}/${each};`)
      .join(' ');
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off; pid ${folder}/pid; error_log stderr warn; events {} http { ${places} include ${folder}/lianxin.conf; }`,
    );
    const args = ['-p', folder, '-c', join(folder, 'nginx.conf')];
    execFileSync('nginx', ['-t', ...args], { stdio: 'pipe' });
    nginx = spawn('nginx', args, { stdio: 'ignore' });
    base = `http://127.0.0.1:${port}`;
    for (;;) {
      if (nginx.exitCode !== null) throw new Error('nginx has stopped');
      if (await fetch(base).then(Boolean, () => false)) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  afterAll(async () => {
    nginx?.kill('SIGTERM');
    if (nginx) await once(nginx, 'exit');
    for (const server of machines ?? []) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('sends each office to its machine, with the path as it is', async () => {
    const path = (office: string) => `/o/${office}/webhook/feishu`;
    expect(await post(path('wutong'))).toEqual([200, { machine: 'a', path: path('wutong') }]);
    expect(await post(path('chunxi'))).toEqual([200, { machine: 'b', path: path('chunxi') }]);
    expect(await post(path('elsewhere'))).toEqual([200, { machine: 'a', path: path('elsewhere') }]);
    expect(await post('/webhook/feishu')).toEqual([200, { machine: 'a', path: '/webhook/feishu' }]);
  });

  it('lets nothing else through', async () => {
    for (const path of ['/', '/metrics', '/readyz', '/o/wutong/metrics', '/o/..%2fwutong/webhook/feishu'])
      expect(await post(path)).toEqual([404, null]);
  });

  it('holds back one office that is flooded, and no other', async () => {
    const flood = await Promise.all(Array.from({ length: 30 }, () => post('/o/chunxi/webhook/feishu')));
    expect(flood.some(([status]) => status === 429)).toBe(true);
    expect((await post('/o/wutong/webhook/feishu'))[0]).toBe(200);
  });
});
