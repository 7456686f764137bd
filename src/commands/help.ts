import { z } from 'zod';
import type { Card } from '../../cards/card.ts';
import { help as helpCard, whichOne } from '../../cards/help.ts';
import { mayAnywhere, RIGHTS } from '../domain/rights.ts';
import { NO_CHECK_IN } from '../domain/text/no-check-in.ts';
import { emergencyNumbers } from '../domain/text/urgent-numbers.ts';
import { parseVisit } from '../domain/text/visit.ts';
import { dangerNumbers } from '../work/issue-emergency.ts';
import { action, type Command, type Ctx, command, type HelpGroup, type Line } from './define.ts';

const TITLES: Readonly<Record<HelpGroup, string>> = {
  everyday: '',
  issue: '诉求',
  secretary: '书记',
  admin: '管理',
};
const GROUPS: readonly HelpGroup[] = ['everyday', 'issue', 'secretary', 'admin'];
/** Five commands for a member at first sight, eight for who decides (domain.md "Commands"). */
const FIRST = ['visit', 'issue', 'mine', 'attempt', 'withdraw'];
const DECIDING = ['triage', 'dispatch', 'roster'];
/** For who neither visits nor reports: what is left of the matters sent to him. */
const HANDLING = ['mine', 'handle', 'told'];

function firstSight(ctx: Ctx): readonly string[] {
  const decides = RIGHTS['issue.triage'].rules.some((rule) =>
    (rule.roles ?? []).some((role) => ctx.actor.roles.some((held) => held.role === role)),
  );
  if (decides) return [...FIRST, ...DECIDING];
  return mayAnywhere(ctx.actor, 'visit.record') ? FIRST : HANDLING;
}

function helpFor(ctx: Ctx, commands: readonly Command[], short: boolean): Card {
  const allowed = commands.filter(
    // 认领 is typed once in an office's life, by somebody whom the start told how.
    (each) =>
      !['help', 'claim'].includes(each.name) && (each.needs === null || mayAnywhere(ctx.actor, each.needs)),
  );
  const shown = short
    ? firstSight(ctx).flatMap((name) => allowed.filter((each) => each.name === name))
    : allowed;
  const roles = [...new Set(ctx.actor.roles.map((held) => held.role))].join('、');
  const org = ctx.q.orgs.get(ctx.chat.orgId ?? ctx.actor.orgId);
  return helpCard({
    who: [ctx.actor.name, roles, org?.name ?? ''].filter(Boolean).join(' · '),
    groups: GROUPS.flatMap((group) => {
      const entries = shown.filter((each) => short || each.help.group === group).map((each) => each.help);
      if (short && group !== 'everyday') return [];
      return entries.length > 0 ? [{ title: TITLES[group], entries }] : [];
    }),
    short: short && allowed.length > shown.length,
    phone: org ? ctx.q.orgs.phone(org.id) : null,
  });
}

/** 张某家什么情况？ in a group is answered with the way to ask in private (care 6). */
const ASKS_OF_A_FAMILY =
  /[家户](?:里|庭)?.{0,6}(?:什么情况|啥情况|怎么样|咋样|情况)|(?:电话|手机号?|住址|地址|房号)是?(?:多少|哪|啥|什么)|住(?:在)?(?:哪|几号)/u;

/** A line that is no command: the nearest one by example, a question, or help; never silence (domain.md "Commands"). */
function unclear(ctx: Ctx, line: Line, commands: readonly Command[]): void {
  const nearest = commands.find((each) => each.name === line.word.slice(1));
  const inGroup = ctx.chat.type === 'group';
  const danger = dangerNumbers(ctx.q, line.text);
  if (NO_CHECK_IN.test(line.text)) {
    if (inGroup) ctx.groupLine({ kind: 'no-check-in' });
    else
      ctx.reply({
        text: '这里不打卡、不签到，也没有积分排名。去过群众家，发一句“走访 3号楼 张某 什么事”就行。',
      });
  } else if (danger.length > 0 && inGroup) {
    ctx.groupLine({ kind: 'danger', services: emergencyNumbers(line.text) });
  } else if (danger.length > 0 && ctx.messageId) {
    ctx.reply({ card: whichOne({ messageId: ctx.messageId, text: line.text.slice(0, 200), danger }) });
  } else if (inGroup && !nearest && ASKS_OF_A_FAMILY.test(line.text)) {
    ctx.groupLine({ kind: 'ask-private' });
  } else if (inGroup) {
    ctx.groupLine({
      kind: 'not-understood',
      command: nearest ? (nearest.help.example.split(' ')[0]?.slice(1) ?? null) : null,
      example: nearest?.help.example ?? null,
    });
  } else if (nearest) {
    ctx.reply({ text: `没看懂。可以这样发：${nearest.help.example}` });
  } else if (looksLikeNews(ctx, line.text) && ctx.messageId) {
    ctx.reply({ card: whichOne({ messageId: ctx.messageId, text: line.text.slice(0, 200), danger }) });
  } else {
    ctx.reply({ card: helpFor(ctx, commands, true) });
  }
}

function looksLikeNews(ctx: Ctx, text: string): boolean {
  const [contact] = parseVisit(text, { now: ctx.saidAt }).contacts;
  return Boolean(contact?.place || contact?.person) || text.trim().length >= 6;
}

/** 帮助, and the answer to what was not understood. Needs the table of commands, so it is made from it. */
export function makeHelp(commands: readonly Command[]): Command {
  return command({
    name: 'help',
    needs: null,
    help: { group: 'everyday', example: '/帮助', says: '看看这里能做什么' },
    run(ctx, line) {
      if (line.word.startsWith('?')) unclear(ctx, line, commands);
      else ctx.reply({ card: helpFor(ctx, commands, true) });
    },
    actions: {
      more: action(z.object({}), (ctx) => ctx.reply({ card: helpFor(ctx, commands, false) })),
      as: action(
        z.object({ message: z.string(), as: z.enum(['visit', 'issue', 'none']) }),
        (ctx, { message, as }) => {
          if (as === 'none') {
            ctx.toast('好的，这条没有记。');
            return;
          }
          const said = ctx.q.inbox.textOf(`msg:${message}`, ctx.chat.connection);
          const target = commands.find((each) => each.name === as);
          if (said === null || said.by !== ctx.identity || !target)
            ctx.toast('这句话太久了，请再发一次。', 'bad');
          else if (!ctx.q.told.first(`message:${message}`, 'chosen', ctx.now)) ctx.toast('这句已经记过了。');
          else target.run(ctx, { rest: said.text, text: said.text, via: 'exact', word: as });
        },
      ),
    },
  });
}
