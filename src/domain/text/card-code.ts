/**
 * The number of a card that is no matter's, for those who type instead of pressing (issue 4, point 5): `K` and the
 * message's row in 31 characters that nobody confuses, the last one a check. 31 is prime, so every wrong character and
 * every two that changed places are noticed.
 */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const BASE = ALPHABET.length;
const SHORTEST = 2;

/** Behind the `K`: how such a number looks; in any case of letters. */
export const CODE_TAIL = '[2-9A-HJKMNP-Za-hjkmnp-z]{3,9}';

/** `K3F7`: of a row id, 1 and up. */
export function codeOf(id: number): string {
  const digits: number[] = [];
  for (let left = id; left > 0 || digits.length < SHORTEST; left = Math.floor(left / BASE))
    digits.unshift(left % BASE);
  return `K${[...digits, check(digits)].map((digit) => ALPHABET.charAt(digit)).join('')}`;
}

/** The reverse of codeOf; null when it was mistyped. */
export function idOfCode(code: string): number | null {
  const digits = [...code.toUpperCase().slice(1)].map((char) => ALPHABET.indexOf(char));
  const last = digits.pop();
  if (last === undefined || digits.length < SHORTEST || digits.includes(-1) || check(digits) !== last)
    return null;
  return digits.reduce((id, digit) => id * BASE + digit, 0);
}

function check(digits: readonly number[]): number {
  const sum = digits.reduce((total, digit, index) => total + digit * (digits.length - index + 1), 0);
  return (BASE - (sum % BASE)) % BASE;
}
