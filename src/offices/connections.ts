import type { ConnectionRow } from '../../db/queries/connections.ts';
import { AppError } from '../lib/errors.ts';
import { createVault } from '../lib/vault.ts';
import { type Credentials, connectionsOf, credentialsSchema } from './credentials.ts';

/**
 * Seals the credentials of a further connection of one office (issue 4, point 6) under the office's key; `key` says
 * which connection it is, and what is sealed opens for no other.
 */
export function sealConnection(
  secret: string,
  credentials: Credentials,
): Pick<ConnectionRow, 'key' | 'platform' | 'sealed'> {
  const [key = '', ...others] = connectionsOf(credentials);
  if (key === '' || others.length > 0) throw new Error('a connection is one tenant of one platform');
  return {
    key,
    platform: credentials.feishu ? 'feishu' : 'dingtalk',
    sealed: createVault(secret).seal(JSON.stringify(credentials)),
  };
}

/** Throws AppError `connection` when the key is another, the text is damaged, or it was sealed for another one. */
export function openConnection(
  secret: string,
  { key, sealed }: Pick<ConnectionRow, 'key' | 'sealed'>,
): Credentials {
  try {
    const credentials = credentialsSchema.parse(JSON.parse(createVault(secret).open(sealed)));
    const found = connectionsOf(credentials);
    if (found.length === 1 && found[0] === key) return credentials;
  } catch {
    // The same answer for every reason: the cause could hold a credential.
  }
  throw new AppError('connection', {
    userText: `连接 ${key} 的凭证打不开：SECRET_KEY 换过，或者这一条坏了。请用 lianxin connection rotate 重新写入。`,
    operatorText: 'the credentials of a connection cannot be opened with this SECRET_KEY',
  });
}

/** The connections that ids in a roster file may belong to; a platform that is not configured is absent. */
export interface RosterConnections {
  /** Where a bare id of the platform belongs. */
  feishu?: string;
  dingtalk?: string;
  /** Further ones; ids there are written `<app id>:<id>`. */
  others?: readonly string[];
}

/** `connections` in their order: the first of each platform takes the bare ids. */
export function rosterConnections(connections: readonly string[]): RosterConnections {
  const first = (name: string): string | undefined => connections.find((each) => each.startsWith(`${name}:`));
  const feishu = first('feishu');
  const dingtalk = first('dingtalk');
  return {
    feishu,
    dingtalk,
    others: connections.filter((each) => each !== feishu && each !== dingtalk),
  };
}
