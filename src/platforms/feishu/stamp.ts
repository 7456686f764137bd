/** Go's `time.String()`, reported for card callbacks: `2026-10-04 18:23:46.052290112 +0800 CST m=+3612.1` (feishu.md 1.4). */
const GO_TIME =
  /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?\s*(Z|[+-]\d{2}:?\d{2})(?:\s|$)/;

/**
 * Epoch milliseconds of any stamp Feishu is known to write: seconds, milliseconds, microseconds or
 * nanoseconds as digits or number, or a Go time string (feishu.md 1.4, 1.6; decision 2).
 * Undefined when it is none of them.
 */
export function parseStamp(stamp: unknown): number | undefined {
  if (typeof stamp === 'number') return Number.isFinite(stamp) && stamp > 0 ? byMagnitude(stamp) : undefined;
  if (typeof stamp !== 'string') return undefined;
  const text = stamp.trim();
  if (/^\d{1,19}(\.\d{1,9})?$/.test(text)) return byMagnitude(Number(text));
  const go = GO_TIME.exec(text);
  if (!go) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = go;
  const millis = fraction.padEnd(3, '0').slice(0, 3);
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}${offset}`);
  return Number.isNaN(at) ? undefined : at;
}

/** The units lie a thousand apart, so the size alone tells which one it is (from 1973 to 5138). */
function byMagnitude(value: number): number | undefined {
  if (value <= 0) return undefined;
  if (value < 1e11) return Math.round(value * 1000);
  if (value < 1e14) return Math.round(value);
  return value < 1e17 ? Math.floor(value / 1e3) : Math.floor(value / 1e6);
}
