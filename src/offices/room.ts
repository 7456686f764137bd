import { accepting, type EventSink } from '../http/accept.ts';
import type { FormPages } from '../http/forms.ts';
import { describeError, type Log } from '../lib/log.ts';
import type { Platform } from '../platforms/platform.ts';
import type { HostedOffice } from './hosted-office.ts';

/** An office of this machine, open or not, with the platforms that its entry names. */
export interface Room {
  /** Of the entry it was made with: `disable` and `rotate` make another room. */
  revision: number;
  /** It has a long connection: no push would wake it. */
  staysOpen: boolean;
  platforms: readonly Platform[];
  hosted: HostedOffice;
}

/**
 * What a platform has to set at its own side, and its long connection, once for these credentials. Nothing here waits
 * for it; a connection that does not come up is tried again by its platform, and is nobody else's trouble.
 */
export function beginRoom(id: string, room: Room, log: Log): void {
  for (const platform of room.platforms)
    platform.start?.(accepting(sinkOf(room), log)).catch((error: unknown) => {
      log.warn(
        { office: id, platform: platform.name, error: describeError(error) },
        'a platform did not start',
      );
    });
}

/** Connections first, so that nothing more comes; then what was accepted is finished and the file closed. */
export async function shutRoom({ platforms, hosted }: Room): Promise<void> {
  await Promise.allSettled(platforms.map((platform) => platform.stop?.()));
  await hosted.close();
}

export function sinkOf({ hosted }: Room): EventSink {
  return (inbound) => hosted.speak((office) => office.deliver(inbound));
}

export function pagesOf({ hosted }: Room): FormPages {
  return {
    open: (token) => hosted.speak(async (office) => office.pages.open(token)),
    send: (token, sent) => hosted.speak((office) => office.pages.send(token, sent)),
  };
}
