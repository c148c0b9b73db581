// Performs the commands of a reply, all or none, and reports them in the task's conversation. Refused commands are
// kept above the text of the reply.

import { InvalidInput } from '../../../errors.ts';
import { type AgentId, isPerson, type ParticipantId, type PersonId } from '../../../log/participant.ts';
import { closenessIn } from '../../../pods/involvement/level.ts';
import { shownDate } from '../../../pods/local-time.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { taskNamed } from '../../../pods/require.ts';
import { TASKS } from '../../../pods/tasks/task.ts';
import type { Entry } from '../../enter.ts';
import { involvementAnswer } from '../../involvement-answer.ts';
import { type Did, doCommand, MOVES } from '../../notices/task-commands.ts';
import type { ReplyCommand } from '../../replies/command.ts';
import { refusalByMail } from '../../typed-refusal.ts';
import type { MailContext, Proved } from '../context.ts';
import { keyOf, originOf } from '../origin.ts';
import { commandKey } from '../rate.ts';
import { faultsIn, taskMeant } from './check.ts';
import type { Going, Happened } from './happened.ts';
import { notifyAll } from './notify-all.ts';
import { isOfPod, obeyInPod } from './obey-in-pod.ts';
import { undoneWords } from './undone-words.ts';

export interface Obeyed {
  /** Each refused line with the reason, in Markdown. */
  refused: string[];
  /** The lines that were done before one was refused after all. */
  done: string[];
  /** The refused lines, and those that were not done because of them. They are kept for people: no agent acts on them. */
  kept: string[];
  /** Lines that changed nothing. They stay in the text of the reply. */
  remaining: string[];
  /** Sentences for the author alone, about their own settings. */
  answers: string[];
  /** The agents that were set to work and are woken by the message of the same mail. */
  wakes: AgentId[];
}

interface Speaking {
  /** The people who received the mail itself. */
  reached: PersonId[];
  /** True if the rest of the mail is then posted to the conversation. That message wakes the agents. */
  speaks: boolean;
}

function refusal(command: ReplyCommand | undefined, reason: string): string {
  return `“${command?.line ?? ''}”: ${reason}`;
}

/** Performs the commands in order, if all of them can be done; else none. */
export async function obeyAll(
  mail: MailContext,
  arrived: Proved,
  to: Going,
  commands: readonly ReplyCommand[],
  { reached, speaks }: Speaking,
): Promise<Obeyed> {
  const by = arrived.author.id as PersonId;
  const obeyed: Obeyed = { refused: [], done: [], kept: [], remaining: [], answers: [], wakes: [] };
  const origin = speaks ? { origin: { ...originOf(arrived), speaksIn: to.conversation.id } } : {};
  const happened: Happened[] = [];
  const faults = await faultsIn(mail, to, commands);
  if (faults.size) {
    for (const [n, reason] of faults) obeyed.refused.push(refusal(commands[n], reason));
    return { ...obeyed, kept: commands.map(({ line }) => line) };
  }
  for (const [n, command] of commands.entries())
    try {
      const key = commandKey(to.conversation.id, by, `${keyOf(arrived)}:${n}`);
      const one = await obey(mail, to, arrived, command, { key, ...origin });
      obeyed.wakes.push(...(one?.wakes ?? []));
      if (one?.answer) obeyed.answers.push(one.answer);
      else if (one) happened.push(one);
      else if ('note' in command && command.note) obeyed.remaining.push(command.line);
    } catch (error) {
      // Somebody else was faster since the check. What is below it may stand on it, so that is not done either.
      obeyed.refused.push(refusal(command, refusalByMail(error)));
      obeyed.kept.push(...commands.slice(n).map(({ line }) => line));
      obeyed.done = commands.slice(0, n).map(({ line }) => line);
      break;
    }
  const told = happened.flatMap(({ also = [], ...one }) => [one, ...also.map((other) => ({ ...one, ...other }))]);
  for (const conversation of new Set(told.map((one) => one.conversation)))
    await notifyAll(
      mail,
      arrived,
      to,
      told.filter((one) => one.conversation === conversation),
      [by, ...reached],
    );
  return obeyed;
}

/** Performs one command. Returns undefined if it changed nothing, for example because an agent was faster. */
async function obey(
  mail: MailContext,
  to: Going,
  { author }: Proved,
  command: ReplyCommand,
  entry: Pick<Entry, 'origin'> & { key: string },
): Promise<Happened | undefined> {
  if (isOfPod(command)) return obeyInPod(mail, to, author, command, entry);
  const task = await taskMeant(mail, to, command);
  const actor = author.id as ParticipantId;
  const asked = { as: author, via: 'email', ...entry } as const;
  const conversation = task.conversation ?? to.conversation.id;
  const { fill } = mail.texts;
  const fields = { person: author.name, number: task.number };
  const done = ({ wakesWith: wakes = [] }: Did, words: string, more: Partial<Happened> = {}) => ({
    ...{ conversation, words, wakes },
    ...more,
  });
  switch (command.kind) {
    case 'done':
    case 'start':
    case 'reopen': {
      const { kind, note = '' } = command;
      const also = kind === 'reopen' && task.merged ? await talkOf(mail, to, task.merged.into, conversation) : [];
      const did = await doCommand(mail, command, task, asked);
      return did && done(did, fill('mail-command', MOVES[kind].part, { ...fields, note }), { also });
    }
    case 'assign': {
      const did = await doCommand(mail, command, task, asked);
      const id = did?.assignee;
      if (!id) return undefined;
      const { name, handle } = called(await namesOfAll(mail.read, [id]), id);
      if (id === actor) return done(did, fill('mail-command', 'taken-on', fields));
      // An agent's name is written without a mention, because a mention would wake it.
      return isPerson(id)
        ? done(did, fill('mail-command', 'assigned', { ...fields, handle }), { assigned: id })
        : done(did, fill('mail-command', 'assigned-to-agent', { ...fields, agent: name }));
    }
    case 'back': {
      const did = await doCommand(mail, command, task, asked);
      return did && done(did, fill('mail-command', 'given-back', { ...fields, reason: command.reason }));
    }
    case 'drop': {
      const did = await doCommand(mail, command, task, asked);
      return did && done(did, fill('mail-command', 'dropped', { ...fields, reason: command.reason }));
    }
    case 'review':
    case 'approve': {
      const did = await doCommand(mail, command, task, asked);
      const part = command.kind === 'review' ? 'review-asked' : 'approved';
      return did && done(did, fill('mail-command', part, { ...inPlace(fields, did), note: command.note ?? '' }));
    }
    case 'send-back': {
      const did = await doCommand(mail, command, task, asked);
      return did && done(did, fill('mail-command', 'sent-back', { ...inPlace(fields, did), note: command.comments }));
    }
    case 'without': {
      const did = await doCommand(mail, command, task, asked);
      const { other, instead } = command;
      const said = { ...fields, other: other.slice(1) };
      const words = instead
        ? fill('mail-command', 'waits-instead', { ...said, into: instead.slice(1) })
        : fill('mail-command', 'goes-on-without', said);
      return did && done(did, words);
    }
    case 'due': {
      const did = await doCommand(mail, command, task, asked);
      const day = command.day && shownDate(command.day);
      return did && day ? done(did, fill('mail-command', 'due', { ...fields, day })) : undefined;
    }
    case 'merge': {
      const did = await doCommand(mail, command, task, asked);
      const { into, note = '' } = command;
      const also = await talkOf(mail, to, into, conversation);
      return did && done(did, fill('mail-command', 'merged', { ...fields, into: into.slice(1), note }), { also });
    }
    case 'repeat': {
      const did = await doCommand(mail, command, task, asked);
      const { every: rule = '', day } = did?.repeat ?? {};
      if (!did) return undefined;
      if (command.every === undefined) return done(did, fill('mail-command', 'goes-on', fields));
      if (command.every === null || !day) return done(did, fill('mail-command', 'repeats-no-more', fields));
      return done(did, fill('mail-command', 'repeats', { ...fields, rule, day: shownDate(day) }));
    }
    case 'involve': {
      const closeness = closenessIn(command.words);
      if (!closeness) return undefined;
      await doCommand(mail, command, task, asked);
      // How close somebody stays is their own matter, so nobody else is told.
      return {
        conversation,
        words: '',
        answer: involvementAnswer(mail.texts, { ...closeness, pod: to.pod.name, task: `#${task.number}` }),
      };
    }
    case 'undo': {
      const did = await doCommand(mail, command, task, asked);
      const now = (await mail.read.get(TASKS, task.id)) ?? task;
      return did && done(did, await undoneWords(mail, { person: author.name, task: now }));
    }
    case 'half':
      throw new InvalidInput(command.asks);
    default:
      return command satisfies never;
  }
}

/** Returns the conversation of the task that a merged one joins, or comes out of: its followers learn of that, too. */
async function talkOf({ read }: MailContext, { pod }: Going, task: string, but: string): Promise<Happened['also']> {
  const { conversation } = await taskNamed(read, pod.id, task);
  return conversation && conversation !== but ? [{ conversation }] : [];
}

/** “Gil, for Ben,” where a deputy did it. */
function inPlace<F extends { person: string }>(fields: F, { for: absent }: Did): F {
  return absent ? { ...fields, person: `${fields.person}, for ${absent},` } : fields;
}
