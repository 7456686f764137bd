import { buildProduct } from './lib/processes.ts';
import { machine, missedPromises } from './lib/report.ts';
import { callbacks } from './suites/callbacks.ts';
import { growth } from './suites/growth.ts';
import { mainJob } from './suites/main-job.ts';
import { openLoop } from './suites/open-loop.ts';
import { HOME } from './suites/product.ts';
import { startAndSize } from './suites/start.ts';

/**
 * `npm run bench [-- main open callbacks growth start] [--quick] [--only=bare,lianxin]`: without names all five suites.
 * Ends with 1 when a promise of performance.md was missed.
 */
const words = process.argv.slice(2);
const quick = words.includes('--quick');
const names = words.filter((word) => !word.startsWith('--'));
const only = words
  .find((word) => word.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
const wanted = (suite: string): boolean => names.length === 0 || names.includes(suite);

/** `--start=<file>`: another build of the product, to compare. */
const given = words.find((word) => word.startsWith('--start='))?.slice('--start='.length);
const start = given ?? buildProduct(`${HOME}/dist`);
console.log(machine());
if (wanted('main')) await mainJob({ start, only, rounds: quick ? 1 : 3, seconds: quick ? 5 : 15 });
if (wanted('open')) await openLoop({ start, cli: `${HOME}/dist/lianxin.js`, seconds: quick ? 8 : 20 });
if (wanted('callbacks')) await callbacks({ start, cli: `${HOME}/dist/lianxin.js`, seconds: quick ? 8 : 20 });
if (wanted('growth')) await growth({ repeats: quick ? 24 : 80 });
if (wanted('start')) await startAndSize({ start, times: quick ? 3 : 7 });

const missed = missedPromises();
console.log(missed.length === 0 ? '\n承诺都达到了。' : `\n没有达到：\n${missed.join('\n')}`);
process.exitCode = missed.length === 0 ? 0 : 1;
