// Finds the workflow that a new mail starts: that of its first line, or the one that the pod has set for customers' mails.

import type { Mail } from '../../../email/mail.ts';
import { showsQuotes } from '../../../email/quotes/split-mail.ts';
import { readSubject } from '../../../email/quotes/subject.ts';
import { UserFacingError } from '../../../errors.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import { MEMBERS, memberId } from '../../../pods/members/member.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import type { Begins } from '../../../pods/workflows/by-mail/begin-by-mail.ts';
import { refusedNow, roleLines } from '../../../pods/workflows/by-mail/mail-workflow.ts';
import { filledRoles } from '../../../pods/workflows/fill-roles.ts';
import { WORKFLOWS, workflowId } from '../../../pods/workflows/workflow.ts';
import { workflowNamed } from '../../../pods/workflows/workflow-named.ts';
import { readStart } from '../../replies/start-line.ts';
import { refusalByMail } from '../../typed-refusal.ts';
import type { MailContext } from '../context.ts';

/** `counted`: it counts for what the pod has set. */
export type Begun = Begins & { counted: boolean };

/** `note`: why the workflow is not started. The mail is taken as any other then. */
export type Starting =
  | { kind: 'begins'; begins: Begun; about?: string; rest: string }
  | { kind: 'note'; note: string }
  | { kind: 'none' };

const NONE = { kind: 'none' } as const;

/** For a member's mail. `written`: their own words. `forwards`: it brings somebody else's mail. */
export async function startOf(
  mail: MailContext,
  read: Mail,
  { pod, written, forwards }: { pod: PodDoc; written: string; forwards: boolean },
): Promise<Starting> {
  const { forward } = readSubject(read.subject);
  // The first line of a forward without a recognisable beginning may be another person's.
  const asked = forward && !showsQuotes(read) ? undefined : await askedIn(mail, written);
  if (asked) return told(asked.name, async () => ({ ...(await namedStart(mail, pod.id, asked)) }));
  const isTalk = pod.direct || pod.mailThread;
  if (isTalk || !pod.mailWorkflow || !forward || !forwards) return NONE;
  return setStart(mail, pod, written);
}

/** Starts what the pod has set for mails from outside. `none` if it has set nothing. */
export async function setStart(mail: MailContext, { id, mailWorkflow }: PodDoc, rest = ''): Promise<Starting> {
  if (!mailWorkflow) return NONE;
  const { workflow, roles, by } = mailWorkflow;
  const over = refusedNow(mailWorkflow, mail.clock());
  if (over) return { kind: 'note', note: over };
  return told(workflow, async () => {
    const left = (await mail.read.get(MEMBERS, memberId(id, by)))?.state !== 'in';
    if (left)
      return {
        kind: 'note',
        note: `Whoever set that mails start ${workflow} has left this pod. An owner sets it anew.`,
      };
    await filledRoles(mail.read, id, await workflowNamed(mail.read, workflow), roleLines(roles));
    return { kind: 'begins', begins: { workflow, roles, for: by, counted: true }, rest };
  });
}

interface Asked {
  name: string;
  about?: string;
  roles: readonly string[];
  rest: string;
}

/** A first line “start …” is a command only if there is a workflow with that name. */
async function askedIn({ read }: MailContext, written: string): Promise<Asked | undefined> {
  const asked = readStart(written);
  if (!asked) return undefined;
  const known = await read.get(WORKFLOWS, workflowId(asked.name));
  return asked.sure || (known && !known.gone) ? asked : undefined;
}

async function namedStart({ read }: MailContext, pod: string, { name, about, roles, rest }: Asked): Promise<Starting> {
  const workflow = await workflowNamed(read, name);
  const filled = await filledRoles(read, pod, workflow, roles);
  const ids: Record<string, ParticipantId> = Object.fromEntries([...filled].map(([role, { id }]) => [role, id]));
  const begins = { workflow: workflow.name, roles: ids, counted: false };
  return { kind: 'begins', begins, rest, ...(about ? { about } : {}) };
}

async function told(name: string, work: () => Promise<Starting>): Promise<Starting> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserFacingError)
      return { kind: 'note', note: `${name} was not started: ${refusalByMail(error)}` };
    throw error;
  }
}
