import { describeError, type Log } from './lib/log.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** The Worker's log: JSON lines to the runtime, errors reduced as on Node. It has no other output than the console. */
export function workerLog(level: (typeof LEVELS)[number]): Log {
  const write =
    (name: 'debug' | 'info' | 'warn' | 'error') => (fields: Record<string, unknown>, message: string) => {
      if (LEVELS.indexOf(name) < LEVELS.indexOf(level)) return;
      const plain = Object.fromEntries(
        Object.entries(fields).map(([key, value]) => [
          key,
          value instanceof Error ? describeError(value) : value,
        ]),
      );
      // biome-ignore lint/suspicious/noConsole: the console is the log of a Worker
      console[name](JSON.stringify({ level: name, ...plain, msg: message }));
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
