/** Runs a sticky pattern at one index; every recogniser reads a line this way, without cutting it. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
