import type { Said } from '../load/events.ts';
import type { Generated } from '../office/generate.ts';
import { NOTES } from '../office/words.ts';

/** Lines that people of a generated office type about homes of their own community, each in the group of his branch. */
export function castOf({ branches, homes }: Pick<Generated, 'branches' | 'homes'>, lines: number): Said[] {
  const people = branches.flatMap((branch) => branch.members.map((member) => ({ branch, member })));
  return Array.from({ length: lines }, (_, nth) => {
    const { branch, member } = people[(nth * 37) % people.length] ?? {};
    const near = homes.get(branch?.communityId ?? 0) ?? [];
    const home = near[(nth * 13) % near.length];
    return {
      openId: member?.externalId ?? '',
      chatId: branch?.externalId ?? '',
      text: `/走访 ${home?.address} ${home?.head} ${NOTES[nth % NOTES.length]}`,
    };
  });
}
