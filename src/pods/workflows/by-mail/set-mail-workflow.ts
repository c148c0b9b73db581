// set_mail_workflow: an owner says which workflow a mail from outside starts in the pod, for whom and how often. Off until then.
import { z } from 'zod';
import { Conflict, NotAllowed } from '../../../errors.ts';
import type { Named } from '../../../log/participant.ts';
import { action, type Decision } from '../../action.ts';
import { askersOf } from '../../members/rights.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { requirePod } from '../../require.ts';
import { filledRoles } from '../fill-roles.ts';
import { workflowNamed } from '../workflow-named.ts';
import { announcedStarts } from './announce-starts.ts';
import { type MailWorkflow, MOST_A_DAY, MOST_AN_HOUR } from './mail-workflow.ts';

interface Result {
  mail_workflow: { workflow: string; an_hour: number; a_day: number; roles: Record<string, string> } | null;
}

export const setMailWorkflow = action({
  name: 'set_mail_workflow',
  title: 'Start a workflow by mail',
  description:
    'From now on a mail from outside, or forwarded by a member, starts this workflow here, for you and so many times an hour; without a workflow none does any more. All members are told.',
  input: z.strictObject({
    workflow: z.string().trim().min(1).max(60).optional().describe('Its name. Absent: mails start none'),
    roles: z.array(z.string().trim().min(1).max(200)).max(10).default([]).describe('As in “expert: Ada”'),
    an_hour: z.int().min(1).max(MOST_AN_HOUR).default(6).describe('The most starts in an hour'),
    a_day: z.int().min(1).max(MOST_A_DAY).default(20).describe('The most starts in a day'),
  }),
  // Counts as an effect outside: people decide what strangers' mails start, so no text from outside may cause it.
  effect: 'outside',
  allow: 'owner',
  async load(read, { workflow, roles }, ctx) {
    const [asker] = askersOf(ctx);
    const doc = workflow === undefined ? undefined : await workflowNamed(read, workflow);
    const filled = doc ? await filledRoles(read, ctx.pod, doc, roles) : new Map<string, Named>();
    return { asker, name: doc?.name, filled, by: called(await namesOfAll(read, [asker]), asker ?? 'skein').name };
  },
  decide({ asker, name, filled, by }, { workflow, an_hour: anHour, a_day: aDay }, ctx): Decision<Result> {
    const pod = requirePod(ctx);
    const about = { v: 1, on: 'pods', id: ctx.pod } as const;
    if (workflow === undefined || !name) {
      if (!pod.mailWorkflow) throw new Conflict(`Mails to ${pod.name} start no workflow anyway.`);
      const said = announcedStarts(ctx, pod, { by, before: pod.mailWorkflow });
      return {
        changes: [{ ...about, type: 'mail_workflow_ended' }, ...said.changes],
        deliveries: said.deliveries,
        result: { mail_workflow: null },
      };
    }
    if (!asker) throw new NotAllowed('A person has to set this: the workflow is started for them.');
    const roles = Object.fromEntries([...filled].map(([role, { id }]) => [role, id]));
    const now: Omit<MailWorkflow, 'started'> = { workflow: name, roles, by: asker, anHour, aDay };
    if (isSame(pod.mailWorkflow, now)) throw new Conflict(`${pod.name} already is so; nothing was changed.`);
    const said = announcedStarts(ctx, pod, { by, before: pod.mailWorkflow, now, filled });
    return {
      changes: [{ ...about, type: 'mail_workflow_set', ...now }, ...said.changes],
      deliveries: said.deliveries,
      result: {
        mail_workflow: {
          ...{ workflow: name, an_hour: anHour, a_day: aDay },
          roles: Object.fromEntries([...filled].map(([role, who]) => [role, who.name])),
        },
      },
    };
  },
});

function isSame(before: MailWorkflow | undefined, now: Omit<MailWorkflow, 'started'>): boolean {
  if (!before) return false;
  const { started: _started, ...rest } = before;
  const inOrder = (one: Omit<MailWorkflow, 'started'>) =>
    JSON.stringify([one.workflow, one.by, one.anHour, one.aDay, Object.entries(one.roles).sort()]);
  return inOrder(rest) === inOrder(now);
}
