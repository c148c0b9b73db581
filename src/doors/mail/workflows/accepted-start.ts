// The workflow that a stranger's mail starts once an owner has accepted the mail.
import type { Mail } from '../../../email/mail.ts';
import { PEOPLE } from '../../../pods/people/person.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import type { MailContext } from '../context.ts';
import { answeredBy, withThread } from '../destinations.ts';
import { type Begun, setStart } from './begins.ts';

/** Returns the workflow that the mail starts, or why it is but a task. Neither if the pod has set none. */
export async function startedByAccepted(
  mail: MailContext,
  pod: PodDoc,
  read: Mail,
): Promise<{ begins?: Begun; notes?: readonly string[] }> {
  if (!pod.mailWorkflow || (await answersUs(mail, pod, read)) || (await isOfOurs(mail, read))) return {};
  const start = await setStart(mail, pod);
  if (start.kind === 'begins') return { begins: start.begins };
  return start.kind === 'note' ? { notes: [start.note] } : {};
}

async function answersUs(mail: MailContext, pod: PodDoc, read: Mail): Promise<boolean> {
  const answered = await answeredBy(mail, read);
  return answered?.pod.id === pod.id || (await withThread(mail, { pod }, read)).conversation !== undefined;
}

async function isOfOurs(mail: MailContext, { from }: Mail): Promise<boolean> {
  if (from.kind !== 'mailbox') return false;
  const where = { accounts: `mail:${from.address.toLowerCase()}` };
  return (await mail.read.find(PEOPLE, { where, limit: 1 })).length > 0;
}
