// Writes the next migration of db/migrations from db/schema, and db/migrations/bundle.ts, which carries the SQL as
// text: a bundle and a Worker have no folder to read. A change of the schema is a new file, since installed
// databases must follow (test/fixtures/databases keeps one of each).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}db/migrations/`;
execFileSync('npx', ['drizzle-kit', 'generate'], { cwd: root, stdio: 'inherit' });

const entries = readdirSync(folder)
  .filter((file) => file.endsWith('.sql'))
  .sort()
  .map((file) => {
    const sql = readFileSync(folder + file, 'utf8');
    const hash = createHash('sha256').update(sql).digest('hex').slice(0, 16);
    return `  {\n    tag: '${file.slice(0, -4)}',\n    hash: '${hash}',\n    sql: ${JSON.stringify(sql)},\n  },\n`;
  });
writeFileSync(
  `${folder}bundle.ts`,
  `// Written by db/generate.mjs (npm run db:generate); not by hand.\nexport const bundle: readonly { tag: string; hash: string; sql: string }[] = [\n${entries.join('')}];\n`,
);
