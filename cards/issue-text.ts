import { CLOSE_KINDS, SATISFACTION, STATE_WORDS, THIRD_PATHS } from '../src/domain/issue-types.ts';
import type { Tone } from './card.ts';
import type { IssueFace, Part } from './issue-face.ts';

const LEAD: Partial<Record<Part, string>> = {
  decide: '请您研判',
  third: '请您定一下',
  later: '请您定延期',
  take: '请接单',
  tell: '请告诉群众',
  word: '群众怎么说',
  ask: '请您帮忙问一句',
};

/** 第128号 · 6号楼楼道灯不亮 · 12月2日（周三）前: carries matter, state and date. */
export function faceTitle(face: IssueFace): string {
  if (face.receipt && face.state === 'reported')
    return ['诉求已记', `第${face.number}号`, `${face.building}${face.gist}`].join(' · ');
  const lead = face.state === 'rework' && face.part === 'decide' ? '请您定谁再办一次' : LEAD[face.part];
  const due = face.state === 'closed' ? null : face.due;
  return [lead, `第${face.number}号`, `${face.building}${face.gist}`, due].filter(Boolean).join(' · ');
}

export function faceStatus(face: IssueFace): string {
  if (face.state === 'closed') {
    const kind = face.closeKind ? CLOSE_KINDS[face.closeKind] : '已办结';
    return face.satisfaction && face.satisfaction !== 'bad'
      ? `${kind} · ${SATISFACTION[face.satisfaction]}`
      : kind;
  }
  if (face.state === 'thirdPath' && face.thirdPath) return THIRD_PATHS[face.thirdPath];
  return STATE_WORDS[face.state];
}

export function faceTone(face: IssueFace): Tone {
  if (face.state === 'closed') return 'done';
  if (face.grade === 'danger') return 'urgent';
  if (face.due?.includes('超期')) return 'wait';
  return ['decide', 'third', 'later', 'take', 'handle', 'tell', 'word', 'ask'].includes(face.part)
    ? 'info'
    : 'plain';
}

/** What to say to the resident: only what is true, and whom to ask (cards.md, handler's card). */
export function sentenceToSay(face: IssueFace): string {
  const ask = [
    face.askPhone ? `想问就打${face.askPhone}` : '',
    face.handlerName ? `找${face.handlerName}` : '',
  ]
    .filter(Boolean)
    .join('，');
  const close = ask ? `${ask}。` : '';
  const matter = `您说的${face.gist}`;
  if (face.state === 'explained') return `“${matter}，我来给您说清楚：${face.reason ?? '……'}。${close}”`;
  if (face.state === 'resolved')
    return `“${matter}，办好了：${face.result ?? '……'}。您看看，还有不合适的尽管说。${close}”`;
  if (face.correction) {
    return `“更正：原定${face.correction.from}，改为${face.correction.to}，因为${face.correction.reason}。给您添麻烦了。${close}”`;
  }
  if (face.grade === 'danger') return `“${matter}，已经有人赶过去了，请先离远些，注意安全。${close}”`;
  const again = face.rework > 0 ? '再给您办一次，' : '';
  return `“${matter}，${again}已经安排人办了，最晚${face.day ?? '这两天'}给您回话。${close}”`;
}

/** One idea a line: where it stands and what helps. */
export function faceLines(face: IssueFace): string[] {
  const lines: string[] = [];
  if (face.receipt === 'elsewhere') return ['这件现在等您做一步，见下面那张新卡片。'];
  if (face.mine) lines.push(`已${face.mine.said}。`);
  switch (face.part) {
    case 'decide':
      if (face.suggestion) lines.push(`建议：${face.suggestion}`);
      break;
    case 'third':
      lines.push('再办一次群众还是不满意。请定一个办法和日子：接访、专题会议或评理。');
      break;
    case 'later':
      if (face.later) lines.push(`${face.later.by}申请延到${face.later.day}：${face.later.reason}`);
      break;
    case 'take':
      lines.push(`派给${face.holder ?? '本单位'}的，谁先接谁办。`);
      break;
    case 'handle':
      if (face.later && !face.mine) lines.push(`已申请延到${face.later.day}，等书记答复。`);
      if (face.state === 'outside') lines.push(`${face.holder ?? '对方'}在办，您跟着问到底。`);
      break;
    case 'word':
      lines.push('当场办的，请把群众的话记一下：“这样办您满意吗？”');
      break;
    case 'ask':
      lines.push(`问：“${face.gist}的事办好了吗？这样办您满意吗？”`);
      if (face.result) lines.push(`办的人说：${face.result}`);
      break;
    default:
      lines.push(...following(face));
  }
  return lines;
}

function following(face: IssueFace): string[] {
  switch (face.state) {
    case 'reported':
    case 'escalated':
      if (face.emergency.length > 0 && face.deciders.length > 0) return ['这事您跟到底就行。'];
      return [
        face.deciders.length > 0
          ? `已送${face.deciders.join('、')}研判${face.due ? `，${face.due}` : ''}。这事您跟到底就行。`
          : '还没有找到能研判的书记，请让管理员在名册里补上。',
      ];
    case 'awaitingSignOff':
      return [
        face.asked
          ? '已请没有经手的同志去问群众满意不满意。'
          : '还没有合适的人去问群众，先等着，周一清单里会写明。',
      ];
    case 'closed':
      return face.result ? [`结果：${face.result}`] : [];
    case 'thirdPath':
      return face.thirdPath
        ? [`${THIRD_PATHS[face.thirdPath]}：${face.day ?? ''}`]
        : ['群众还不满意，等书记定下一步。'];
    default:
      return face.holder && !face.mine ? [`${face.holder}在办。`] : [];
  }
}
