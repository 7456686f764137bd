/**
 * An error that carries two sentences: one for the person who typed (Chinese, says how to do it right)
 * and one for the operator. Neither may hold personal data; `cause` goes to the log only after redaction.
 */
export class AppError extends Error {
  readonly code: string;
  readonly userText: string;

  constructor(code: string, options: { userText: string; operatorText?: string; cause?: unknown }) {
    super(options.operatorText ?? code, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.userText = options.userText;
  }
}

/** The short, personal-data-free name of any thrown thing, fit for logs and rows. */
export function errorCode(error: unknown): string {
  if (error instanceof AppError) return error.code;
  if (error && typeof error === 'object' && 'code' in error && typeof error.code === 'string')
    return error.code;
  return error instanceof Error ? error.name : 'unknown';
}

/** First frame of the stack: a file and a line, no values. */
export function whereThrown(error: unknown): string | undefined {
  return error instanceof Error
    ? error.stack
        ?.split('\n')
        .find((line) => line.trimStart().startsWith('at '))
        ?.trim()
    : undefined;
}
