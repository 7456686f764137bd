import { z } from 'zod';
import type { Administrator } from '../config.ts';
import type { DingTalkConfig } from '../config-dingtalk.ts';
import type { FeishuConfig } from '../config-feishu.ts';

/** What an office needs to speak with its platforms: whole tenants' credentials, so it is only ever kept sealed. */
export interface Credentials {
  feishu?: FeishuConfig;
  dingtalk?: DingTalkConfig;
  /** The first administrators (decision 6). */
  admins: Administrator[];
  /** Rises with every rotation: of two entries the newer one holds. */
  revision: number;
}

const platform = z.enum(['feishu', 'dingtalk']);

/** Credentials as they come out of a seal. Entries of before DingTalk hold administrators as bare ids of Feishu. */
export const credentialsSchema = z.object({
  feishu: z
    .object({
      appId: z.string(),
      appSecret: z.string(),
      encryptKey: z.string().optional(),
      verificationToken: z.string().optional(),
      baseUrl: z.string(),
      mode: z.enum(['webhook', 'longconn']),
    })
    .optional(),
  dingtalk: z
    .object({
      clientId: z.string(),
      clientSecret: z.string(),
      robotCode: z.string(),
      cardTemplateId: z.string().optional(),
      baseUrl: z.string(),
      oapiUrl: z.string(),
      mode: z.enum(['webhook', 'stream']),
      aesKey: z.string().optional(),
      token: z.string().optional(),
      monthly: z.object({ calls: z.number(), pushes: z.number() }),
    })
    .optional(),
  admins: z.array(
    z.union([
      z.object({ platform, id: z.string() }),
      z.string().transform((id): Administrator => ({ platform: 'feishu', id })),
    ]),
  ),
  revision: z.number(),
});

/** The connections these credentials are for, Feishu first: `feishu:<app id>`, `dingtalk:<client id>`. */
export function connectionsOf({ feishu, dingtalk }: Pick<Credentials, 'feishu' | 'dingtalk'>): string[] {
  return [
    ...(feishu ? [`feishu:${feishu.appId}`] : []),
    ...(dingtalk ? [`dingtalk:${dingtalk.clientId}`] : []),
  ];
}

/** Those of them that a platform pushes to; the others' events come over a connection that we hold open. */
export function pushedOf({ feishu, dingtalk }: Pick<Credentials, 'feishu' | 'dingtalk'>): string[] {
  return connectionsOf({
    feishu: feishu?.mode === 'webhook' ? feishu : undefined,
    dingtalk: dingtalk?.mode === 'webhook' ? dingtalk : undefined,
  });
}

/** Whether something has to be held open, so that who has these cannot be left to sleep. */
export function holdsLine(credentials: Pick<Credentials, 'feishu' | 'dingtalk'>): boolean {
  return pushedOf(credentials).length < connectionsOf(credentials).length;
}

/** Administrators by the connection they are known on: the first of their platform; those of a platform that is off are left out. */
export function administratorsOn(
  connections: readonly string[],
  admins: readonly Administrator[],
): { connection: string; id: string }[] {
  return admins.flatMap(({ platform, id }) => {
    const connection = connections.find((each) => each.startsWith(`${platform}:`));
    return connection ? [{ connection, id }] : [];
  });
}
