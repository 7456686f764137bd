// Packages of bench/package.json, for the servers beside us: nothing of the product can import them.
import { createRequire } from 'node:module';

export const peer = createRequire(new URL('../package.json', import.meta.url));

// The same as bench/load/app.ts; these files run as they are, without the bundler.
export const app = {
  id: 'cli_bench',
  encryptKey: 'bench-encrypt-key',
  token: 'bench-verification-token',
};
