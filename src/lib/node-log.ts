import { createRequire } from 'node:module';
import type { DestinationStream, LevelWithSilent, Logger, pino as Pino } from 'pino';
import { describeError, type Log } from './log.ts';

/** Names under which a body, a word of a resident or a secret could slip into a line, at the top or one level down. */
const DOUBTFUL = [
  'authorization',
  'body',
  'content',
  'data',
  'headers',
  'password',
  'phone',
  'secret',
  'text',
  'token',
];
const HIDDEN = ['name', ...DOUBTFUL, ...DOUBTFUL.map((key) => `*.${key}`)];

/**
 * The Node host's logger: JSON lines, levels by name, errors reduced by `describeError`, doubtful fields struck out.
 * pino is loaded with the first line: a start that goes well has nothing to say and need not wait for it. Loaded at once
 * and in one piece (`require`), for the last line before an exit must be written too.
 */
export function createLog(level: LevelWithSilent, destination?: DestinationStream): Log {
  let made: Logger | undefined;
  const log = (): Logger => {
    made ??= makeLogger(level, destination);
    return made;
  };
  return {
    debug: (fields, message) => log().debug(fields, message),
    info: (fields, message) => log().info(fields, message),
    warn: (fields, message) => log().warn(fields, message),
    error: (fields, message) => log().error(fields, message),
  };
}

function makeLogger(level: LevelWithSilent, destination?: DestinationStream): Logger {
  const { pino } = createRequire(import.meta.url)('pino') as { pino: typeof Pino };
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: HIDDEN, censor: '[已隐去]' },
      serializers: { err: describeError, error: describeError },
    },
    ...(destination ? [destination] : []),
  );
}
