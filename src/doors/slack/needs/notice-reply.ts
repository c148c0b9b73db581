// Handles what a person writes in the thread of a notice, in their direct message with Skein. It is for what the notice is
// about. If that may be several things, the words come back with a button for each: Skein does not guess.

import { idOf } from '../../../log/ids.ts';
import type { PersonId } from '../../../log/participant.ts';
import { MESSAGES } from '../../../pods/conversations/message.ts';
import { NEEDS, taskOfItem } from '../../../pods/needs/need.ts';
import { PEOPLE, type PersonDoc } from '../../../pods/people/person.ts';
import { QUESTIONS } from '../../../pods/questions/question.ts';
import { TASKS } from '../../../pods/tasks/task.ts';
import { ownLog } from '../../../pods/telling/hearing.ts';
import { NOTICES, type NoticeDoc } from '../../../pods/telling/notices/notice.ts';
import { listedItems } from '../../../pods/telling/notices/notice-thread.ts';
import { keyOf, type MessageDeleted, type MessagePosted } from '../../../slack/parse/inbound.ts';
import { notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import { enter } from '../../enter.ts';
import { listedFor } from '../../notices/listed-for.ts';
import { type ListCommand, laterIn, readListReply } from '../../replies/list-reply.ts';
import { readCommands } from '../../replies/reply-command.ts';
import type { SlackContext } from '../context.ts';
import { wordsOf } from '../text.ts';
import { takeBackAnswer } from './answer-message.ts';
import { deliver, isAnswerBy } from './deliver.ts';
import { told } from './told.ts';
import { whichOne } from './which-one.ts';

/** Returns false if the message is no reply to a notice. It then belongs to the direct message as any other. */
export async function repliedToNotice(slack: SlackContext, said: MessagePosted, person: PersonDoc): Promise<boolean> {
  const { threadTs: ts, channel } = said;
  const sent = ts
    ? ((await noticeAt(slack, person, channel, ts)) ?? (await reminderAt(slack, person, channel, ts)))
    : undefined;
  if (!sent) return false;
  const { text, outside, files } = await wordsOf(slack, said);
  const answers = text.trim() ? await answersTo(slack, sent, { person, text, said }) : [];
  const left = outside || files.length ? [notice(slack.texts.fill('notice', 'only-words'))] : [];
  for (const [n, post] of [...answers, ...left].entries()) await inThread(slack, said, post, n);
  return true;
}

/**
 * Handles “done”, “start”, “tomorrow” or “later monday” beside all threads, while something waits for the person. It would mean nothing to
 * an agent, so it comes back with a button for each thing. All other words there are for the agent.
 */
export async function saidBesideNotices(slack: SlackContext, said: MessagePosted, person: PersonDoc): Promise<boolean> {
  if (said.threadTs || said.text.length > MOST_OF_COMMAND || !isBareCommand(said.text)) return false;
  const post = await whichOne(slack, { person, text: said.text.trim(), ts: said.ts });
  if (post) await inThread(slack, { ...said, threadTs: said.ts }, post, 0);
  return post !== undefined;
}

const MOST_OF_COMMAND = 40;

function isBareCommand(text: string): boolean {
  const { commands, rest } = readCommands(text, { about: 'task' });
  const [command, ...more] = commands;
  const moves =
    command && !more.length && !rest && !command.task && (command.kind === 'done' || command.kind === 'start');
  return laterIn(text) !== undefined || moves === true;
}

async function noticeAt(
  { read, identity }: SlackContext,
  person: PersonDoc,
  channel: string,
  ts: string,
): Promise<NoticeDoc | undefined> {
  const pod = ownLog(person.id as PersonId);
  const found = await read.find(NOTICES, { where: { ts, pod }, limit: 5 });
  const sent = found.find((one) => one.channel === channel && one.team === identity.teamId);
  // A digest without anything that waits is only read.
  return sent?.items.length ? sent : undefined;
}

/** A post that reminds of questions, or tells that they are the person's to answer now. */
async function reminderAt(
  { read }: SlackContext,
  person: PersonDoc,
  channel: string,
  ts: string,
): Promise<Pick<NoticeDoc, 'items' | 'digest'> | undefined> {
  const open = await read.find(NEEDS, { where: { who: person.id as PersonId, state: 'open' }, limit: MOST_OPEN });
  const asked = open.filter(({ about }) => about.on === QUESTIONS.name);
  const questions = await Promise.all(asked.map(({ about }) => read.get(QUESTIONS, about.id)));
  const items = asked.flatMap(({ id, pod }, n) => {
    const shown = questions[n]?.posts?.some((one) => one.channel === channel && one.ts.includes(ts));
    return shown ? [{ need: id, pod }] : [];
  });
  return items.length ? { items } : undefined;
}

/** More than a person has open. */
const MOST_OPEN = 100;

interface Said {
  person: PersonDoc;
  text: string;
  said: MessagePosted;
}

async function answersTo(
  slack: SlackContext,
  sent: Pick<NoticeDoc, 'items' | 'digest'>,
  { person, text, said }: Said,
): Promise<Post[]> {
  const [only, ...more] = sent.items;
  const words = { person, key: keyOf(said) };
  // A digest tells of other things too, so words below it need not be for the one thing that waits.
  if (only && !more.length && !sent.digest)
    return told(slack, () => deliver(slack, { ...words, need: only.need, text }));
  const meant = await numbered(slack, sent, text);
  if (!meant) {
    const which = await whichOne(slack, { person, text, ts: said.ts, items: sent.items });
    return [which ?? notice(slack.texts.fill('notice', 'none-of-them'))];
  }
  const all: Post[] = [];
  for (const [n, one] of meant.entries())
    all.push(...(await told(slack, () => deliver(slack, { ...words, ...one, key: `${words.key}:${n}` }))));
  return all;
}

/** Returns the items that the words name by the numbers of their tasks. Undefined if they name none, or one that is not there. */
async function numbered(
  { read }: SlackContext,
  { items }: Pick<NoticeDoc, 'items'>,
  text: string,
): Promise<{ need: string; text: string }[] | undefined> {
  const reply = readListReply(text);
  if (!reply) return undefined;
  const listed = await listedItems(read, items);
  const said = reply.kind === 'words' ? [reply] : reply.commands;
  const meant = await Promise.all(
    said.map(async (one) => {
      // Other things have no number in Slack.
      const found = listed.filter(({ task }) => task === `#${one.number}`);
      const moves = 'kind' in one && one.kind === 'move' ? one.command.kind : undefined;
      const need = (await listedFor(read, found, moves))?.need;
      return need && { need, text: wordsFor(one) };
    }),
  );
  return meant.every((one) => one) ? meant.flatMap((one) => one || []) : undefined;
}

/** Returns the words about one thing, without its number. */
function wordsFor(one: ListCommand | { text: string }): string {
  if ('text' in one) return one.text;
  if (one.kind === 'later') return `later ${one.until}`;
  if (one.kind === 'move') return one.command.line;
  const { answer, only } = one.said;
  return only ? `${answer} ${only}` : answer;
}

async function inThread(slack: SlackContext, said: MessagePosted, post: Post, n: number): Promise<void> {
  await slack.sender.post({
    ...{ channel: said.channel, posts: [post], threadTs: said.threadTs },
    ...{ key: `reply:${keyOf(said)}:${n}`, resend: true, oldest: said.ts },
  });
}

/** Takes back the answers that the deleted words gave, and says what became of each: it stands, or the question is open. */
async function answersTakenBack(
  slack: SlackContext,
  gone: MessageDeleted,
  { items }: Pick<NoticeDoc, 'items'>,
  { person, keys }: { person: PersonDoc; keys: readonly string[] },
): Promise<void> {
  const { read, sender } = slack;
  for (const { need } of items) {
    const about = (await read.get(NEEDS, need))?.about;
    const question = about?.on === QUESTIONS.name ? await read.get(QUESTIONS, about.id) : undefined;
    const answers = question && (await Promise.all(keys.map((key) => isAnswerBy(slack, question, key))));
    if (!question || !answers?.includes(true)) continue;
    const left = await takeBackAnswer(slack, question, person.id as PersonId, `${keyOf(gone)}:${question.id}`);
    if (left === undefined) continue;
    const post = notice(left);
    await sender.post({
      ...{ channel: gone.channel, posts: [post], ...(gone.threadTs ? { threadTs: gone.threadTs } : {}) },
      ...{ key: `stands:${keyOf(gone)}:${question.id}`, resend: true, oldest: gone.ts },
    });
  }
}

/**
 * Says that what the deleted words did to a task stands, and how to take it back. A command is an act of its own, on which
 * others may have gone on; undoing it is another act, which tells everybody whom it concerns.
 */
async function commandStands(
  { read, sender, texts }: SlackContext,
  gone: MessageDeleted,
  { items }: Pick<NoticeDoc, 'items'>,
  keys: readonly string[],
): Promise<void> {
  for (const { need } of items) {
    const item = await read.get(NEEDS, need);
    const id = item && taskOfItem(item);
    const task = id ? await read.get(TASKS, id) : undefined;
    const [commit] = task ? await read.commits(task.pod, task.seq, task.seq) : [];
    if (!task || !keys.some((key) => commit?.key.startsWith(`command:${key}:`))) continue;
    const post = notice(texts.fill('notice', 'command-stands', { number: task.number }));
    await sender.post({
      ...{ channel: gone.channel, posts: [post], ...(gone.threadTs ? { threadTs: gone.threadTs } : {}) },
      ...{ key: `stands:${keyOf(gone)}:${task.id}`, resend: true, oldest: gone.ts },
    });
  }
}

/** Takes words back that were passed on, after the person has deleted them. `gone`: the message below the notice. */
export async function takenBack(slack: SlackContext, gone: MessageDeleted): Promise<void> {
  const found = gone.threadTs ? await slack.read.find(NOTICES, { where: { ts: gone.threadTs }, limit: 5 }) : [];
  const sent = found.find(({ channel, team }) => channel === gone.channel && team === gone.team);
  const person = sent && (await slack.read.get(PEOPLE, sent.pod));
  if (!person) return;
  const key = `slack:${gone.team}:${gone.channel}:${gone.ts}`;
  const keys = [key, ...sent.items.map((_, n) => `${key}:${n}`)];
  await answersTakenBack(slack, gone, sent, { person, keys });
  await commandStands(slack, gone, sent, keys);
  for (const pod of new Set(sent.items.map((one) => one.pod)))
    for (const message of keys.map((one) => idOf('m', pod, one, 0))) {
      const doc = await slack.read.get(MESSAGES, message);
      if (!doc || doc.erased) continue;
      const asked = {
        as: person,
        pod: { id: pod },
        via: 'slack',
        action: 'delete_message',
        input: { message },
      } as const;
      await enter(slack, { ...asked, key: `${keyOf(gone)}:${message}` });
    }
}
