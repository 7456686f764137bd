import { CharSet, WHITE_SPACE } from './char-set.ts';
import { COMMAND_ENTRIES, type CommandEntry, guessCommand, nearestCommand } from './command-guess.ts';
import { COMMAND_WORDS, WORD_MODES, WORDS_ALONE, WORDS_WITH_BREAK } from './command-words.ts';
import { labelAt } from './labels.ts';
import { looseCommand } from './loose-command.ts';
import { clean, fold, isHanAt, stripMentions } from './normalise.ts';
import type { CommandMatch, CommandMiss, CommandName, CommandVia } from './types.ts';

/** Where the line was typed. `addressed`: it @s the bot; `private`: a private chat or the command line. */
export interface Addressing {
  addressed: boolean;
  private: boolean;
}

const BY_FIRST = new Map<number, CommandEntry[]>();
for (const entry of [...COMMAND_ENTRIES].sort((a, b) => b.word.length - a.word.length)) {
  const first = entry.word.charCodeAt(0);
  BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), entry]);
}
const LATIN = new Map<string, CommandName>(
  COMMAND_WORDS.flatMap(({ name, latin }) => latin.map((word) => [word, name] as const)),
);

const SLASH_FIRST = new CharSet('/、\\#反斜顿杠');
const SLASH = /^(?:[/、\\#]{1,2}\s?|(?:反?斜杠|斜线|顿号|杠)[,，。\s]?)/;
const FILLER =
  /^(?:[嗯呃啊哦额诶哎唉喂]|那个|这个|然后|就是|你好|您好|麻烦|请(?!假)问?|帮我|帮忙|给我|替我|我要|我想|我来|再|记录?一下|记个|记一?条|记一笔|登记一下|写一下|报一下|[,，。、…\s.])/;
const OPENING = new CharSet('【[《「"“\'‘(（*');
const DAY_FIRST =
  /^((?:今天|今早|今晚|昨天|昨晚|前天|大前天|刚才|刚刚|上午|下午|早上|晚上|中午|上?周[一二三四五六日天]|\d{1,2}月\d{1,2}[日号]?|\d{1,2}\.\d{1,2}){1,2})\s?(?:我们?)?(?:去|又|还)?/;

/**
 * Reads the command of a line by decision 4. In a group a line is one only behind `/`, `、` or an @ of the bot;
 * there a misspelling without @ counts at edit distance 1 or the same sound, and anything else is null (silence).
 * When addressed, an unknown first word behind a slash gives the nearest command.
 */
export function recogniseCommand(text: string, where: Addressing): CommandMatch | CommandMiss | null {
  const spoken = dropFillers(opened(stripMentions(clean(text))), where);
  const head = fold(spoken);
  const slash = SLASH_FIRST.at(head, 0) ? SLASH.exec(head) : null;
  if (!slash && !where.addressed && !where.private) return null;
  const body = dropFillers(opened(slash ? spoken.slice(slash[0].length) : spoken), where);
  const folded = fold(body);
  const match = known(body, folded, slash !== null) ?? guessed(body, folded, slash !== null);
  if (match) return match;
  const dated = slash ? null : DAY_FIRST.exec(folded);
  if (dated) {
    const later = body.slice(dated[0].length);
    const behind = known(later, fold(later), false);
    if (behind?.name === 'visit' || behind?.name === 'issue')
      return { ...behind, rest: `${body.slice(0, dated[1]?.length ?? 0)} ${behind.rest}` };
  }
  const loose = slash ? null : looseCommand(folded);
  if (loose) return { name: loose.name, via: 'alias', word: loose.word, rest: body.slice(loose.restAt) };
  if (!slash || (!where.addressed && !where.private)) return null;
  return { nearest: nearestCommand(firstWord(folded)), rest: body };
}

/** Without the bracket or quotation mark that opens it. */
function opened(text: string): string {
  return OPENING.at(text, 0) ? text.slice(1) : text;
}

/** Said aloud: 嗯, 那个, 帮我记一下. Only where every line is for the bot, and only a few. */
function dropFillers(text: string, where: Addressing): string {
  let rest = text.trimStart();
  if (!where.addressed && !where.private) return rest;
  for (let guard = 0; guard < 6; guard++) {
    const found = FILLER.exec(rest);
    if (!found || (found[0] === '、' && guard === 0)) break;
    rest = rest.slice(found[0].length).trimStart();
  }
  return rest;
}

/** 回访 128 满意 brings the resident's word about a matter; 回访 6号楼 张某 tells of a visit. */
const CALL_BACK = '回访';
const OF_A_MATTER = /^[\s,:，：]*(?:第?\s?\d{1,6}\s?号?(?=[\s,，。]|$)|(?:不|基本|很)?满意|$)/;

function known(body: string, folded: string, slashed: boolean): CommandMatch | null {
  for (const { word, name, via } of BY_FIRST.get(folded.charCodeAt(0)) ?? []) {
    if (!folded.startsWith(word)) continue;
    if (WORDS_ALONE.has(word) && folded.slice(word.length).trim() !== '') continue;
    if (!(slashed ? endsAfterSlash(folded, word) : ends(folded, word))) continue;
    if (word === CALL_BACK && !OF_A_MATTER.test(folded.slice(word.length, word.length + 12)))
      return matched('visit', via, word, body);
    return matched(name, via, word, body);
  }
  const latin = /^[A-Za-z]{2,10}/.exec(folded)?.[0];
  const name = latin ? LATIN.get(latin.toLowerCase()) : undefined;
  return latin && name ? matched(name, 'initials', body.slice(0, latin.length), body) : null;
}

/** 走访人：… is a label and no command; weak words need something that parts them from the rest. */
function ends(folded: string, word: string): boolean {
  const next = folded.charAt(word.length);
  if (next === '人' && LABEL.test(folded.slice(word.length, word.length + 6))) return false;
  if (!WORDS_WITH_BREAK.has(word)) return true;
  return !isHanAt(next, 0) || BREAK_HAN.test(next);
}

function endsAfterSlash(folded: string, word: string): boolean {
  return word.length > 1
    ? !(folded.charAt(word.length) === '人' && LABEL.test(folded.slice(word.length, word.length + 6)))
    : ends(folded, word);
}

const LABEL = /^人(?:员|数)?\s?:/;
/** A weak word may run into a number said aloud: 办第一百二十八号, 电话五栋. */
const BREAK_HAN = /[第零一二三四五六七八九十]/;

/** What may close the word itself (走访完, 【走访】), and what parts it from the rest. */
const CLOSING = /^(?:记录|完了?|过了?|了一下|一下|了|】|\]|》|"|”|\)|）|\*|#|」)/;
const CLOSING_FIRST = new CharSet('记完过了一】]》"”)）*#」');
const PARTING = new CharSet(`${WHITE_SPACE}，,：:。、/`);

function matched(name: CommandName, via: CommandVia, word: string, body: string, meant = word): CommandMatch {
  const mode = WORD_MODES[meant];
  let rest = body.slice(word.length);
  if (CLOSING_FIRST.at(rest, 0)) rest = rest.replace(CLOSING, '');
  let gap = 0;
  while (PARTING.at(rest, gap)) gap++;
  if (gap > 0) rest = (rest.slice(0, gap).includes('\n') ? '\n' : '') + rest.slice(gap);
  return mode ? { name, via, word, rest, mode } : { name, via, word, rest };
}

function guessed(body: string, folded: string, slashed: boolean): CommandMatch | null {
  if (labelAt(folded, 0)) return null;
  const guess = guessCommand(folded, firstWord(folded), slashed, (next) => BREAK_HAN.test(next));
  return guess && matched(guess.name, guess.via, guess.typed, body, guess.word);
}

function firstWord(folded: string): string {
  return /^[^\s,;:。、/]{1,12}/.exec(folded)?.[0] ?? '';
}
