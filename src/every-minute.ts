import cron from 'node-cron';
import { describeError, type Log } from './lib/log.ts';

/**
 * Runs `work` at each full minute, never twice at a time. node-cron would write to the console, an error's words and
 * all: here it speaks through our log, in codes.
 */
export function everyMinute(work: () => Promise<unknown>, log: Log): { stop(): Promise<void> } {
  const failed = (error: unknown): void => log.error({ error: describeError(error) }, 'a tick failed');
  const task = cron.schedule('* * * * *', () => work().catch(failed), {
    noOverlap: true,
    logger: {
      debug: () => {},
      info: () => {},
      // Late or still at work: of use only beside other signs of load.
      warn: (message) => log.warn({ cron: String(message).slice(0, 120) }, 'the minute was missed'),
      error: (message, error) => failed(error ?? message),
    },
  });
  return {
    async stop() {
      await task.stop();
    },
  };
}
