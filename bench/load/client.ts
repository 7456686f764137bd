import { readFileSync } from 'node:fs';
import { messageEvent, type Packed, type Press, pack, pressEvent, type Said } from './events.ts';
import { type Answered, openWire, type Wire } from './wire.ts';

/** What the client is asked to do; one JSON argument. */
export interface Order {
  port: number;
  path: string;
  /** File with the people and what they do: JSON of lines, said again and again, or of presses, each made once. */
  cast: string;
  /** Distinguishes the ids of this run from those of others. */
  run: string;
  connections: number;
  warmSeconds: number;
  seconds: number;
  /** Events a second at fixed times whatever the server does; left out: as fast as it answers. */
  rate?: number;
}

export interface Measured {
  events: number;
  perSecond: number;
  /** Milliseconds; in an open loop from the time at which the event was due. */
  p50: number;
  p99: number;
  p999: number;
  worst: number;
  /** Answers other than 200, and those to a press that show no card. */
  bad: number;
}

/** A request, and whether it is a press, which is answered with a card. */
interface Made {
  request: Packed;
  press: boolean;
}

const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const cast = JSON.parse(readFileSync(order.cast, 'utf8')) as (Said | Press)[];
const MOST = 12_000;
/** A platform opens more connections when none is free, but not without end. */
const WIRES = 256;

let dealt = 0;

/** Whose turn it is. Each press builds on the one before on its card: the run goes on where the warming up ended, and none is made twice. */
function nextDoing(): Said | Press {
  const does = cast[dealt % cast.length];
  if (!does || ('action' in does && dealt >= cast.length)) throw new Error('nobody has anything left to do');
  dealt += 1;
  return does;
}

/** Events are made before they are sent: the client's own work stays out of the measurement. */
function makeEvents(count: number, stage: string): Made[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, index) => {
    const does = nextDoing();
    const id = `${order.run}-${stage}-${index}`;
    const press = 'action' in does;
    const event = press ? pressEvent(does, id, now) : messageEvent(does, id, now);
    return { request: pack(event, order.path, order.port, now), press };
  });
}

/** What a press promises is the new card; what stands on it does not matter here. */
const isGood = ({ status, body }: Answered, { press }: Made): boolean =>
  status === 200 && (!press || body.includes('"card":{'));

async function closedLoop(seconds: number, stage: string): Promise<Measured> {
  const events = makeEvents(Math.ceil(seconds * MOST), stage);
  const wires = await Promise.all(Array.from({ length: order.connections }, () => openWire(order.port)));
  const took: number[] = [];
  let next = 0;
  let bad = 0;
  const began = performance.now();
  const until = began + seconds * 1000;
  await Promise.all(
    wires.map(async (wire) => {
      for (let event = events[next++]; event && performance.now() < until; event = events[next++]) {
        const sent = performance.now();
        if (!isGood(await wire.post(event.request), event)) bad += 1;
        took.push(performance.now() - sent);
      }
    }),
  );
  const lasted = performance.now() - began;
  for (const wire of wires) wire.close();
  return measured(took, lasted, bad);
}

async function openLoop(seconds: number, rate: number, stage: string): Promise<Measured> {
  const events = makeEvents(Math.ceil(seconds * rate), stage);
  const free = await Promise.all(Array.from({ length: order.connections }, () => openWire(order.port)));
  const took: number[] = [];
  const flying: Promise<void>[] = [];
  let bad = 0;
  let next = 0;
  const began = performance.now();
  const dueAt = (index: number): number => began + (index * 1000) / rate;
  let open = free.length;
  const waiting: ((wire: Wire) => void)[] = [];
  const give = (wire: Wire): void => {
    const next = waiting.shift();
    if (next) next(wire);
    else free.push(wire);
  };
  const wireFor = (): Wire | Promise<Wire> => {
    const wire = free.pop();
    if (wire) return wire;
    if (open >= WIRES) return new Promise((resolve) => waiting.push(resolve));
    open += 1;
    return openWire(order.port);
  };
  const send = async (event: Made, due: number): Promise<void> => {
    let wire = await wireFor();
    let answered = await wire.post(event.request);
    if (answered.status === 0) {
      // The server closes connections that rested for long; as every HTTP client, this one then takes another.
      wire = await openWire(order.port);
      answered = await wire.post(event.request);
    }
    took.push(performance.now() - due);
    if (!isGood(answered, event)) bad += 1;
    give(wire);
  };
  while (next < events.length) {
    for (let event = events[next]; event && dueAt(next) <= performance.now(); event = events[next]) {
      flying.push(send(event, dueAt(next)));
      next += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(flying);
  const lasted = performance.now() - began;
  for (const wire of free) wire.close();
  return measured(took, lasted, bad);
}

function measured(took: number[], lasted: number, bad: number): Measured {
  const sorted = Float64Array.from(took).sort();
  const at = (share: number): number =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return {
    events: took.length,
    perSecond: Math.round((took.length * 1000) / lasted),
    p50: at(0.5),
    p99: at(0.99),
    p999: at(0.999),
    worst: round(sorted.at(-1) ?? 0),
    bad,
  };
}

const round = (ms: number): number => Math.round(ms * 100) / 100;

const { warmSeconds, seconds, rate } = order;
const run = (time: number, stage: string): Promise<Measured> =>
  rate === undefined ? closedLoop(time, stage) : openLoop(time, rate, stage);
if (warmSeconds > 0) await run(warmSeconds, 'warm');
process.stdout.write(`${JSON.stringify(await run(seconds, 'run'))}\n`);
