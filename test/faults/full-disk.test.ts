import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAlways } from './check.ts';
import { createFaultWorld, type FaultWorld } from './fault-world.ts';
import { type Act, act } from './load.ts';
import { type Built, buildServer } from './server.ts';
import { settle } from './settle.ts';

/** A small disk of its own where this may be had (root on Linux); elsewhere the limit of the connection stands in. */
function smallDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'none', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let built: Built;
let world: FaultWorld;
let folder: string;
let mounted: boolean;
beforeAll(async () => {
  built = await buildServer();
  folder = mkdtempSync(join(tmpdir(), 'lianxin-disk-'));
  mounted = smallDisk(folder);
  world = await createFaultWorld(built, { groups: 2, folder });
  await world.start();
}, 60_000);
afterAll(async () => {
  await world?.end();
  if (mounted) execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  built?.remove();
});

/** Leaves `spare` bytes, and gives them back. */
async function fill(spare: number): Promise<() => Promise<void>> {
  if (mounted) {
    // The log of the commits starts small again, so that it needs room at once.
    await world.life().pragma('wal_checkpoint(TRUNCATE)');
    // To the brim and then back by so much, for the server writes beside this (its minute's beat).
    const filler = join(folder, 'filler');
    const file = openSync(filler, 'w');
    let size = 0;
    try {
      for (;;) size += writeSync(file, Buffer.alloc(4096));
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
    }
    ftruncateSync(file, Math.max(0, size - spare));
    closeSync(file);
    return async () => rmSync(filler);
  }
  const [pages] = await world.life().pragma('page_count');
  await world.life().pragma(`max_page_count = ${Number(pages) + Math.floor(spare / 4096)}`);
  return async () => void (await world.life().pragma('max_page_count = 1073741823'));
}

const all: Act[] = [];

describe('a disk that fills up under load (decision 41)', () => {
  it.each([0, 160_000, 320_000])(
    'with %i bytes left: what was acknowledged is whole, what was not comes again',
    async (spare) => {
      const breaches: string[] = [];
      const empty = await fill(spare);
      const plans = Array.from({ length: 30 }, (_, n) => {
        const group = world.groups[n % world.groups.length] as FaultWorld['groups'][number];
        const by = group.members[n % group.members.length] as FaultWorld['groups'][number]['members'][number];
        const what = n % 5 === 0 ? ('issue' as const) : ('visit' as const);
        return { what, group, by, building: n + 1, which: 0 };
      });
      const acts: Act[] = await Promise.all(plans.map((plan) => act(world, plan, breaches)));
      const refused = acts.filter((each) => !each.acked());
      for (const each of refused) expect([503, 0]).toContain(each.delivery.status);

      if (spare === 0) expect(refused).toHaveLength(acts.length);
      expect(world.life().ended()).toBeUndefined();
      await empty();
      for (const each of refused) await world.sim.repush(each.delivery.eventId);
      all.push(...acts);
      expect(await settle(world)).toEqual([]);
      expect([...breaches, ...checkAlways(world, all)]).toEqual([]);
      expect(acts.every((each) => each.acked())).toBe(true);
      console.log(
        `full disk, ${mounted ? 'tmpfs' : 'limit'}, ${spare} bytes: ${refused.length} of ${acts.length} refused`,
      );
    },
    60_000,
  );

  it('met both: lines that found room and lines that did not', () => {
    const first = all.map((each) => each.delivery.acked);
    expect(first).toContain(true);
    expect(first).toContain(false);
  });
});
