import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/commands/index.ts';
import { JOBS } from '../src/jobs/index.ts';
import { VIEWS } from '../src/views/index.ts';

const root = join(import.meta.dirname, '..');

function files(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.tsx?$/.test(name) && statSync(join(root, name)).isFile());
}

const text = (name: string): string => readFileSync(join(root, name), 'utf8');

describe('the house', () => {
  it('lets imports point one way', async () => {
    const { default: config } = (await import('../.dependency-cruiser.cjs' as string)) as {
      default: { forbidden: object[]; options: object };
    };
    const result = await cruise(['src', 'cards', 'db'], {
      ...config.options,
      baseDir: root,
      ruleSet: { forbidden: config.forbidden },
      validate: true,
    } as Parameters<typeof cruise>[1]);
    const output = result.output as {
      modules: unknown[];
      summary: { violations: { rule: { name: string }; from: string; to: string }[] };
    };
    // With a compiler it cannot use the cruiser silently sees nothing.
    expect(output.modules.length).toBeGreaterThan(50);
    expect(output.summary.violations.map((each) => `${each.rule.name}: ${each.from} -> ${each.to}`)).toEqual(
      [],
    );
  });

  it.each([
    ['src/commands', 'Command'],
    ['src/jobs', 'Job'],
    ['src/views', 'View'],
  ])('lists every feature of %s', (folder) => {
    const index = text(join(folder, 'index.ts'));
    const forgotten = files(folder)
      .map((name) => name.slice(folder.length + 1).replace(/\.tsx?$/, ''))
      .filter((name) => !['index', 'define'].includes(name) && !index.includes(`'./${name}.ts'`));
    expect(forgotten).toEqual([]);
  });

  it('gives every feature a name of its own', () => {
    for (const names of [
      COMMANDS.map((each) => each.name),
      JOBS.map((each) => each.name),
      VIEWS.map((each) => each.name),
    ]) {
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('keeps files short', () => {
    const long = ['src', 'cards', 'db']
      .flatMap(files)
      .filter((name) => !name.includes('/data/') && !name.includes('/words/') && !name.includes('migrations'))
      .map((name) => ({ name, lines: text(name).split('\n').length }))
      .filter(({ lines }) => lines > 251);
    expect(long).toEqual([]);
  });

  it('reads no clock in the domain and no environment but in one place', () => {
    expect(
      files('src/domain').filter((name) => /Date\.now\(|new Date\(\)|performance\.now/.test(text(name))),
    ).toEqual([]);
    expect(
      ['src', 'cards', 'db']
        .flatMap(files)
        .filter((name) => /process\.env/.test(text(name)) && !/src\/(main\.\w+|config)\.ts$/.test(name)),
    ).toEqual([]);
  });

  it('leaves every action that a card offers to a command that knows it', () => {
    const known = new Set(
      COMMANDS.flatMap((each) => Object.keys(each.actions ?? {}).map((key) => `${each.name}.${key}`)),
    );
    known.add('office.retry');
    const offered = ['cards', 'src/views', 'src/commands']
      .flatMap(files)
      .flatMap((name) =>
        [...text(name).matchAll(/action: '([a-z-]+\.[a-z-]+)'/gi)].map((match) => match[1] ?? ''),
      );
    expect(offered.length).toBeGreaterThan(10);
    expect([...new Set(offered)].filter((action) => !known.has(action))).toEqual([]);
  });
});
