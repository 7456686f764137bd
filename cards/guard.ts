const NAMES: Readonly<Record<string, string>> = {
  phone: '电话',
  id: '身份证号',
  bankcard: '银行卡号',
  illness: '病情',
  violence: '家里的难处',
};

/** The one-line reminder of decision 10: what was seen, and what to do with the message that still stands there. */
export function guardText(kinds: readonly string[]): string {
  const seen = kinds
    .map((kind) => NAMES[kind] ?? '')
    .filter(Boolean)
    .join('、');
  return `已记好，群里看不到内容。不过您刚发的那条还在群里，里面有${seen || '群众的私事'}，大家都看得到：请长按它，点“撤回”。下次这类事直接在这里发给我。`;
}
