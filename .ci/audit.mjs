// What is shipped is looked up among the known vulnerabilities: a high or critical one fails. Where no database answers
// (a machine without the network), that is said and nothing more: it is no proof either way.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', timeout: 60_000 });
const found = readCounts(stdout);
if (found === undefined) {
  console.log('audit: no database of vulnerabilities can be reached, nothing was looked up');
} else {
  const grave = (found.high ?? 0) + (found.critical ?? 0);
  console.log(`audit: ${found.total ?? 0} known vulnerabilities in what is shipped, ${grave} of them grave`);
  if (grave > 0) {
    console.log('audit: see `npm audit --omit=dev`');
    process.exitCode = 1;
  }
}

function readCounts(text) {
  try {
    return JSON.parse(text).metadata?.vulnerabilities;
  } catch {
    return undefined;
  }
}
