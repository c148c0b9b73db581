// Does what a reply says about the numbered things of a list: all of it, or nothing.

import { InvalidInput, UserFacingError } from '../../../errors.ts';
import type { ParticipantId, PersonId } from '../../../log/participant.ts';
import type { Listed } from '../../../pods/needs/waiting/numbers.ts';
import { enter } from '../../enter.ts';
import { listedFor } from '../../notices/listed-for.ts';
import type { ListCommand, ListReply, TraceAnswer } from '../../replies/list-reply.ts';
import { readCommands } from '../../replies/reply-command.ts';
import { refusalByMail } from '../../typed-refusal.ts';
import { obeyAll } from '../commands/obey.ts';
import type { Destination, MailContext, Proved } from '../context.ts';
import { keyOf, originOf } from '../origin.ts';
import { commandKey, MOST_AN_HOUR, tooMany } from '../rate.ts';
import { destinationOfListed, stillWaits } from './listed.ts';
import { conversationFor } from './noticed.ts';
import { putOffUntil } from './put-off.ts';
import { settleTrace } from './settle-trace.ts';

type Said = ListCommand | Extract<ListReply, { kind: 'words' }>;
type Moved = Extract<ListCommand, { kind: 'move' }>;

interface Meant<S> {
  one: Listed;
  to: Destination;
  said: S;
}

/**
 * Returns undefined, without any effect, if a number means nothing of the list or nothing that waits. `refused`: the
 * reasons for what could not be done, in Markdown.
 */
export async function obeyListed(
  mail: MailContext,
  arrived: Proved,
  things: readonly Listed[],
  reply: ListReply,
): Promise<{ refused?: string } | undefined> {
  const wanted = reply.kind === 'commands' ? reply.commands : [reply];
  const found = await Promise.all(wanted.map((said: Said) => meantBy(mail, things, said)));
  const meant = found.filter((one) => one !== undefined);
  if (meant.length < wanted.length || !(await mayBeDone(mail, arrived, meant))) return undefined;
  for (const { to } of meant)
    if (await tooMany(mail, to, arrived.author))
      throw new InvalidInput(
        `More than ${MOST_AN_HOUR} mails came from its sender within an hour: a machine may be writing.`,
      );
  const refused: string[] = [];
  const attempt = async ({ pod }: Destination, work: () => Promise<readonly string[]>) => {
    const reasons = await work().catch((error: unknown) => {
      if (error instanceof UserFacingError) return [refusalByMail(error)];
      throw error;
    });
    if (reasons.length)
      refused.push(mail.texts.fill('mail-refused', 'in-a-pod', { pod: pod.name, reason: reasons.join(' ') }));
  };
  for (const { one, to, said } of meant)
    if (said.kind === 'later') await attempt(to, () => putOffUntil(mail, arrived, one.need, said.until));
    else if (said.kind === 'trace') await attempt(to, () => forgetOrKeep(mail, arrived, to, said.said));
    else if (said.kind === 'words')
      await attempt(to, async () => lacking(to, said.text) ?? say(mail, arrived, to, said.text));
  for (const [first, ...more] of byConversation(meant))
    if (first) await attempt(first.to, () => move(mail, arrived, first.to, [first, ...more]));
  return refused.length ? { refused: refused.join('\n\n') } : {};
}

/** Asks back for what a command about a task lacks, as “#3 drop” does. Undefined for all other words. */
function lacking({ task }: Destination, text: string): string[] | undefined {
  const [command] = task ? readCommands(text, { about: 'task' }).commands : [];
  return command?.kind === 'half' ? [command.asks] : undefined;
}

async function meantBy<C extends Said>(
  mail: MailContext,
  things: readonly Listed[],
  said: C,
): Promise<Meant<C> | undefined> {
  const found = things.filter(({ number }) => number === said.number);
  const one = await listedFor(mail.read, found, said.kind === 'move' ? said.command.kind : undefined);
  const to = one && (await destinationOfListed(mail, one));
  return one && to && { one, to, said };
}

/** After a crash the mail is handled again, and its own commands have then settled what they were about. */
async function mayBeDone(mail: MailContext, arrived: Proved, meant: readonly Meant<Said>[]): Promise<boolean> {
  const person = arrived.author.id as PersonId;
  const checks = await Promise.all(
    meant.map(async ({ one, to, said }) => {
      if (said.kind === 'move' && !to.task) return false;
      if (said.kind === 'trace' && to.need?.reason !== 'made_from') return false;
      const keys = [wordsKey(arrived), ...(to.conversation ? [firstKey(arrived, to.conversation.id)] : [])];
      const [before] = await mail.commits.find({ where: { pod: to.pod.id, key: { in: keys } }, limit: 1 });
      return before !== undefined || stillWaits(mail, one, person);
    }),
  );
  return checks.every(Boolean);
}

async function forgetOrKeep(mail: MailContext, arrived: Proved, { need }: Destination, answer: TraceAnswer) {
  return need ? settleTrace(mail, arrived, need, answer) : [];
}

function wordsKey(arrived: Proved): string {
  return `listed:${keyOf(arrived)}`;
}

function firstKey(arrived: Proved, conversation: string): string {
  return commandKey(conversation, arrived.author.id as PersonId, `${keyOf(arrived)}:0`);
}

/** Groups the commands that move tasks, because the commands of one conversation are reported together. */
function byConversation(meant: readonly Meant<Said>[]): Meant<Moved>[][] {
  const moves = meant.filter((one): one is Meant<Moved> => one.said.kind === 'move');
  const place = ({ to }: Meant<Moved>) => to.conversation?.id ?? to.task;
  const places = new Set(moves.map(place));
  return [...places].map((one) => moves.filter((meant) => place(meant) === one));
}

async function move(
  mail: MailContext,
  arrived: Proved,
  to: Destination,
  moves: readonly Meant<Moved>[],
): Promise<string[]> {
  const conversation = await conversationFor(mail, arrived, to);
  if (!conversation) return [];
  // The numbers in the commands are those of the list.
  const commands = moves.flatMap(({ to: { task }, said }) => (task ? [{ ...said.command, task }] : []));
  return (await obeyAll(mail, arrived, { ...to, conversation }, commands, { reached: [], speaks: false })).refused;
}

/** Posts the words, which are an answer if the thing is a question. Nothing of the list is quoted with them. */
async function say(mail: MailContext, arrived: Proved, to: Destination, text: string): Promise<string[]> {
  const { author, answer } = arrived;
  const key = wordsKey(arrived);
  const about = to.need?.about;
  if (about?.on === 'questions') {
    const input = { question: about.id, text };
    await enter(mail, { as: author, pod: to.pod, via: 'email', action: 'answer_question', input, key });
    return [];
  }
  const conversation = await conversationFor(mail, arrived, to);
  if (!conversation) return [];
  // The mail itself is not stored in the pod: it quotes things of other pods.
  const { raw: _raw, ...origin } = originOf(arrived, answer ? {} : { quiet: true });
  await mail.act({
    ...{ pod: to.pod.id, actor: author.id as ParticipantId, via: 'email', action: 'post_message' },
    ...{ input: { conversation: conversation.id, text }, key, origin },
  });
  return [];
}
