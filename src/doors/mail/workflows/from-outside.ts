// A mail from outside that starts the workflow which its pod has set for such mails. All others wait for an owner.

import { UserFacingError } from '../../../errors.ts';
import { refusalByMail } from '../../typed-refusal.ts';
import type { Arrived, Destination, MailContext } from '../context.ts';
import { isKnown, once } from '../once.ts';
import { keyOf } from '../origin.ts';
import { doubtOf } from '../quarantine/doubt.ts';
import { strangersWords } from '../quarantine/strangers-words.ts';
import { makeTask } from '../task.ts';
import { setStart } from './begins.ts';

/** `waits`: why it waits for an owner, beside that nobody knows its sender. */
export type FromOutside = { kind: 'taken' } | { kind: 'waits'; reason?: string };

/**
 * Takes the mail of somebody whom nobody here knows, if it is proved to be theirs, is meant for the pod and begins a
 * conversation. Nobody's name stands for it: Skein itself writes down what came, and starts the workflow for whoever set that.
 */
export async function takeFromOutside(mail: MailContext, arrived: Arrived, to: Destination): Promise<FromOutside> {
  const { pod } = to;
  if (!pod.mailWorkflow || !arrived.isTheirs || to.conversation || doubtOf(arrived, to)) return { kind: 'waits' };
  const whose = { pod: pod.id, by: 'skein' };
  if (await isKnown(mail, arrived, whose)) return { kind: 'taken' };
  const start = await setStart(mail, pod);
  if (start.kind === 'none') return { kind: 'waits' };
  if (start.kind === 'note') return { kind: 'waits', reason: start.note };
  const { begins } = start;
  const task = {
    ...strangersWords(arrived.mail, pod.id),
    begins,
    letIn: 'starts',
    by: 'skein',
    followers: [],
  } as const;
  try {
    await once(mail, arrived, whose, () =>
      makeTask(mail, arrived, { pod }, { ...task, followers: [], answer: false, key: keyOf(arrived) }),
    );
    return { kind: 'taken' };
  } catch (error) {
    // Another mail was faster, or the pod is archived.
    if (error instanceof UserFacingError) return { kind: 'waits', reason: refusalByMail(error) };
    throw error;
  }
}
