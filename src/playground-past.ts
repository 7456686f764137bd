import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RoomsPast } from './platforms/playground/index.ts';
import type { PlaygroundPlan } from './playground-office.ts';

/**
 * Has the past played by a process that ends with it: the database is left in the file, what was said is the answer.
 * Played here it would leave 30 MB that an idle playground never needs again; played by a thread, half of them.
 */
export function playPast(plan: PlaygroundPlan): Promise<RoomsPast> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./main.past.js', import.meta.url)), {
      serialization: 'advanced',
    });
    let past: RoomsPast | undefined;
    child.once('message', (said) => {
      past = said as RoomsPast;
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (past) resolve(past);
      else reject(new Error(`the past ended with ${code}`));
    });
    child.send(plan);
  });
}
