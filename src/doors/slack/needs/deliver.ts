// Takes a person's words to what an open item is about: a command does what it says, an answer settles its question, and
// all other words stand in the conversation under the person's name.

import { Conflict, InvalidInput, NotFound, UserFacingError } from '../../../errors.ts';
import { idOf } from '../../../log/ids.ts';
import type { PersonId } from '../../../log/participant.ts';
import { MESSAGES } from '../../../pods/conversations/message.ts';
import type { InMailedDigests } from '../../../pods/erasing/mailed-digests.ts';
import { NEEDS, type NeedDoc } from '../../../pods/needs/need.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { numberOf, QUESTIONS, type QuestionDoc } from '../../../pods/questions/question.ts';
import { meansAnswer, optionIn } from '../../../pods/questions/settling/free-words.ts';
import { putsOffAnswer } from '../../../pods/questions/settling/put-off.ts';
import { taskNamed } from '../../../pods/require.ts';
import { admit } from '../../admit.ts';
import { enter } from '../../enter.ts';
import { conflictSaid } from '../../notices/conflict-said.ts';
import { destinationOf, type OfItem, openConversation } from '../../notices/destination.ts';
import { mailedDigest } from '../../notices/mailed-digest.ts';
import { commandsIn, doCommand } from '../../notices/task-commands.ts';
import type { ReplyCommand } from '../../replies/command.ts';
import { laterIn, readTraceAnswer, type TraceAnswer } from '../../replies/list-reply.ts';
import { startWorkflow, subjectOf } from '../../start-workflow.ts';
import { refusalInSlack } from '../../typed-refusal.ts';
import type { SlackContext } from '../context.ts';

export interface ToDeliver {
  person: PersonDoc;
  /** The id of the open item. */
  need: string;
  /** Markdown. */
  text: string;
  /** Identifies the words, so that they are delivered once. Words that were edited have the key of the first ones. */
  key: string;
}

export interface Delivered {
  /** Set if the words stand in a conversation now. */
  posted?: OfItem;
  /** Sentences for the person alone: what could not be done, and why. */
  said: string[];
}

/** @throws NotFound if there is no such item any more, or it has no conversation; NotAllowed */
export async function deliver(slack: SlackContext, words: ToDeliver): Promise<Delivered> {
  const need = await slack.read.get(NEEDS, words.need);
  const to = need && (await destinationOf(slack.read, need));
  if (!to) throw new NotFound('What this was about is not there any more.');
  const until = laterIn(words.text);
  if (until) return putOff(slack, words, until);
  const settles = await conflictSaid(slack.read, to.need, { person: words.person.id, text: words.text });
  if (settles) return settle(slack, words, to, settles);
  const trace = to.need.reason === 'made_from' ? readTraceAnswer(words.text) : undefined;
  if (trace) return settleTrace(slack, words, to.need, trace);
  const question = await questionOf(slack, to.need);
  if (question && (await isAnswer(slack, words.text, question))) return answer(slack, words, question);
  if (!to.task) return post(slack, words, to, words.text);
  return obey(slack, words, to, to.task);
}

async function putOff(slack: SlackContext, { person, need, key }: ToDeliver, until: string): Promise<Delivered> {
  const input = { item: need, until };
  await enter(slack, { as: person, via: 'slack', action: 'snooze_item', input, key: `tomorrow:${key}` });
  return { said: [] };
}

async function settle(
  slack: SlackContext,
  { person, key }: ToDeliver,
  { pod }: OfItem,
  input: object,
): Promise<Delivered> {
  const asked = { as: person, pod: { id: pod.id }, via: 'slack', key: `keep:${key}` } as const;
  await enter(slack, { ...asked, action: 'settle_conflict', input });
  return { said: [] };
}

async function settleTrace(
  slack: SlackContext,
  { person, key }: ToDeliver,
  { pod, about }: NeedDoc,
  answer: TraceAnswer,
): Promise<Delivered> {
  const input = { trace: about.id, ...answer };
  const asked = { as: person, pod: { id: pod }, via: 'slack', action: 'settle_traces', input } as const;
  const { result } = await enter<InMailedDigests>(slack, { ...asked, key: `trace:${key}` });
  return { said: mailedDigest(slack.texts, result) };
}

async function questionOf({ read }: SlackContext, { about }: NeedDoc): Promise<QuestionDoc | undefined> {
  return about.on === QUESTIONS.name ? read.get(QUESTIONS, about.id) : undefined;
}

/** False for words that ask back, or put the answer off: these are for whoever asks, and the question stays open. */
async function isAnswer(slack: SlackContext, text: string, question: QuestionDoc): Promise<boolean> {
  return meansAnswer(text) && !putsOffAnswer(text, [], await optionsOf(slack, question));
}

async function optionsOf({ read }: SlackContext, { options }: QuestionDoc): Promise<string[]> {
  const texts = await read.texts(options);
  return options.map((ref) => texts.get(ref) ?? '');
}

async function answer(
  slack: SlackContext,
  { person, text, key }: ToDeliver,
  question: QuestionDoc,
): Promise<Delivered> {
  const options = await optionsOf(slack, question);
  const choice = optionIn(text, options);
  const input = { question: question.id, text, ...(choice === undefined ? {} : { choice: String(choice + 1) }) };
  if (await isAnswerBy(slack, question, key)) return reworded(slack, { person, text, key }, question);
  const asked = { as: person, pod: { id: question.pod }, via: 'slack', action: 'answer_question', input } as const;
  try {
    const { result } = await enter<{ late?: string }>(slack, { ...asked, key: answerKey(key, question) });
    return { said: result.late ? [result.late] : [] };
  } catch (error) {
    // Words that came too late are kept as a message, which is edited with them.
    const message = idOf('m', question.pod, answerKey(key, question), 0);
    if (!(error instanceof Conflict) || !(await slack.read.get(MESSAGES, message))) throw error;
    const late = { message, text: `${numberOf(question)}: ${text}` };
    await enter(slack, { ...asked, action: 'edit_message', input: late, key: `edit:${key}:${idOf('e', text)}` });
    return { said: [] };
  }
}

/** Another one after the answer was taken back: words that were edited once more answer it anew. */
function answerKey(key: string, { reopened }: Pick<QuestionDoc, 'reopened'> = {}): string {
  return `answer:${key}${reopened === undefined ? '' : `:${reopened}`}`;
}

/** True if these words, as they were before an edit, answer the question. */
export async function isAnswerBy({ read }: SlackContext, question: QuestionDoc, key: string): Promise<boolean> {
  const { pod, settled, answers } = question;
  // Answers that an earlier version stored do not say which commit gave them.
  const given = [...answers.map((one) => one.given), settled].filter((seq) => seq !== undefined);
  const commits = await Promise.all([...new Set(given)].map((seq) => read.commits(pod, seq, seq)));
  return commits.flat().some((one) => one.key === answerKey(key) || one.key === answerKey(key, question));
}

/** The words that answered were edited: whoever hears the outcome is told how the answer differs. */
async function reworded(
  { act, texts }: SlackContext,
  { person, text, key }: Omit<ToDeliver, 'need'>,
  { pod, id, seq }: QuestionDoc,
): Promise<Delivered> {
  const { result } = await act<{ number: string; hearer?: string; back?: true }>({
    ...{ pod, actor: person.id as PersonId, via: 'slack', action: 'change_answer' },
    ...{ input: { question: id, text }, key: `change:${key}:${seq}` },
  });
  const { number, hearer, back } = result;
  if (back) return { said: [texts.fill('notice', 'answer-open', { number })] };
  return { said: hearer ? [texts.fill('notice', 'answer-changed', { number, person: hearer })] : [] };
}

/** Does the commands at the beginning of the words. What they say beside that, and a refused one, is posted. */
async function obey(slack: SlackContext, words: ToDeliver, to: OfItem, id: string): Promise<Delivered> {
  const { commands, rest } = await commandsIn(slack.read, words.text, { task: id });
  const said: string[] = [];
  const left: string[] = [];
  for (const [n, command] of commands.entries()) {
    try {
      await obeyed(slack, words, to, command, n);
      if ('note' in command && command.note) left.push(command.line);
    } catch (error) {
      if (!(error instanceof UserFacingError)) throw error;
      said.push(slack.texts.fill('notice', 'refused', { line: command.line, reason: refusalInSlack(error) }));
      left.push(command.line);
    }
  }
  const text = [left.join('\n'), rest].filter(Boolean).join('\n\n');
  return text ? { ...(await post(slack, words, to, text)), said } : { said };
}

async function obeyed(
  slack: SlackContext,
  { person, key }: ToDeliver,
  to: OfItem,
  command: ReplyCommand,
  n: number,
): Promise<void> {
  const entry = { as: person, via: 'slack', key: `command:${key}:${n}` } as const;
  if (command.kind === 'half') throw new InvalidInput(command.asks);
  if (command.kind === 'add') {
    await enter(slack, { ...entry, pod: { id: to.pod.id }, action: 'add_member', input: { who: command.agent } });
    return;
  }
  if (command.kind === 'admit') {
    await admit(slack, to.pod, command, entry);
    return;
  }
  if (command.kind === 'workflow') {
    const { conversation, task } = to;
    const subject = await subjectOf(slack.read, { task, conversation });
    await startWorkflow(
      slack,
      { ...entry, pod: { id: to.pod.id } },
      { ...command, ...(conversation ? { conversation } : {}), subject },
    );
    return;
  }
  if (command.kind === 'apart') {
    const input = { message: command.message };
    await enter(slack, { ...entry, pod: { id: to.pod.id }, action: 'separate_mail', input });
    return;
  }
  if (command.kind === 'decide') {
    const input = { decision: command.decision, ...(to.conversation ? { conversation: to.conversation.id } : {}) };
    await enter(slack, { ...entry, pod: { id: to.pod.id }, action: 'record_decision', input });
    return;
  }
  await doCommand(slack, command, await taskNamed(slack.read, to.pod.id, command.task ?? to.task ?? ''), entry);
}

/** Posts the words under the person's name. If they were posted before, they are edited. */
async function post(slack: SlackContext, words: ToDeliver, to: OfItem, text: string): Promise<Delivered> {
  const { person, key } = words;
  const pod = to.pod.id;
  const by = { by: person.id, via: 'slack', key } as const;
  const conversation =
    to.conversation ?? (to.task ? await openConversation(slack, { pod, task: to.task }, by) : undefined);
  if (!conversation) throw new NotFound(slack.texts.fill('notice', 'no-conversation', { pod: to.pod.name }));
  const asked = { as: person, pod: { id: pod }, via: 'slack' } as const;
  const input = { conversation: conversation.id, text };
  try {
    await enter(slack, { ...asked, action: 'post_message', input, key });
  } catch (error) {
    const message = idOf('m', pod, key, 0);
    if (!(error instanceof Conflict) || !(await slack.read.get(MESSAGES, message))) throw error;
    await enter(slack, { ...asked, action: 'edit_message', input: { message, text } });
  }
  return { posted: { ...to, conversation }, said: [] };
}
