import { afterCall, closeGaps, needsName } from '../mention.ts';
import type { MessageIn } from '../platform.ts';
import { isObject, type JsonObject, list, str } from '../read.ts';

/** Not a mail address: no letter stands before the @. */
const CALLED = /(?<![\w.-])@([^\s@,，、：:。；;()（）]+)/g;
const EVERYBODY = /^(?:所有人|all)$/i;

/**
 * The text without its @s, and who was called. DingTalk leaves people's @ in the text as plain words and lists
 * their ids elsewhere, in no promised order (dingtalk.md 1.3): only one name and one id certainly belong together,
 * else the names stand with an empty id. The robot's own @ is said to be taken out already; where it was not, it
 * leads the text.
 */
export function readMentions(
  text: string,
  message: JsonObject,
): { text: string; mentions: MessageIn['mentions'] } {
  const robot = str(message, 'chatbotUserId');
  const people = list(message, 'atUsers')
    .filter(isObject)
    .filter((each) => str(each, 'dingtalkId') !== robot);
  const called = [...text.matchAll(CALLED)];
  const leads = called[0]?.index === text.search(/\S/);
  const names = called.map((each) => each[1] ?? '').filter((name) => !EVERYBODY.test(name));
  const ours = leads && names.length === people.length + 1 ? names.shift() : undefined;
  if (names.length !== people.length) return { text: afterCall(closeGaps(text)), mentions: byId(people) };

  const parts = text.split(CALLED);
  const said = parts.map((part, index) => {
    if (index % 2 === 0) return part;
    if (EVERYBODY.test(part) || (index === 1 && ours !== undefined)) return ' ';
    return needsName(parts[index - 1] ?? '', parts[index + 1] ?? '') ? part : ' ';
  });
  const id = people.length === 1 ? str(people[0], 'staffId') : '';
  return { text: afterCall(closeGaps(said.join(''))), mentions: names.map((name) => ({ id, name })) };
}

/** Ids without names; outsiders have none (dingtalk.md 1.3). */
function byId(people: JsonObject[]): MessageIn['mentions'] {
  return people.map((each) => ({ id: str(each, 'staffId'), name: '' })).filter((each) => each.id !== '');
}
