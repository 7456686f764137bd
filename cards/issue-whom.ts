import type { Button, Card } from './card.ts';

export interface WhomModel {
  id: number;
  v: number;
  number: number;
  /** What the line named, as it was typed. */
  said: string;
  /** 12月2日; null: the usual time. */
  until: string | null;
  /** The action that gives it to somebody, with his value under this name. */
  give: { action: 'triage.here'; as: 'handler' } | { action: 'triage.reassign'; as: 'to' };
  /** YYYY-MM-DD, as the line said it. */
  day: string | null;
  choices: { label: string; value: string }[];
  form: 'here' | 'reassign';
  /** How else it can be said. */
  hint: string;
}

/** A decision that names nobody we know: one tap finishes it. */
export function issueWhom(m: WhomModel): Card {
  const { id: issue, v, day } = m;
  const buttons = m.choices.map(
    ({ label, value }, index): Button => ({
      label,
      action: m.give.action,
      value: { issue, v, [m.give.as]: value, ...(day === null ? {} : { day }) },
      style: index === 0 ? 'primary' : 'plain',
    }),
  );
  const other: Button = { label: '另选或改期', action: 'issue.form', value: { issue, v, form: m.form } };
  return {
    title: `第${m.number}号 · 交给谁办？`,
    tone: 'info',
    blocks: [
      {
        kind: 'text',
        text: `“${m.said}”没对上人，也没对上单位。点一下就交给他办${m.until === null ? '' : `，${m.until}前`}。`,
      },
      { kind: 'buttons', buttons: [...buttons.slice(0, 3), other], more: buttons.slice(3) },
      { kind: 'text', text: m.hint, size: 'small', tone: 'muted' },
    ],
  };
}
