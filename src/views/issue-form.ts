import type { Block, Card, Field } from '../../cards/card.ts';
import { FORM_ACTS, type FormName } from '../../cards/issue-buttons.ts';
import { issueCard } from '../../cards/issue-card.ts';
import { issueForm } from '../../cards/issue-form.ts';
import type { Issue } from '../../db/queries/issue-rows.ts';
import { dueAt } from '../domain/deadline.ts';
import { gistOf } from '../domain/issue-gist.ts';
import { TOPICS } from '../domain/text/topic-list.ts';
import { dayOf } from '../lib/day.ts';
import { faceOf } from '../work/issue-face.ts';
import { canStep, mayRead, mayReadWords, seatAt } from '../work/issue-load.ts';
import { handlersFor, suggestionFor, unitsFor } from '../work/issue-people.ts';
import { formOf } from '../work/ways-card.ts';
import { fillForm } from '../work/ways-fill.ts';
import { privateView, type ViewContext } from './define.ts';

export const isFormName = (name: string): name is FormName => name in FORM_ACTS;

/** The likely last day of a form; a matter by the hour is not asked for one. */
function likelyDay(v: ViewContext, issue: Issue, form: FormName): string | null {
  const { now, calendar } = v;
  if (form === 'how-far' && issue.grade === 'danger') return null;
  if (form === 'later' || form === 'put-off' || form === 'how-far') {
    const from = issue.dueAt === null || issue.dueAt < now ? dayOf(now) : dayOf(issue.dueAt);
    return calendar.addWorkingDays(from, 3);
  }
  if (form === 'third') return calendar.addWorkingDays(dayOf(now), 3);
  if (issue.grade === 'danger' || issue.grade === 'utility') return null;
  if (issue.dueAt !== null && (issue.returned.length > 0 || form === 'reassign')) return null;
  return dayOf(dueAt(issue.grade, now, calendar));
}

/** `typed`: what a line has said already, sealed by `q.typed`. */
type FormParams =
  | { issue: number; v: number; form: string }
  | { issue: number; v: number; form: string; typed: string };

/** A form about one matter. When the matter moved on meanwhile, the matter's card stands there instead. */
export const issueFormView = privateView<FormParams>({
  name: 'issue.form',
  follows: ({ issue }) => [`issue:${issue}`],
  render(v, params) {
    const { issue: id, v: version, form } = params;
    const seat = v.viewer && seatAt(v, id, v.viewer);
    if (!seat) return null;
    const { issue } = seat;
    if (!isFormName(form) || issue.version !== version || !canStep(seat, FORM_ACTS[form]))
      return issueCard(faceOf(v, seat));
    const deciding = form === 'here' || form === 'unit' || form === 'reassign';
    const suggestion = deciding ? suggestionFor(v, issue) : { kind: 'none' as const };
    const card = issueForm({
      id,
      v: version,
      number: issue.number,
      what: `${mayRead(seat) ? issue.building : ''}${gistOf(issue.words, issue.topic)}`,
      form,
      words: mayRead(seat) && mayReadWords(seat) ? issue.words : null,
      members: deciding
        ? handlersFor(v, issue).map((each) => ({ label: each.name, value: `m${each.memberId}` }))
        : [],
      units: deciding ? unitsFor(v, issue).map((unit) => ({ label: unit.name, value: `u${unit.id}` })) : [],
      topics: form === 'topic' ? topicChoices(issue) : [],
      member: suggestion.kind === 'member' ? `m${suggestion.memberId}` : null,
      unit: suggestion.kind === 'unit' ? `u${suggestion.unitId}` : null,
      topic: issue.topic,
      day: likelyDay(v, issue, form),
    });
    return 'typed' in params ? withTyped(card, v.q.typed.open(params.typed), v.now) : card;
  },
});

/** What was typed stands in the fields; what fits none of them is shown, so that nothing is lost. */
function withTyped(card: Card, said: string, now: number): Card {
  const form = formOf(card);
  if (!form || said === '') return card;
  const { form: values, said: names, left } = fillForm(form.fields, said, now);
  const fields = form.fields.map((field): Field => {
    const value = names.includes(field.name) ? values[field.name] : undefined;
    return typeof value === 'string' && field.kind !== 'multi' ? { ...field, value } : field;
  });
  const note: Block[] = left === '' ? [] : [{ kind: 'text', text: `您还写了“${left}”，这里没有地方记。` }];
  return {
    ...card,
    blocks: card.blocks.flatMap((block) => (block === form ? [...note, { ...form, fields }] : [block])),
  };
}

/** The likely ones first. */
function topicChoices(issue: Issue): { label: string; value: string }[] {
  const likely = [issue.topic, ...issue.alternatives];
  return [...likely, ...TOPICS.filter((topic) => !likely.includes(topic))].map((topic) => ({
    label: topic,
    value: topic,
  }));
}
