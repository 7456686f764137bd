import { Opening } from './match-at.ts';

/** Words that say the family was not met; 未遇 is a fact and never a failure (domain.md). */
const NOT_MET = new Opening(
  '未没无家都又仍再还敲屋人不外锁铁电',
  /(?:未遇|没人|没有人|无人|家里没人|家中没人|家里无人|家中无人)(?:$|[\s，,。；;、])|(?:都|仍|又|还是|再次)?(?:未遇|没遇到|没见到|未见到|没碰到|没见着|没遇上|没有遇到|没找到人|敲门(?:没人|无人|没有人|不开|没开)|(?:家里|家中|屋里)?(?:没人|无人|没有人)(?:在家|应|开门|应答|应门|回应)|(?:人)?(?:不|没|未)在家|外出未遇|锁着?门|铁将军|电话(?:没人接|无人接听|未接|打不通|没接|不通|关机)|(?:没|未|无人)(?:接听?|接电话))/y,
);

/** True if the words begin with 未遇, 没人, 不在家 …; what stands further in is told of somebody else. */
export function saysNotMet(words: string): boolean {
  return NOT_MET.at(words, 0) !== null;
}

const MET =
  '(?:是|已经?|又|后来|其实|当时|这次|今天)?(?:见[到着上](?:了?(?:本?人|他|她))?了?|见(?:了|过)面了?|见面了|见了|[碰遇][到上见](?:了|本?人了?)|有人在家|本?人?在家)';
const MET_CLAUSE = new RegExp(`(?:^|[\\s，,。；;、：:])${MET}(?=$|[\\s，,。；;、！!])`);
const MET_ALONE = new RegExp(`^${MET}[。！!]?$`);

/** What a correction says of having met (decision 20): 没人在家, 见到了; null when it says nothing of it. */
export function outcomeSaid(typed: string, note: string | null): 'met' | 'attempt' | null {
  if (saysNotMet(note ?? '')) return 'attempt';
  return MET_CLAUSE.test(typed) ? 'met' : null;
}

/** True for 见到了 and no more: it tells nothing of what the visit was for. */
export function saysOnlyMet(note: string): boolean {
  return MET_ALONE.test(note);
}
