import { describe, expect, it } from 'vitest';
import { recogniseCommand } from '../../../src/domain/text/recognise-command.ts';
import type { FeishuOptions } from '../../../src/platforms/feishu/index.ts';
import { PANEL } from '../../../src/platforms/feishu/slash-panel.ts';
import type { Finding } from '../../../src/platforms/platform.ts';
import type { FeishuSim } from '../../simulators/feishu/index.ts';
import { listen, platformOf, setUp } from './sim-platform.ts';

async function examine(
  arrange: (sim: FeishuSim) => void = () => {},
  options: Partial<FeishuOptions> = {},
  fix = false,
): Promise<{ sim: FeishuSim; findings: Finding[]; of: (what: string) => Finding }> {
  const { sim, platform } = await setUp({}, options);
  arrange(sim);
  const findings = (await platform.diagnose?.({ fix })) ?? [];
  const of = (what: string): Finding => {
    const found = findings.find((each) => each.what === what);
    if (!found) throw new Error(`no ${what} in ${JSON.stringify(findings)}`);
    return found;
  };
  return { sim, findings, of };
}

/** Everything that is not well says what to do. */
function withRemedies(findings: readonly Finding[]): void {
  expect(findings.filter((each) => each.ok !== true && !each.remedy)).toEqual([]);
}

describe('the self-examination', () => {
  it('finds all well but the panel, which --fix registers once', async () => {
    const first = await examine();
    expect(first.findings.filter((each) => each.ok !== true).map((each) => each.what)).toEqual(['命令面板']);
    expect(first.of('命令面板').remedy).toContain('--fix');
    expect(first.findings.map((each) => each.what)).toEqual([
      '凭证',
      '机器人',
      '时钟',
      '收消息',
      '权限',
      '事件',
      '卡片回调',
      '命令面板',
    ]);
    const platform = platformOf(first.sim);
    const after = await platform.diagnose?.({ fix: true });
    expect(after?.at(-1)).toMatchObject({ ok: true, detail: `登记了${PANEL.length}条，约5分钟后生效` });
    expect(first.sim.slashCommands.map((each) => each.command)).toEqual(PANEL.map((each) => each.command));
    expect((await platform.diagnose?.({ fix: true }))?.at(-1)).toMatchObject({
      ok: true,
      detail: '输入“/”有命令面板',
    });
    expect(first.sim.slashCommands).toHaveLength(PANEL.length);
    expect(first.sim.complaints).toEqual([]);
  });

  it("corrects its own commands and leaves others' alone", async () => {
    const { sim, of } = await examine(
      (each) =>
        each.slashCommands.push(
          { command_id: 'cmd_1', command: '走访', description: { default_value: '旧的' } },
          { command_id: 'cmd_2', command: '食堂', description: { default_value: '今天吃什么' } },
        ),
      {},
      true,
    );
    expect(of('命令面板').ok).toBe(true);
    expect(sim.slashCommands).toHaveLength(PANEL.length + 1);
    expect(sim.slashCommands.find((each) => each.command === '走访')).toMatchObject({
      command_id: 'cmd_1',
      description: { default_value: PANEL[0]?.says },
    });
    expect(sim.slashCommands.find((each) => each.command === '食堂')).toMatchObject({
      description: { default_value: '今天吃什么' },
    });
  });

  it('offers in the panel only words that the bot knows', () => {
    for (const { command } of PANEL)
      expect([command, recogniseCommand(`/${command} x`, { addressed: true, private: true })]).toMatchObject([
        command,
        { via: 'exact' },
      ]);
  });

  it('names every missing permission and what it is for', async () => {
    const { findings, of } = await examine((sim) => {
      sim.app.scopes.delete('im:message:send_as_bot');
      sim.app.refused.add('im:message:send_as_bot');
      sim.app.scopes.delete('im:message.group_msg');
      sim.app.scopes.delete('application:app_slash_command:read');
      sim.app.scopes.delete('application:app_slash_command:write');
    });
    const missing = findings.filter((each) => each.what === '权限');
    expect(missing.map((each) => [each.ok, each.detail])).toEqual([
      [false, '没有 im:message:send_as_bot：发回执、卡片和清单'],
      [null, '没有 im:message.group_msg：听群里不带@的“/走访”；不开就要@它'],
      [null, '没有 application:app_slash_command:write：输入“/”时弹出命令面板'],
    ]);
    expect(missing[0]?.remedy).toContain('auth?q=im:message:send_as_bot,im:message.group_msg');
    expect(of('命令面板').remedy).toContain('application:app_slash_command:write');
    withRemedies(findings);
  });

  it('tells which events, callbacks and ways of pushing are not set', async () => {
    const { findings } = await examine((sim) => {
      sim.app.events.subscribed = ['im.message.receive_v1', 'im.chat.member.bot.added_v1'];
      sim.app.callbacks = { type: 'websocket', subscribed: [] };
      sim.app.onlineVersion = '';
    });
    const events = findings.filter((each) => each.what === '事件');
    expect(events.every((each) => each.ok === null)).toBe(true);
    expect(events.map((each) => each.detail)).toContain(
      '没有订阅 im.message.recalled_v1：撤回“走访”消息不会撤销记录',
    );
    expect(findings.find((each) => each.what === '卡片回调')).toMatchObject({
      ok: false,
      detail: '飞书那边设的是长连接，这边用的是网页推送',
    });
    expect(findings.find((each) => each.what === '发布')).toMatchObject({ ok: false });
    withRemedies(findings);
  });

  it('says what to look at where the app may not be asked', async () => {
    const { findings, of } = await examine((sim) => {
      sim.app.scopes.delete('application:application:self_manage');
    });
    expect(of('事件与回调')).toMatchObject({ ok: null, detail: '没能查到（99991672）' });
    expect(of('事件与回调').remedy).toContain('card.action.trigger');
    withRemedies(findings);
  });

  it('knows wrong credentials, a shut-out address, no way to Feishu, an app that is switched off', async () => {
    const wrong = await examine(() => {}, { appSecret: 'not-the-secret' });
    expect(wrong.of('凭证')).toMatchObject({ ok: false, detail: expect.stringContaining('不认这组凭证') });
    expect(wrong.findings.map((each) => each.what)).toEqual(['凭证', '收消息']);
    const shut = await examine((sim) => sim.fail({ path: /bot/, mode: 'error', code: 99991401 }));
    expect(shut.of('出口IP')).toMatchObject({ ok: false, remedy: expect.stringContaining('IP 白名单') });
    const dark = await examine(() => {}, { baseUrl: 'http://127.0.0.1:1' });
    expect(dark.of('凭证')).toMatchObject({ ok: false, detail: expect.stringContaining('连不上飞书') });
    const off = await examine((sim) => {
      sim.app.activated = 1;
    });
    expect(off.of('机器人')).toMatchObject({ ok: false, detail: expect.stringContaining('被企业停用') });
    for (const { findings } of [wrong, shut, dark, off]) withRemedies(findings);
  });

  it('measures the clock against that of Feishu', async () => {
    const { of } = await examine(() => {}, { now: () => Date.now() + 10 * 60_000 });
    expect(of('时钟')).toMatchObject({ ok: false, detail: expect.stringMatching(/快(59\d|60\d)秒/) });
  });

  it('shows no secret, whatever the platform answers', async () => {
    const { sim, findings } = await examine();
    const text = JSON.stringify(findings);
    for (const secret of [sim.appSecret, sim.encryptKey, sim.verificationToken])
      expect(text).not.toContain(secret);
    const { findings: odd } = await examine(() => {}, {
      baseUrl: await listen((_request, response) => response.end('[]')),
    });
    expect(odd[0]?.ok).toBe(false);
    withRemedies(odd);
  });

  it('shows the long connection where it runs, and says where to look where it does not', async () => {
    const LONGCONN = { mode: 'longconn', encryptKey: undefined, verificationToken: undefined } as const;
    const { sim, platform } = await setUp({}, LONGCONN);
    sim.app.events.subscription = 'websocket';
    sim.app.callbacks.type = 'websocket';
    const wire = async () => (await platform.diagnose?.())?.find((each) => each.what === '收消息');
    expect(await wire()).toMatchObject({ ok: null, remedy: expect.stringContaining('/readyz') });
    sim.transport = 'longconn';
    await platform.start?.(async () => ({}));
    await sim.waitFor(() => sim.connections === 1 && platform.state().up);
    expect(await wire()).toMatchObject({ ok: true, detail: '长连接正常' });
    sim.dropSockets();
    await sim.waitFor(() => platform.state().reconnects === 1 && platform.state().up);
    expect(await wire()).toMatchObject({ ok: true, detail: '长连接正常，重新接通过1次' });
  });
});
