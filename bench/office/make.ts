import { statSync } from 'node:fs';
import { makeOffice } from './open.ts';
import { FULL } from './size.ts';

/** `node make.js <file>`: the full-size office, and how long it took. */
const path = process.argv[2] ?? 'bench.db';
const began = performance.now();
const { store } = makeOffice(path, FULL);
store.close();
const seconds = (performance.now() - began) / 1000;
const cpu = process.cpuUsage();
console.log(
  JSON.stringify({
    seconds: Number(seconds.toFixed(1)),
    cpu: Number(((cpu.user + cpu.system) / 1e6).toFixed(1)),
    megabytes: Math.round(statSync(path).size / 1e6),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
