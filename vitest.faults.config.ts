import { defineConfig } from 'vitest/config';

/** The full form of what `npm test` runs short: `npm run test:faults`. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts', 'test/worker/fault-rounds.test.ts', 'test/fuzz/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    env: {
      TZ: 'Asia/Shanghai',
      FAULT_ROUNDS: process.env.FAULT_ROUNDS ?? '240',
      FAULT_ROUNDS_WORKER: process.env.FAULT_ROUNDS_WORKER ?? '120',
      FUZZ_RUNS: process.env.FUZZ_RUNS ?? '100000',
    },
  },
});
