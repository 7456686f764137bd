import { describe, expect, it } from 'vitest';
import { fakeRoom } from './fake-host.ts';

interface Sent {
  event: string;
  id: string;
  data: Record<string, unknown>;
}

/** Reads events of a stream until `enough` is satisfied. */
async function read(response: Response, enough: (events: Sent[]) => boolean): Promise<Sent[]> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  const events: Sent[] = [];
  let text = '';
  while (reader && !enough(events)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const field = (name: string) => part.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1] ?? '';
      events.push({ event: field('event'), id: field('id'), data: JSON.parse(field('data')) });
    }
  }
  await reader?.cancel();
  return events;
}

const count = (name: string, n: number) => (events: Sent[]) =>
  events.filter((each) => each.event === name).length >= n;

function room() {
  const made = fakeRoom();
  const open = (as: string, since: string, headers: Record<string, string> = {}) =>
    Promise.resolve(
      made.web.app.request(`http://localhost/playground/events?as=${as}&since=${since}`, { headers }),
    );
  const say = (text: string) => made.web.stage.say({ as: 'shi-xiaohong', chat: 'work-group', text });
  return { ...made, open, say };
}

describe('the stream of a page', () => {
  it('sends what happens in the viewer’s chats, and nothing of other people’s', async () => {
    const { open, say } = room();
    const mine = await open('shi-xiaohong', 'e1-0');
    const others = await open('he-li', 'e1-0');
    await say('/走访 3号楼 张某 低保咨询');
    const heard = (await read(mine, count('message', 3))).filter((each) => each.event === 'message');
    expect(heard.map((each) => each.data.chat)).toEqual(['work-group', 'work-group', 'p2p-shi-xiaohong']);
    const seen = (await read(others, count('message', 2))).filter((each) => each.event === 'message');
    expect(JSON.stringify(seen)).not.toContain('2单元501');
    expect(String(seen[1]?.data.html)).toContain('已记 · 3号楼 1户');
  });

  it('sends a page that was away what it missed, from where it stopped', async () => {
    const { open, playground, say } = room();
    await say('/走访 3号楼 张某');
    const before = `e1-${playground.rooms.cursor()}`;
    await say('今天群里的闲话');
    playground.rooms.react('pm-1', '已记');
    const missed = (
      await read(await open('shi-xiaohong', 'e1-0', { 'last-event-id': before }), count('marks', 1))
    ).filter((each) => each.event === 'message');
    expect(missed.map((each) => each.data.id)).toEqual(['pm-1', 'pm-4']);
    expect(missed[0]?.id).toBe(`e1-${playground.rooms.cursor()}`);
  });

  it('tells a page of an earlier start to load anew', async () => {
    const { open } = room();
    expect((await read(await open('shi-xiaohong', 'e0-17'), count('reload', 1)))[0]?.event).toBe('reload');
    expect((await read(await open('shi-xiaohong', 'nonsense'), count('reload', 1)))[0]?.event).toBe('reload');
  });

  it('says what waits for whom', async () => {
    const { open, say } = room();
    await say('/诉求 6号楼 楼道灯坏了');
    const [marks] = (await read(await open('he-li', 'e1-0'), count('marks', 1))).filter(
      (each) => each.event === 'marks',
    );
    expect(marks?.data).toMatchObject({
      chats: { 'work-group': 2, 'p2p-he-li': 1 },
      people: { 'he-li': 1, 'shi-xiaohong': 0 },
    });
  });

  it('reports the stops of a fast-forward and the new time', async () => {
    const { open, web, monday } = room();
    const stream = await open('he-li', 'e1-0');
    void web.app.request('http://localhost/playground/forward', {
      method: 'POST',
      headers: { host: 'localhost', origin: 'http://localhost', 'content-type': 'application/json' },
      body: JSON.stringify({ step: 'monday' }),
    });
    const events = await read(stream, (all) => count('progress', 2)(all) && all.at(-1)?.data.now === monday);
    expect(events.filter((each) => each.event === 'progress').map((each) => each.data.text)).toEqual([
      '已到11月19日（周四）18:10，送出1条',
      '已到11月23日（周一）8:30，送出1条',
    ]);
  });

  it('ends when the program stops, and opens no more', async () => {
    const { open, web } = room();
    const stream = await open('he-li', 'e1-0');
    web.close();
    expect((await read(stream, () => false)).map((each) => each.event)).toEqual(['clock', 'marks']);
    expect(await read(await open('he-li', 'e1-0'), () => false)).toEqual([]);
  });

  it('is for people of the room only', async () => {
    const { open } = room();
    expect((await open('nobody', 'e1-0')).status).toBe(404);
  });
});
