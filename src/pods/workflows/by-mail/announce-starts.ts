// The message by which the members of a pod hear that mails from outside start a workflow, or none any more. Pure.
import { isPerson, type Named, type PersonId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import { startedBy } from '../../conversations/origin/started-by.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import type { PodDoc } from '../../pod/pod.ts';
import type { MailWorkflow } from './mail-workflow.ts';

export interface Starts {
  /** The name of whoever decided it. */
  by: string;
  before: MailWorkflow | undefined;
  /** Absent: mails start none any more. */
  now?: Omit<MailWorkflow, 'started'>;
  filled?: ReadonlyMap<string, Named>;
}

/** It stands in the pod's channel. Where the pod has none, those who have a role read it by mail. */
export function announcedStarts(
  ctx: Ctx,
  { place }: PodDoc,
  said: Starts,
): { changes: Change[]; deliveries: DeliveryWish[] } {
  const id = ctx.id('c');
  const message = ctx.id('m');
  const to = place.kind === 'none' ? readersOf(said).filter((one) => one !== ctx.actor) : [];
  return {
    changes: [
      startedBy(id, place),
      {
        ...{ v: 1, on: 'messages', id: message, type: 'message_posted', conversation: id, by: 'skein', at: ctx.at },
        ...{ body: ctx.text(words(said)), places: [] },
      },
      { v: 1, on: 'conversations', id, type: 'message_added', by: 'skein', addressed: [], aside: true },
    ],
    deliveries: [
      { kind: 'post', conversation: id, message },
      ...(to.length ? [{ kind: 'mail' as const, about: 'message' as const, conversation: id, message, to }] : []),
    ],
  };
}

function readersOf({ before, now }: Starts): PersonId[] {
  const roles = [...Object.values(before?.roles ?? {}), ...Object.values(now?.roles ?? {})];
  return [...new Set(roles)].filter(isPerson);
}

function words({ by, before, now, filled }: Starts): string {
  const none = '/skein set_mail_workflow';
  if (!now)
    return `${by} ended it: a mail from outside starts no workflow here any more, and waits for an owner again.`;
  const who = [...(filled ?? [])].map(([role, { name }]) => `${role} ${name}`).join(', ');
  const instead = before && before.workflow !== now.workflow ? `, instead of ${before.workflow}` : '';
  return `${by} set that a mail from outside, or forwarded by a member, starts the workflow ${now.workflow} here${instead}: at most ${now.anHour} an hour and ${now.aDay} a day, for ${by}, with ${who}. To end it: \`${none}\``;
}
