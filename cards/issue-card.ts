import type { Block, Card } from './card.ts';
import { dangerBlocks } from './danger.ts';
import { faceButtons } from './issue-buttons.ts';
import type { IssueFace } from './issue-face.ts';
import { faceLines, faceStatus, faceTitle, faceTone, sentenceToSay } from './issue-text.ts';

/** A matter in private: what it is, where it stands, who does it, by when, and the next thing to press. */
export function issueCard(face: IssueFace): Card {
  if (face.part === 'none') {
    return { title: `第${face.number}号已经不在您这里了，谢谢您`, tone: 'plain', blocks: [] };
  }
  const blocks: Block[] = [];
  const text = (line: string): void => {
    blocks.push({ kind: 'text', text: line });
  };
  const alarming = face.emergency.length > 0;
  if (alarming) {
    blocks.push(...dangerBlocks(face.emergency));
    if (face.deciders.length > 0) text(`已同时通知${face.deciders.join('、')}。`);
  }
  if (face.words) blocks.push({ kind: 'quote', text: face.words });
  const about = [face.resident, face.by ? `${face.by}代为反映` : null].filter(Boolean).join(' · ');
  if (face.words && about) blocks.push({ kind: 'text', text: about, size: 'small', tone: 'muted' });
  if (face.unhappy) text(face.unhappy);
  if (face.sentBack) text(face.sentBack);
  if (face.part === 'decide') {
    const maybe = face.alternatives.length > 0 ? `（也可能是 ${face.alternatives.join('、')}）` : '';
    text(`类别：${face.topic}${maybe}`);
  }
  for (const line of faceLines(face)) text(line);
  if (
    face.part === 'tell' ||
    (face.part === 'handle' && face.can.has('told') && (!face.told || face.correction))
  ) {
    text(`可以这样告诉${face.resident?.split(' · ')[0] ?? '群众'}：${sentenceToSay(face)}`);
  }
  if (face.left !== null && face.left > 1 && face.part === 'handle') {
    blocks.push({ kind: 'text', text: `还有${face.left}个工作日`, size: 'small', tone: 'muted' });
  }
  if (face.part === 'ask') {
    blocks.push({ kind: 'text', text: '您没有经手这件事，所以请您来问。', size: 'small', tone: 'muted' });
  }
  const { buttons, more } = faceButtons(face);
  if (buttons.length + more.length > 0) blocks.push({ kind: 'buttons', buttons, more });
  return { title: faceTitle(face), tone: faceTone(face), status: faceStatus(face), blocks };
}
