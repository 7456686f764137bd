/** What the house asks of a log; a pino logger fits, and a Worker passes its own. Fields hold no personal data. */
export interface Log {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** For tests and for places that have nothing to say. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** What came out of `describeError`: the log's own serializer meets it once more. */
const described = new WeakSet<object>();

/**
 * The shape of a thrown thing that is fit for a log: its name, code and where it was thrown.
 * The message stays out, for drivers put rows and parameters into it; an `AppError`'s own
 * sentence for the operator is free of personal data and is kept. What is described already stays as it is.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (isDescribed(error)) return error;
  if (!(error instanceof Error)) return keep({ name: typeof error });
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return keep({
    name: error.name,
    ...(code ? { code } : {}),
    ...(error.name === 'AppError' ? { message: error.message } : {}),
    ...(frames.length > 0 ? { at: frames.slice(0, 6).map((line) => line.trim()) } : {}),
    ...(error.cause ? { cause: describeError(error.cause) } : {}),
  });
}

function keep(shape: Record<string, unknown>): Record<string, unknown> {
  described.add(shape);
  return shape;
}

function isDescribed(thing: unknown): thing is Record<string, unknown> {
  return typeof thing === 'object' && thing !== null && described.has(thing);
}
