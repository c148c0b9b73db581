// Performs the commands of a reply that are about its pod or conversation, and not about a task.

import type { ParticipantId } from '../../../log/participant.ts';
import { MESSAGES } from '../../../pods/conversations/message.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { admit } from '../../admit.ts';
import { type Entry, enter } from '../../enter.ts';
import type { ReplyCommand } from '../../replies/command.ts';
import { startWorkflow, subjectOf } from '../../start-workflow.ts';
import type { MailContext, Proved } from '../context.ts';
import type { Going, Happened } from './happened.ts';

const OF_POD = ['add', 'admit', 'decide', 'workflow', 'apart'] as const;

type OfPod = Extract<ReplyCommand, { kind: (typeof OF_POD)[number] }>;

export function isOfPod(command: ReplyCommand): command is OfPod {
  return (OF_POD as readonly string[]).includes(command.kind);
}

export async function obeyInPod(
  mail: MailContext,
  to: Going,
  author: Proved['author'],
  command: OfPod,
  entry: Pick<Entry, 'origin'> & { key: string },
): Promise<Happened> {
  switch (command.kind) {
    case 'add':
      return bringIn(mail, to, author, command.agent, entry.key);
    case 'admit': {
      const { name } = await admit(mail, to.pod, command, { as: author, via: 'email', key: entry.key });
      const words = mail.texts.fill('mail-command', 'admitted', { person: author.name, newcomer: name });
      return { conversation: to.conversation.id, words };
    }
    case 'decide':
      return decide(mail, to, author, command.decision, entry.key);
    case 'workflow':
      return startsWorkflow(mail, to, author, command, entry);
    case 'apart':
      return separate(mail, to, author, command.message, entry.key);
    default:
      return command satisfies never;
  }
}

async function decide(
  mail: MailContext,
  { pod, conversation }: Going,
  author: Proved['author'],
  decision: string,
  key: string,
): Promise<Happened> {
  const input = { decision, conversation: conversation.id };
  await enter(mail, { action: 'record_decision', input, as: author, pod, via: 'email', key });
  const words = mail.texts.fill('mail-command', 'decided', { person: author.name, decision });
  return { conversation: conversation.id, words };
}

async function startsWorkflow(
  mail: MailContext,
  { pod, conversation, task }: Going,
  author: Proved['author'],
  command: Extract<ReplyCommand, { kind: 'workflow' }>,
  entry: Pick<Entry, 'origin'> & { key: string },
): Promise<Happened> {
  const asked = { as: author, pod, via: 'email', ...entry } as const;
  const subject = await subjectOf(mail.read, { task, conversation });
  const started = await startWorkflow(mail, asked, { ...command, conversation, subject });
  const fields = { person: author.name, ...started.words };
  const { joined } = started;
  const words = joined
    ? mail.texts.fill('mail-command', 'workflow-for-task', { ...fields, other: joined })
    : mail.texts.fill('mail-command', 'workflow', fields);
  return { conversation: conversation.id, words, wakes: started.wakes };
}

async function separate(
  mail: MailContext,
  { pod, conversation }: Going,
  author: Proved['author'],
  message: string,
  key: string,
): Promise<Happened> {
  const entry = { action: 'separate_mail', input: { message }, as: author, pod, via: 'email', key } as const;
  const { result } = await enter<{ task: { number: number } }>(mail, entry);
  const words = mail.texts.fill('mail-command', 'separated', { person: author.name, number: result.task.number });
  return { conversation: conversation.id, words };
}

/** The message that named the agent wakes it, if it was written in this conversation. */
async function bringIn(
  mail: MailContext,
  { pod, conversation }: Going,
  author: Proved['author'],
  handle: string,
  key: string,
): Promise<Happened> {
  const where = { conversation: conversation.id };
  const newest = await mail.read.find(MESSAGES, { where, sort: [['posted', 'desc']], limit: MOST_OFFERS });
  const offered = newest.find(({ offer }) => offer?.agents.includes(`agent:${handle}`));
  const input = { who: handle, ...(offered ? { offer: offered.id } : {}) };
  await enter(mail, { action: 'add_member', input, as: author, pod, via: 'email', key });
  const id: ParticipantId = `agent:${handle}`;
  const { name } = called(await namesOfAll(mail.read, [id]), id);
  const words = mail.texts.fill('mail-command', 'added', { person: author.name, agent: name });
  return { conversation: conversation.id, words };
}

/** The newest messages among which an offer is looked for. */
const MOST_OFFERS = 50;
