import { describe, expect, it } from 'vitest';
import type { Finding, Platform } from '../../../src/platforms/platform.ts';
import { platformOf, setUp } from './outbound-kit.ts';

async function look(platform: Platform, fix = false): Promise<Record<string, Finding>> {
  const findings = (await platform.diagnose?.({ fix })) ?? [];
  return Object.fromEntries(findings.map((finding) => [finding.what, finding]));
}

describe('what DingTalk tells about itself', () => {
  it('credentials that hold; of the rest where to look', async () => {
    const { platform } = await setUp();
    const found = await look(platform);
    expect(found.凭证).toMatchObject({ ok: true });
    expect(found.机器人).toMatchObject({ ok: null, remedy: expect.stringContaining('qyapi_robot_sendmsg') });
    expect(found.收消息).toMatchObject({ ok: null, detail: expect.stringContaining('/webhook/dingtalk') });
    expect(found.事件订阅).toMatchObject({ ok: null });
    expect(found.卡片模板).toMatchObject({
      ok: null,
      remedy: expect.stringContaining('dingtalk-card-template.md'),
    });
  });

  it('wrong credentials and no way to DingTalk are different things', async () => {
    const { sim, platform } = await setUp();
    const wrong = (await look(platformOf(sim, { clientSecret: 'wrong' }))).凭证;
    expect(wrong).toMatchObject({ ok: false, remedy: expect.stringContaining('Client Secret') });
    expect(JSON.stringify(wrong)).not.toContain('wrong"');
    await sim.close();
    expect((await look(platform)).凭证).toMatchObject({
      ok: false,
      remedy: expect.stringContaining('HTTPS_PROXY'),
    });
  });

  it('a template that is there, however often it is asked, and one that is not', async () => {
    const { sim, platform } = await setUp({}, (made) => ({
      cardTemplateId: made.templateId,
      mode: 'stream',
    }));
    for (let turn = 0; turn < 2; turn += 1)
      expect((await look(platform)).卡片模板).toMatchObject({ ok: true });
    sim.setTemplate({ id: sim.templateId, published: false });
    await sim.advance(1);
    expect((await look(platform)).卡片模板).toMatchObject({
      ok: false,
      remedy: expect.stringContaining('发布'),
    });
    const other = platformOf(sim, { cardTemplateId: 'nobody.schema', mode: 'stream' });
    expect((await look(other)).卡片模板).toMatchObject({
      ok: false,
      remedy: expect.stringContaining('DINGTALK_CARD_TEMPLATE_ID'),
    });
    expect(other.limits.cardLifeMs).toBe(0);
    sim.setTemplate({ id: 'nobody.schema' });
    expect((await look(other)).卡片模板).toMatchObject({ ok: true });
    expect(other.limits.cardLifeMs).toBeGreaterThan(0);
    expect(sim.messages).toEqual([]);
    expect(sim.complaints).toEqual([]);
  });

  it('registers the address of presses again where it is told to', async () => {
    const { sim, platform } = await setUp({}, (made) => ({ cardTemplateId: made.templateId }));
    expect((await look(platform)).卡片回调).toMatchObject({ ok: null });
    expect((await look(platform, true)).卡片回调).toMatchObject({ ok: true });
    const [registered] = sim.calls.filter((call) => call.path.endsWith('/callbacks/register'));
    expect(registered?.body).toMatchObject({
      callbackUrl: 'https://lianxin.example.cn/webhook/dingtalk/card',
      forceUpdate: true,
    });
    expect(sim.complaints).toEqual([]);
  });

  it('what is lost without a public address', async () => {
    const { platform } = await setUp({}, (made) => ({
      cardTemplateId: made.templateId,
      publicUrl: undefined,
    }));
    const found = await look(platform);
    expect(found.收消息).toMatchObject({
      ok: false,
      remedy: expect.stringContaining('DINGTALK_MODE=stream'),
    });
    expect(found.卡片模板).toMatchObject({ ok: false, remedy: expect.stringContaining('PUBLIC_URL') });
  });

  it('the Stream connection as it is', async () => {
    const { platform } = await setUp({}, () => ({ mode: 'stream' }));
    expect((await look(platform)).收消息).toMatchObject({ ok: false });
    expect((await look(platform)).事件订阅).toBeUndefined();
  });
});
