/** Words that make a mention a part of the sentence: 和@李梅 一起, 走访人：@老王. */
const LEADS_TO_NAME = /(?:[和同跟与及、：:]|走访人)\s*$/;
const FOLLOWS_NAME = /^\s*(?:一起|一同|一块|、|和)/;

/** Does the sentence need the name that stands between the two, so that it must stay when the @ goes? */
export function needsName(before: string, after: string): boolean {
  return LEADS_TO_NAME.test(before) || FOLLOWS_NAME.test(after);
}

/** Lines without the gaps that taken-out mentions leave. */
export function closeGaps(text: string): string {
  if (!text.includes('\n')) return closeGapsOfLine(text);
  return text.split('\n').map(closeGapsOfLine).join('\n').trim();
}

function closeGapsOfLine(line: string): string {
  return line.replace(/[ \t]{2,}/g, ' ').trim();
}

/** 「@连心助手，走访…」: the comma belonged to the mention of the bot. */
export function afterCall(text: string): string {
  return text.replace(/^[\s,，:：]+/, '');
}
