// Sends the acknowledgement of a mail. It waits for an answer. If one comes in time, there is one mail: the answer, with
// what was understood.

import type { Outgoing } from '../../email/render/compose-mail.ts';
import { escapeMarkdown } from '../../email/render/escape-markdown.ts';
import { renderAcknowledgement } from '../../email/render/render-mail.ts';
import { strangersIn } from '../../email/strangers.ts';
import { NotYet } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { isAgent, isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import { MESSAGES, type MessageDoc } from '../../pods/conversations/message.ts';
import { deliveriesOf } from '../../pods/deliveries.ts';
import { shownDate } from '../../pods/local-time.ts';
import { called, namesOfAll, peopleOf } from '../../pods/people/directory.ts';
import { TASKS, type TaskDoc } from '../../pods/tasks/task.ts';
import { answerIn } from './answer.ts';
import type { SendingFacts, Stamp } from './mail-out.ts';
import { readersWords } from './readers.ts';
import { head, linksOf, type MailDeps, type Mailing, type MailTarget, recipients, senderOf } from './target.ts';
import { understoodWords } from './understood.ts';

/** How long the acknowledgement waits for an answer, in milliseconds. */
export const ANSWER_WITHIN_MS = 600_000;
/** The most messages among which the answer is looked for. */
const MOST_LATER = 50;

/**
 * Returns the task that was made of the mail itself, or that the mail joined, not one that an agent made later in the
 * conversation.
 */
export async function taskOf(read: Reader, { conversation, mail }: MessageDoc): Promise<TaskDoc | undefined> {
  const tasks = await read.find(TASKS, { where: { conversation }, limit: 100 });
  const joined = mail?.joined && tasks.find(({ number }) => number === mail.task);
  return joined || tasks.sort((a, b) => a.number - b.number)[0];
}

/**
 * Returns the first answer of somebody else, an agent or a person. Undefined if none came in time. The delivery of an
 * answer ends the wait, because it is in the same lane.
 * @throws NotYet to wait
 */
export async function answerWithin(deps: MailDeps, target: MailTarget): Promise<MessageDoc | undefined> {
  const { read, clock } = deps;
  const { conversation, message } = target;
  // An offer to add an agent is in the same commit as the mail.
  const where = { conversation: conversation.id, posted: { gte: message.posted } };
  const later = await read.find(MESSAGES, { where, sort: [['posted', 'asc']], limit: MOST_LATER });
  // A line of Skein is an answer only if it goes to the sender by mail, as an offer to add an agent does.
  // Somebody who forwards the same mail answers nothing.
  const others = later.filter(
    ({ id, by, erased, mail }) => id !== message.id && by !== message.by && !erased && !mail?.joined,
  );
  for (const one of others) if (one.by !== 'skein' || !(await isReadElsewhere(deps, target, one))) return one;
  const waited = clock() - conversation.startedAt;
  // A start in the future means that the clock was set back.
  if (waited < 0 || waited >= ANSWER_WITHIN_MS) return undefined;
  throw new NotYet('An answer may come.', ANSWER_WITHIN_MS - waited);
}

/**
 * True if the sender reads the answer elsewhere: in Slack, or in a mail that its author sent to them directly. They get
 * no mail then.
 */
export async function isReadElsewhere(
  { read }: MailDeps,
  { pod, message: { by } }: MailTarget,
  answer: MessageDoc,
): Promise<boolean> {
  if (!isPerson(by)) return false;
  const [commit] = await read.commits(answer.pod, answer.posted, answer.posted);
  for (const one of commit ? deliveriesOf(commit) : [])
    if (one.kind === 'mail' && one.about === 'message' && one.to.includes(by))
      return (await recipients(read, { ...one, to: [by] }, pod, answer)).length === 0;
  return true;
}

/** Returns the people who got this message inside the acknowledgement. */
export async function hadWithIt({ read, out }: MailDeps, { conversation, message }: Mailing): Promise<PersonId[]> {
  const where = { conversation };
  const earliest = await read.find(MESSAGES, { where, sort: [['posted', 'asc']], limit: 2 });
  const first = earliest.find(({ raw }) => raw) ?? earliest[0];
  if (!first?.raw || first.id === message) return [];
  const [commit] = await read.commits(first.pod, first.posted, first.posted);
  const delivery = commit && deliveriesOf(commit).find((one) => one.kind === 'mail' && one.about === 'acknowledgement');
  if (delivery?.kind !== 'mail') return [];
  const begun = await out.begun(delivery.id);
  return begun?.sent && begun.kept.answer === message ? delivery.to : [];
}

export async function acknowledged(deps: MailDeps, target: MailTarget, task: TaskDoc, stamp: Stamp): Promise<Outgoing> {
  const { pod, conversation } = target;
  const { facts } = stamp;
  const answerer = facts.answer ? (await deps.read.get(MESSAGES, facts.answer))?.by : undefined;
  const names = await namesOfAll(deps.read, [facts.assignee, answerer, task.createdBy, ...(facts.followers ?? [])]);
  const title = (await deps.read.texts([conversation.titleRef])).get(conversation.titleRef ?? '') ?? '';
  const assignee = facts.assignee ? called(names, facts.assignee) : undefined;
  const speaker = assignee && isAgent(assignee.id) ? assignee.id : undefined;
  const followers = (facts.followers ?? [])
    .filter((one) => one !== target.message.by)
    .map((one) => called(names, one).name);
  const isJoined = target.message.mail?.joined === true;
  const { words, files, notes } = target.parts;
  const { texts } = deps;
  const understood = understoodWords(texts, {
    ...{ task: task.number, pod: pod.name, assignee: assignee?.name, words, files, notes: notes.join(' '), followers },
    forwarded: target.message.brought !== undefined,
    strangers: await strangersOf(deps, target, facts.followers ?? []),
    proposed: proposedWords(texts, facts),
    joined: isJoined && texts.fill('acknowledgement', 'joined', { person: called(names, task.createdBy).name }),
    readers: facts.readers && (await readersWords(deps, facts.readers, pod)),
  });
  // The assignee says so itself. In the mail of anybody else, the sentence has no “I”.
  const isSaidByAssignee = speaker !== undefined && (answerer ?? speaker) === speaker;
  const lead = texts.fill('acknowledgement', isJoined ? 'lead-joined' : isSaidByAssignee ? 'lead' : 'lead-by-other', {
    title: escapeMarkdown(title) || '…',
  });
  const hint = texts.fill('acknowledgement', 'hint');
  const said = facts.answer ? await answerWith(deps, facts.answer) : undefined;
  if (said) {
    const from = await senderOf(deps, pod, said.message.by, called(names, said.message.by).name);
    const rendered = await answerIn(deps, { ...said, pod, to: target.to }, stamp, { lead, understood, hint });
    return { ...(await head(deps, target, stamp, from)), ...rendered };
  }
  const rendered = renderAcknowledgement({
    ...{ lead, understood, hint },
    foot: texts.fill('mail-frame', 'agent-foot', { name: assignee?.name ?? 'Skein', pod: pod.name }),
    links: linksOf(texts, stamp),
  });
  const from = await senderOf(deps, pod, speaker ?? 'skein', assignee?.name ?? 'Skein');
  // The return path is empty, so that no automatic reply comes back (RFC 3834 section 3.3).
  return { ...(await head(deps, target, stamp, from)), ...rendered, envelopeFrom: '' };
}

/** A “yes” to a mail that also answers may mean the answer, so such a mail asks for other words. */
function proposedWords({ fill }: MailDeps['texts'], { proposed, answer }: SendingFacts): string | undefined {
  if (!proposed) return undefined;
  const { day: date, also: other } = proposed;
  const day = shownDate(date);
  if (other) return fill('acknowledgement', 'days', { day, date, other, also: shownDate(other) });
  return answer ? fill('acknowledgement', 'day-answered', { day, date }) : fill('acknowledgement', 'day', { day });
}

/** Returns the answer. Undefined if it was erased in the meantime. */
async function answerWith({ read }: MailDeps, id: string): Promise<Pick<MailTarget, 'message' | 'text'> | undefined> {
  const message = await read.get(MESSAGES, id);
  const text = message && !message.erased ? (await read.texts([message.body])).get(message.body) : undefined;
  return message && text !== undefined ? { message, text } : undefined;
}

/** Returns the addresses in To and Cc that belong to no member. */
async function strangersOf(
  { read, out, reader }: MailDeps,
  { pod, message, to }: MailTarget,
  followers: readonly ParticipantId[],
): Promise<string[]> {
  const raw = message.raw && (await read.blob(pod.id, message.raw));
  const mail = raw ? await reader.read(raw) : undefined;
  if (mail?.kind !== 'mail') return [];
  const members = [...to, ...(await peopleOf(read, followers))];
  const known = members.flatMap(({ email = '', accounts }) => [
    email,
    ...accounts.map((one) => one.replace(/^mail:/, '')),
  ]);
  return strangersIn(mail, out.home, known);
}
