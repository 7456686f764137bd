import Database from 'better-sqlite3';

/**
 * Loaded into the server process before its own bundle (`node --import`): gives the harness a hand on two things that
 * have no knob, the clock and the open connection of the database. The server's own code is the released one.
 */

const RealDate = Date;
let offset = Number(process.env.CLOCK_OFFSET ?? 0);

class MovedDate extends RealDate {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(RealDate.now() + offset);
    else super(...(given as [number]));
  }
  static override now(): number {
    return RealDate.now() + offset;
  }
}
globalThis.Date = MovedDate as DateConstructor;

/** Every connection the server opens sets its pragmas; that is where it is met. */
const opened = new Set<Database.Database>();
const pragma = Database.prototype.pragma;
Database.prototype.pragma = function met(this: Database.Database, ...given: Parameters<typeof pragma>) {
  opened.add(this);
  return pragma.apply(this, given);
};

export type Ask = { id: number; clock: number } | { id: number; pragma: string };

process.on('message', (ask: Ask) => {
  if ('clock' in ask) {
    offset = ask.clock;
    process.send?.({ id: ask.id, values: [offset] });
    return;
  }
  const values = [...opened]
    .filter((each) => each.open && !each.readonly)
    .map((each) => pragma.call(each, ask.pragma, { simple: true }));
  process.send?.({ id: ask.id, values });
});
// The channel alone must not keep a server alive that wants to end.
process.channel?.unref();
