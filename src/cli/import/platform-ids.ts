import type { RosterConnections } from '../../offices/connections.ts';
import type { PlatformPerson } from '../../work/link-person.ts';

const WORD = { feishu: '飞书', dingtalk: '钉钉' } as const;

export function allConnections({ feishu, dingtalk, others = [] }: RosterConnections): string[] {
  return [feishu, dingtalk, ...others].filter((each) => each !== undefined);
}

/**
 * The ids in one cell, several with 、: `ou_1、cli_b:ou_2`. `notes` are the sentences for those whose app is not
 * connected here; they are left out, and the row is none the worse.
 */
export function readPlatformIds(
  cell: string,
  platform: 'feishu' | 'dingtalk',
  connections: RosterConnections,
): { ids: PlatformPerson[]; notes: string[] } {
  const ids: PlatformPerson[] = [];
  const notes: string[] = [];
  // A slash is none of the separators here: DingTalk's conversation ids hold it.
  for (const said of new Set(cell.split(/[、,;\s]+/).filter(Boolean))) {
    const cut = said.indexOf(':');
    const app = cut < 0 ? null : said.slice(0, cut);
    const connection =
      app === null
        ? connections[platform]
        : allConnections(connections).find((each) => each === `${platform}:${app}`);
    if (connection) ids.push({ connection, externalId: said.slice(cut + 1) });
    else if (app !== null)
      notes.push(`${WORD[platform]}应用 ${app} 没有接上（看 lianxin connection list），它那边的先不记。`);
    else notes.push(`${WORD[platform]}还没有配置，${WORD[platform]}那边的先不记；配好后再导入一次。`);
  }
  return { ids, notes };
}
