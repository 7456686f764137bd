import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../cards/card.ts';
import { ISSUE_LABELS } from '../../cards/issue-buttons.ts';
import { numberLine } from '../../src/domain/issue-line.ts';
import { idOfCode } from '../../src/domain/text/card-code.ts';
import { recogniseCommand } from '../../src/domain/text/recognise-command.ts';
import { spokenLabels } from '../../src/domain/text/spoken-labels.ts';
import { wayLine } from '../../src/domain/text/way-line.ts';
import { createVault } from '../../src/lib/vault.ts';
import { sealContent } from '../../src/office/payload.ts';
import { isForm, wayMeant, waysOf } from '../../src/work/ways-card.ts';
import { createWorld, SECRET, type World } from '../helpers/world.ts';
import { EVERY_CARD } from './every-card.ts';

const root = join(import.meta.dirname, '../..');
let world: World;
let sent = 0;
beforeAll(async () => {
  world = await createWorld({ jobs: [], publicUrl: 'http://office.test' });
  await world.users.石小红?.sayPrivately('/文字版');
  await world.settle();
});
afterAll(() => world.close());

/** Sends a card as it would go to somebody who asked for words; what he gets. */
async function words(card: Card): Promise<string> {
  const user = world.users.石小红;
  if (!user) throw new Error('nobody');
  const now = world.clock.now();
  await world.office.write(() =>
    world.office.q.outbox.add({
      cause: `test:${sent++}`,
      ordinal: 0,
      connection: world.connection,
      kind: 'send',
      targetType: 'user',
      targetId: user.openId,
      lane: 'answer',
      payload: sealContent(createVault(SECRET), { card }),
      exempt: true,
      notBefore: now,
      now,
    }),
  );
  await world.settle();
  return world.sim.private(user).texts().at(-1) ?? '';
}

/** Lines behind the words, taken apart again. */
function linesOf(text: string): string[] {
  const block = text.split('要办哪件，就发哪一行：\n')[1] ?? '';
  return block
    .split('\n')
    .filter((line) => !line.startsWith('在网页上办'))
    .flatMap((line) => line.replace(/^还可以：/u, '').split('；'));
}

describe('everything on every card', () => {
  it('is among the samples: a later card cannot be left out', () => {
    const sources = ['cards', 'src/views', 'src/work', 'src/commands', 'src/jobs'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(join(root, folder, name), 'utf8')),
    );
    const offered = new Set(
      sources.flatMap((text) =>
        [...text.matchAll(/action: '([a-z]+\.[a-z-]+)'/giu)].map((found) => found[1]),
      ),
    );
    const shown = new Set(EVERY_CARD.flatMap(([, card]) => waysOf(card).map(({ target }) => target.action)));
    expect(offered.size).toBeGreaterThan(80);
    expect([...offered].filter((action) => action && !shown.has(action))).toEqual([]);
  });

  it.each(EVERY_CARD)('has a line and a page: %s', async (_name, card) => {
    const text = await words(card);
    const lines = linesOf(text);
    const ways = waysOf(card);
    expect(ways.length).toBeGreaterThan(0);
    expect(lines).toHaveLength(ways.length);
    for (const { target, word } of ways) {
      const line = lines.find((each) => each.startsWith(`${word} `)) ?? lines[0] ?? '';
      if (target.action === 'bind.start') {
        expect(line).toBe('/绑定');
        continue;
      }
      const read = wayLine(line);
      expect(idOfCode(read?.code ?? '')).not.toBeNull();
      expect(wayMeant(card, read?.label ?? '', { exact: true })?.target).toBe(target);
      if (isForm(target))
        for (const field of target.fields)
          if ('required' in field && field.required)
            expect(line).toContain(field.label.replace(/（.*$/u, ''));
    }
    const path = /在网页上办：http:\/\/office\.test(\S+)/u.exec(text)?.[1] ?? '';
    const page = await (await world.get(path)).text();
    for (const { target } of ways) {
      const label = (isForm(target) ? target.submit : target.label).replace(/"/gu, '&quot;');
      expect(page).toMatch(
        new RegExp(`>${label.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')}</(?:button|a)>`, 'u'),
      );
    }
  });
});

describe('the labels of a matter’s card', () => {
  it.each(spokenLabels([...ISSUE_LABELS]))(
    'with a bare number is no command that would swallow it: %s',
    (word) => {
      const text = `${word} 128`;
      expect(wayLine(text)).toMatchObject({ label: word, number: 128, rest: '' });
      const found = recogniseCommand(text, { addressed: true, private: true });
      if (found && 'name' in found) {
        const claimed = numberLine(found.rest);
        expect(claimed ? claimed.rest : found.word.length < word.length).toBeOneOf(['', true]);
      }
    },
  );
});
