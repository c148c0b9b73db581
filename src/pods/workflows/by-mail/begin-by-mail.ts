// begin_by_mail (Skein's own): starts a workflow in the conversation of the mail that asks for it, or that an owner has set it for.
import { z } from 'zod';
import { isPerson, type ParticipantId, type PersonId } from '../../../log/participant.ts';
import { action } from '../../action.ts';
import { localDay } from '../../local-time.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { PEOPLE } from '../../people/person.ts';
import { zoneOf } from '../../preferences/zone-of.ts';
import { conversationNamed, requirePod } from '../../require.ts';
import { filledRoles } from '../fill-roles.ts';
import { tasksOf } from '../make-tasks.ts';
import { startFacts } from '../start-facts.ts';
import { workflowNamed } from '../workflow-named.ts';
import { roleLines } from './mail-workflow.ts';

/** The most characters of what a mail is about. It stands in each title. */
const ABOUT_CHARS = 150;

/** The workflow that a mail begins, who has its roles, and the person for whom it is, if it is not their own mail. */
export const begins = z.strictObject({
  workflow: z.string(),
  roles: z.record(z.string(), z.string()),
  for: z.string().optional(),
});

export type Begins = z.output<typeof begins>;

export const beginByMail = action({
  name: 'begin_by_mail',
  title: 'Begin a workflow by mail',
  description: 'Starts a workflow for a mail that has come.',
  input: begins.extend({
    conversation: z.string(),
    /** Fingerprints of what others wrote in the mail. Another mail with the same joins the task of the whole. */
    sources: z.array(z.string().max(64)).max(20).default([]),
  }),
  effect: 'write',
  internal: true,
  allow: 'member',
  async load(read, { conversation: id, workflow, roles, for: wanted }, ctx) {
    const owner = (wanted ?? ctx.actor) as ParticipantId;
    const [{ name, version, title, purpose, roles: all, steps }, conversation, person] = await Promise.all([
      workflowNamed(read, workflow),
      conversationNamed(read, ctx.pod, id),
      isPerson(owner) ? read.get(PEOPLE, owner) : undefined,
    ]);
    const definition = { title, purpose, roles: all, steps };
    const filled = await filledRoles(read, ctx.pod, definition, roleLines(roles));
    const { titleRef } = conversation;
    const facts = await startFacts(read, ctx, {
      ...{ name, version, definition, roles: filled, conversation: id },
      owner: called(await namesOfAll(read, [owner]), owner),
      day: localDay(person ? await zoneOf(read, person) : 'UTC', ctx.at),
    });
    return {
      ...{ facts, conversation },
      about: (titleRef && (await read.texts([titleRef])).get(titleRef)) || '…',
    };
  },
  decide({ facts, conversation, about }, { for: wanted, sources }, ctx) {
    const pod = requirePod(ctx);
    const made = tasksOf(ctx, pod, facts, {
      ...{ about: about.slice(0, ABOUT_CHARS), label: conversation.labels?.titleRef },
      ...(wanted ? { givenBy: wanted as PersonId, wishers: { onBehalfOf: wanted as PersonId } } : {}),
      ...(sources.length ? { sources } : {}),
    });
    const to = conversation.mail?.people ?? [];
    return {
      changes: made.changes,
      deliveries: [
        ...made.deliveries,
        // The sender of a member's mail, and those in copy, read which steps there are and who has them.
        ...(to.length
          ? [
              {
                kind: 'mail' as const,
                about: 'message' as const,
                conversation: conversation.id,
                message: made.list,
                to,
              },
            ]
          : []),
      ],
      result: { workflow: { name: facts.name, task: made.whole.number } },
    };
  },
});
