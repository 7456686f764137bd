import fc from 'fast-check';
import { COMMANDS } from '../../src/commands/index.ts';
import { corpusLines } from './runs.ts';

const CORPUS = corpusLines();
/** What stands between words, what hides in them, and what other programs take for an order. */
const ODD = [
  '\u200b',
  '\u202e',
  '\ufeff',
  '\u0000',
  '\ud83d',
  '👨‍👩‍👧',
  '\u0301',
  '\r\n',
  '\t',
  '　',
  '<at id=all></at>',
  '@_user_1',
  '@_all',
  '**',
  '[点](http://evil.test)',
  '{{x}}',
  '<%= x %>',
  "'; drop table visit; --",
  '%s',
  '../',
  '\\n',
  '二〇二六年',
  '99999999999999999999',
  '-1',
  '0号楼',
  '1e9号楼',
  '二月三十日',
  '12-2',
  '128',
  '第0号',
];
const WORDS = COMMANDS.map((command) => command.help.example.split(' ')[0] ?? '');
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...CORPUS) },
  { weight: 2, arbitrary: fc.constantFrom(...ODD) },
  { weight: 2, arbitrary: fc.constantFrom(...COMMANDS.map((command) => command.help.example)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
);

/** A cut of a piece, so that words end in the middle. */
const cut = fc
  .tuple(piece, fc.nat({ max: 40 }), fc.nat({ max: 60 }))
  .map(([text, from, length]) => text.slice(from % (text.length + 1), from + length));

/** A typed line: a corpus line, cut, glued, repeated and spiked; mostly behind a command word. */
export const line = fc
  .tuple(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...WORDS).map((word) => `${word} `) },
      { weight: 1, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: cut },
    ),
    fc.array(fc.oneof(piece, cut), { minLength: 1, maxLength: 5 }),
    fc.constantFrom('', ' ', '，', '\n', '；'),
  )
  .map(([head, parts, glue]) => head + parts.join(glue));
