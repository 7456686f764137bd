import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { pinned, SERVER_CORE, startServer } from '../lib/processes.ts';
import { SECRET } from '../office/open.ts';
import { DATA, JS } from './product.ts';

const ROWS = 5_000;

/** A ledger being read and an import running beside the server, on its own core and its own file; `ended` tells of it. */
export async function startBeside(cli: string, path: string): Promise<{ ended(): Promise<string> }> {
  const reader = await startServer([`${JS}/suites/reader.js`, path], { core: SERVER_CORE });
  const imported = importBeside(cli, path);
  return {
    async ended() {
      const seconds = await imported.ended;
      await reader.stop();
      return `台账在读，导入${ROWS}户用${seconds}秒`;
    },
  };
}

/** `lianxin import` on the same file, as an operator would run it beside the server. */
function importBeside(cli: string, database: string): { ended: Promise<number> } {
  const file = `${DATA}/户.csv`;
  const lines = Array.from(
    { length: ROWS },
    (_, nth) => `${60 + Math.floor(nth / 20)}号楼1单元${(nth % 20) + 1}01,张某,第1街道1社区`,
  );
  writeFileSync(file, `地址,户主,社区\n${lines.join('\n')}\n`);
  const began = performance.now();
  const [command, args] = pinned(SERVER_CORE, [cli, 'import', file]);
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH ?? '', DATABASE_PATH: database, SECRET_KEY: SECRET },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return {
    ended: new Promise((resolve, reject) => {
      child.once('close', (code) =>
        code === 0
          ? resolve(Math.round((performance.now() - began) / 1000))
          : reject(new Error(`the import ended with ${code}`)),
      );
    }),
  };
}
