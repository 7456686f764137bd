import type { Store } from '../store.ts';
import { auditQueries } from './audit.ts';
import { cardQueries } from './cards.ts';
import { chatQueries, strangerQueries, toldQueries } from './chats.ts';
import { connectionQueries } from './connections.ts';
import { householdQueries } from './households.ts';
import { inboxQueries } from './inbox.ts';
import { issueQueries } from './issues.ts';
import { memberQueries } from './members.ts';
import { orgQueries, settingQueries } from './orgs.ts';
import { outboxQueries } from './outbox.ts';
import { photoQueries } from './photos.ts';
import { quotaQueries } from './quota.ts';
import { rosterQueries } from './roster.ts';
import type { Session } from './session.ts';
import { typedQueries } from './typed.ts';
import { upkeepQueries } from './upkeep.ts';
import { visitQueries } from './visits.ts';
import { workQueries } from './work.ts';

type Made<T> = { readonly [K in keyof T]: T[K] extends () => infer V ? V : never };

/** Each part is made at its first use: preparing all statements would be a good part of the start. */
function lazily<T extends Record<string, () => unknown>>(makers: T): Made<T> {
  const made = {};
  for (const [name, make] of Object.entries(makers)) {
    Object.defineProperty(made, name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = make();
        Object.defineProperty(made, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return made as Made<T>;
}

/** All reading and writing, one module an aggregate, made when it is first used; statements of hot paths are prepared once. */
export function createQueries({
  store,
  ...rest
}: { store: Pick<Store, 'db' | 'prepare' | 'epoch'> } & Pick<Session, 'vault' | 'connections'>) {
  const session: Session = { db: store.db, prepare: store.prepare, epoch: store.epoch, ...rest };
  return lazily({
    orgs: () => orgQueries(session),
    settings: () => settingQueries(session),
    members: () => memberQueries(session),
    roster: () => rosterQueries(session),
    chats: () => chatQueries(session),
    strangers: () => strangerQueries(session),
    told: () => toldQueries(session),
    households: () => householdQueries(session),
    visits: () => visitQueries(session),
    photos: () => photoQueries(session),
    issues: () => issueQueries(session),
    work: () => workQueries(session),
    inbox: () => inboxQueries(session),
    outbox: () => outboxQueries(session),
    cards: () => cardQueries(session),
    quota: () => quotaQueries(session),
    audit: () => auditQueries(session),
    connections: () => connectionQueries(session),
    typed: () => typedQueries(session),
    upkeep: () => upkeepQueries(session),
  });
}

export type Queries = ReturnType<typeof createQueries>;
