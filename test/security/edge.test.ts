import type { Server as HttpServer } from 'node:http';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../src/http/serve.ts';
import { createPlace, type Place } from '../operations/place.ts';
import { buildProgram, type Program, type Server } from '../operations/server.ts';

let program: Program;
let place: Place;
let office: Server;
let playground: Server;
beforeAll(async () => {
  program = await buildProgram();
  place = await createPlace();
  office = await program.server(place.env({ LOG_LEVEL: 'warn' }));
  playground = await program.server({ LOG_LEVEL: 'warn' });
}, 60_000);
afterAll(async () => {
  await office.stop();
  await playground.stop();
  await place.close();
  program.remove();
});

const both = () => [office, playground];
/** A request as it is written, for what fetch would tidy up. */
function raw(url: string, path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: new URL(url).port, path, headers, method }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers });
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('the edge of the running server', () => {
  it('sends security headers with every answer, pages and errors alike', async () => {
    for (const { url } of both())
      for (const path of ['/', '/healthz', '/metrics', '/nothing', '/webhook/feishu']) {
        const { headers } = await fetch(url + path);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('x-frame-options')).toBe('DENY');
        expect(headers.get('referrer-policy')).toBe('no-referrer');
        const policy = headers.get('content-security-policy') ?? '';
        expect(policy).toContain("default-src 'self'");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).not.toMatch(/unsafe-(inline|eval)|https?:|\*/);
      }
  });

  it('leads nobody elsewhere', async () => {
    for (const { url } of both())
      for (const path of [
        '//evil.test',
        '//evil.test/..',
        '/\\evil.test',
        '/?next=https://evil.test',
        '/?as=https://evil.test&chat=//evil.test',
        '/playground/assets/..%2f..%2f..%2fetc%2fpasswd',
        '/playground/assets/https:%2f%2fevil.test',
        '/webhook/feishu?redirect=https://evil.test',
        'http://evil.test/',
      ]) {
        const { status, headers } = await raw(url, path, { host: 'evil.test' });
        expect(status < 300 || status >= 400, `${path}: ${status}`).toBe(true);
        expect(headers.location).toBeUndefined();
      }
  });

  it('knows no other routes and no other methods', async () => {
    for (const path of [
      '/admin',
      '/debug',
      '/.env',
      '/office.db',
      '/data/lianxin.db',
      '/household/1',
      '/o/x',
    ])
      expect((await fetch(office.url + path)).status, path).toBe(404);
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH'])
      expect((await raw(office.url, '/webhook/feishu', {}, method)).status, method).toBe(404);
  });

  it('takes no more than 16 KiB of headers', async () => {
    expect((await raw(office.url, '/healthz', { 'x-much': 'a'.repeat(20_000) })).status).toBe(431);
    expect((await raw(office.url, '/healthz', { 'x-less': 'a'.repeat(8_000) })).status).toBe(200);
  });

  it('answers what is no HTTP with an error and goes on', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(office.url).port), '127.0.0.1', () =>
        socket.write('\x16\x03\x01hello\r\n\r\n'),
      );
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toContain('400 Bad Request');
    expect((await fetch(`${office.url}/healthz`)).status).toBe(200);
  });

  it('lets no connection wait for ever', async () => {
    const server = await new Promise<HttpServer>((resolve) => {
      const made = listen(
        () => new Response('ok'),
        { host: '127.0.0.1', port: 0 },
        () => resolve(made as HttpServer),
      );
    });
    expect({
      headers: server.headersTimeout,
      request: server.requestTimeout,
      idle: server.keepAliveTimeout,
    }).toEqual({ headers: 10_000, request: 30_000, idle: 10_000 });
    await new Promise((resolve) => server.close(resolve));
  });

  it('shows figures, and no personal data, at /metrics', async () => {
    for (const { url } of both()) {
      const text = await (await fetch(`${url}/metrics`)).text();
      expect(text).toContain('lianxin_outbox_messages{state="pending"} 0');
      expect(text).toContain('process_resident_memory_bytes');
      expect(text).not.toMatch(/石小红|3号楼|ou_/);
    }
  });
});
