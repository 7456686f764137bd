import {
  ANSWERERS,
  type Answerer,
  CHANNELS,
  type Channel,
  SATISFACTION,
  type Satisfaction,
} from './issue-types.ts';

/** What a typed answer of a resident has said so far. */
export interface HalfAnswer {
  number: number;
  satisfaction: Satisfaction;
  channel: Channel | null;
  answerer: Answerer | null;
  sentence: string;
}

/** Asks for what is missing and for nothing else, with the line to send, in which all that was said stands already. */
export function answerHint({ number, satisfaction, channel, answerer, sentence }: HalfAnswer): string {
  const lacks = [
    ...(channel === null ? [`${HOW}（${Object.values(CHANNELS).join('、')}）`] : []),
    ...(answerer === null ? [`${WHO}（${Object.values(ANSWERERS).join('、')}）`] : []),
  ];
  const line = [
    SATISFACTION[satisfaction],
    number,
    channel === null ? `〔${HOW}〕` : CHANNELS[channel],
    answerer === null ? `〔${WHO}〕` : ANSWERERS[answerer],
    sentence,
  ];
  return `还差${lacks.join('和')}。请这样发：${line.filter(Boolean).join(' ')}`;
}

const HOW = '怎么问的';
const WHO = '谁答的';
