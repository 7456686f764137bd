import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeishuSim } from '../simulators/feishu/index.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(root, 'node_modules/.host-'));
  execFileSync(process.execPath, ['build.mjs', folder.slice(root.length)], { cwd: root });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the bundle with just these variables, in a folder without a .env file. */
function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [join(folder, 'main.node.js')], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOST: '127.0.0.1', PORT: '0', ...env },
  });
  let said = '';
  const hear = (chunk: Buffer) => {
    said += chunk.toString();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return {
    child,
    ended,
    said: () => said,
    async url(): Promise<string> {
      for (;;) {
        const found = said.match(/http:\/\/[\d.]+:\d+\//)?.[0];
        if (found) return found;
        if (child.exitCode !== null) throw new Error(`it stopped: ${said}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

const FEISHU = { FEISHU_APP_ID: 'cli_a0123456789abcde', FEISHU_APP_SECRET: 's', SECRET_KEY: 'k'.repeat(40) };

describe('the start', () => {
  it.each([
    [{ FEISHU_APP_ID: 'cli_a0123456789abcde' }, ['FEISHU_APP_SECRET', '没有设置']],
    [{ ...FEISHU }, ['FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN', 'longconn']],
    [{ ...FEISHU, FEISHU_MODE: 'longconn', SECRET_KEY: 'short' }, ['SECRET_KEY', '32']],
    [{ PORT: 'abc' }, ['PORT']],
  ])('refuses %o by name and remedy', async (env, words) => {
    const server = start(env);
    expect(await server.ended).toBe(1);
    for (const word of words) expect(server.said()).toContain(word);
    expect(server.said()).not.toContain('    at ');
  });

  it('opens the playground without credentials, and ends open streams on SIGTERM', async () => {
    const server = start({});
    const url = await server.url();
    expect(server.said()).toContain('演示场');
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('3号楼 马大爷 血压稳定');
    const stream = await fetch(`${url}playground/events?as=he-li`);
    expect(stream.status).toBe(200);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
  });

  it('serves Feishu with them, prints the one-time code, keeps no playground, and finishes what it accepted', async () => {
    const sim = await createFeishuSim();
    const server = start({
      ...sim.env(),
      SECRET_KEY: 'k'.repeat(40),
      DATABASE_PATH: join(folder, 'office.db'),
      LOG_LEVEL: 'error',
    });
    try {
      const url = await server.url();
      const code = server.said().match(/认领 (\d{6})/)?.[1];
      expect(code).toBeDefined();
      expect((await fetch(url)).status).toBe(404);
      expect((await fetch(`${url}readyz`)).status).toBe(200);
      sim.connectWebhook({ url: `${url}webhook/feishu` });
      const admin = sim.addUser({ name: '于洋' });
      const said = await admin.sayPrivately(`认领 ${code}`);
      expect(said.status).toBe(200);
      server.child.kill('SIGTERM');
      expect(await server.ended).toBe(0);
      const again = start({
        ...sim.env(),
        SECRET_KEY: 'k'.repeat(40),
        DATABASE_PATH: join(folder, 'office.db'),
        LOG_LEVEL: 'error',
      });
      await again.url();
      await sim.waitFor(() => sim.private(admin).messages.length > 0);
      expect(again.said()).not.toContain('认领');
      again.child.kill('SIGTERM');
      expect(await again.ended).toBe(0);
      expect(sim.private(admin).messages).toHaveLength(1);
    } finally {
      await sim.close();
    }
  });
});
