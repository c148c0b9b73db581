// Reads what a session is told about its pod: the opening facts, and the messages since the last turn.

import type { Reader } from '../../log/action.ts';
import { ERASED } from '../../log/body.ts';
import type { Label } from '../../log/labels/label.ts';
import {
  type AgentId,
  isAgent,
  isPerson,
  type Named,
  type ParticipantId,
  type PersonId,
} from '../../log/participant.ts';
import type { Shown } from '../../log/view.ts';
import { head, shorten } from '../../log/well-formed.ts';
import { AGENTS } from '../../pods/agent-definitions/agent.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { wasWrittenInSlack } from '../../pods/conversations/marks/marked.ts';
import { isRecalled, MESSAGES, type MessageDoc } from '../../pods/conversations/message.ts';
import { wordsAt } from '../../pods/conversations/words/words-before.ts';
import { FILES } from '../../pods/files/file.ts';
import { LET_IN, type MessageParts } from '../../pods/mail/mail-words.ts';
import { partRefs, partsOf } from '../../pods/mail/message-parts.ts';
import { NOTES } from '../../pods/notes/note.ts';
import { aliasesOf, guestsAmong } from '../../pods/people/aliases.ts';
import { called, namesOfAll, presentIn } from '../../pods/people/directory.ts';
import { guestLabel } from '../../pods/people/name-claims.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import { PODS } from '../../pods/pod/pod.ts';
import { TASKS, type TaskDoc } from '../../pods/tasks/task.ts';
import { heldAtOpening } from '../news/opening-held.ts';
import { messagesSince, newestMessages } from './find-messages.ts';
import { type HeardQuestion, hearSettled } from './hear-settled.ts';
import { type HeardLine, heardLine } from './heard-line.ts';
import { zonesOf } from './local-day.ts';
import type { Facts, HeardMessage } from './prompt.ts';
import type { SessionDoc } from './session.ts';
import { wokenBy } from './woken.ts';

const OPENING_LENGTH = 120_000;
const LONGEST_MESSAGE = 20_000;
/** In characters: the whole of it stands in an earlier turn. */
const LONGEST_WAS = 400;
const OPENING_NOTES = 15;
const OPENING_TASKS = 40;
const OPENING_MEMBERS = 60;
const OPENING_FILES = 15;
/** In characters: as much of an agent's purpose as the others are told. */
const LONGEST_PURPOSE = 200;

export interface Heard {
  messages: HeardMessage[];
  /** The number of the newest commit that these messages include. */
  position: number;
  /** The number of the log before which nothing that was said is missing here. */
  heardUpTo: number;
  /** The authors of the new messages, each once, the newest last. Authors of background are left out. */
  people: PersonId[];
  /** The questions of this agent that were settled. */
  settled: HeardQuestion[];
  /** The new messages that people wrote in Slack. Background is left out. */
  took?: string[];
  /** True if a message of another agent is among the messages. */
  colleague?: boolean;
  /** The tasks of the task lines among the messages. */
  shows: Shown;
}

/**
 * Returns the messages by others that were posted or edited after `position`. For position 0: the newest of the whole
 * conversation.
 */
export async function hear(
  read: Reader,
  session: SessionDoc,
  position: number,
  told: ReadonlySet<string> = new Set(),
): Promise<Heard> {
  const opening = position === 0;
  // Read before the messages: whatever comes in between counts as unheard.
  const heardUpTo = await read.head(session.pod);
  const found = opening ? await newestMessages(read, session) : await messagesSince(read, session, position);
  // The agent's own messages are already in the transcript. Only a new epoch needs them.
  const candidates = found.filter((message) => !message.erased && (opening || message.by !== session.agent));
  const edited = opening ? new Set() : await editedSince(read, session.pod, position, candidates);
  const news = candidates
    .filter((message) => message.posted > position || edited.has(message.id) || isRecalled(message))
    .sort((a, b) => a.posted - b.posted);
  // Messages that were imported after a time without Skein are sorted in by their time.
  if (news.some(isRecalled)) news.sort((a, b) => a.at - b.at);
  const before = (message: Pick<MessageDoc, 'id' | 'was'>) =>
    edited.has(message.id) ? wordsAt(message, position) : undefined;
  const authors = news.map((message) => message.by);
  const named = news.flatMap((message) => [...(message.mentions ?? []), ...(before(message)?.mentions ?? [])]);
  const [lines, names, aliases, guests, zones, texts] = await Promise.all([
    linesIn(read, session, news),
    namesOfAll(read, [...authors, ...news.map(({ mail }) => mail?.agent)]),
    aliasesOf(read, authors),
    guestsAmong(read, named),
    zonesOf(read, authors),
    read.texts(news.flatMap((message) => [...partRefs(message), message.brought, before(message)?.body])),
  ]);
  const heardTo = Math.max(position, ...found.map((message) => message.seq));
  const settled = await hearSettled(read, session, { position, heardTo }, told);
  const messages = news.map(({ id, by, at, brought, labels = {}, places, posted, ...more }) => ({
    id,
    from: called(names, by).name,
    ...aliasIn(aliases, by),
    at,
    ...zoneIn(zones, by),
    ...said(partsOf({ by, labels, places, ...(brought ? { brought } : {}), ...more }, texts), guests, names),
    edited: edited.has(id),
    ...wasIn(texts.get(before({ id, ...more })?.body ?? ''), guests),
    ...(lines.has(id) ? { line: lines.get(id) } : {}),
    ...(isRecalled({ posted }) ? { recalled: true as const } : {}),
    ...(asksNothing(more) ? { notice: true as const } : {}),
    ...(labels.body ? { label: labels.body } : {}),
    ...(isPerson(by) && places.some((place) => place.startsWith('mail:')) ? { via: 'mail' as const } : {}),
    ...(brought && labels.brought
      ? {
          brought: {
            text: shorten(texts.get(brought) ?? '', LONGEST_MESSAGE, 'The rest is in the mail itself.'),
            label: labels.brought,
          },
        }
      : {}),
  }));
  // A message from before the agent was called is a request only if somebody has edited it since.
  const now = news.filter((message) => !isRecalled(message) || edited.has(message.id));
  const all = opening ? await unanswered(read, session, news) : now;
  // A task line for another agent is no request to this agent.
  const wishes = all.filter(({ line, steers }) => !steers && (!line || line.to === session.agent));
  return {
    messages: opening ? newestOf(messages) : messages,
    position: heardTo,
    heardUpTo,
    people: [...new Set([...settled.people, ...wishes.flatMap(principalsOf)].reverse())].reverse(),
    settled: settled.questions,
    took: wishes.filter(wasWrittenInSlack).map(({ id }) => id),
    colleague: news.some(({ by, line }) => [by, line?.by].some((one) => isAgent(one) && one !== session.agent)),
    shows: { whole: [...lines.values()].filter(({ mine }) => mine).map(({ held }) => held) },
  };
}

/** True for a notice, a note, and what only says who paused an agent. */
function asksNothing({ notice, note, steers, controls }: Partial<MessageDoc>): boolean {
  return Boolean(notice || note || steers || controls);
}

async function linesIn(
  read: Reader,
  { agent }: SessionDoc,
  news: readonly MessageDoc[],
): Promise<Map<string, HeardLine>> {
  const heard = await Promise.all(
    news.map(async ({ id, pod, line }) => [id, line && (await heardLine(read, { pod, line }, agent))] as const),
  );
  return new Map(heard.flatMap(([id, line]) => (line ? [[id, line] as const] : [])));
}

/** Returns the parts of a message: the author's words apart from the facts about the mail and its files. */
function said(
  { words, files, notes, subject, mail }: MessageParts,
  guests: readonly PersonDoc[],
  names: ReadonlyMap<ParticipantId, Named>,
): Pick<HeardMessage, 'text' | 'subject' | 'files' | 'notes' | 'task'> {
  const { task, agent, letIn } = mail ?? {};
  const admitted = letIn ? [`An owner let it in ${LET_IN[letIn]}.`] : [];
  return {
    text: shorten(labelled(words, guests), LONGEST_MESSAGE, 'Ask for the rest if you need it.'),
    ...(subject ? { subject } : {}),
    ...(files.length ? { files } : {}),
    ...(notes.length + admitted.length ? { notes: [...admitted, ...notes].join(' ') } : {}),
    ...(task === undefined ? {} : { task: { number: task, ...(agent ? { for: called(names, agent).name } : {}) } }),
  };
}

/** `text`: the words that the session has heard of a message that was edited since. Undefined if they were erased. */
function wasIn(text: string | undefined, guests: readonly PersonDoc[]): Pick<HeardMessage, 'was'> {
  const words = text?.replace(/\s+/g, ' ').trim();
  return words ? { was: cut(labelled(words, guests), LONGEST_WAS) } : {};
}

function cut(text: string, most: number): string {
  return text.length > most ? `${head(text, most)}…` : text;
}

/**
 * Replaces the self-chosen name of a guest in a member's message. The name would otherwise count as the member's words.
 */
function labelled(text: string, guests: readonly PersonDoc[]): string {
  return guests.reduce((said, { id, name }) => said.replaceAll(`@${name}`, `@${guestLabel(id)}`), text);
}

function aliasIn(aliases: ReadonlyMap<ParticipantId, string>, id: ParticipantId): { alias?: string } {
  const alias = aliases.get(id);
  return alias ? { alias } : {};
}

function assigneeIn(aliases: ReadonlyMap<ParticipantId, string>, id: ParticipantId | undefined) {
  const assigneeName = id && aliases.get(id);
  return assigneeName ? { assigneeName } : {};
}

function zoneIn(zones: ReadonlyMap<ParticipantId, string>, id: ParticipantId): { zone?: string } {
  const zone = zones.get(id);
  return zone ? { zone } : {};
}

/** Returns the people behind a message: its author, or all askers of the agent that wrote it. */
function principalsOf({ by, onBehalfOf, heard = [] }: MessageDoc): PersonId[] {
  return (isPerson(by) ? [by] : [...heard, onBehalfOf]).filter(isPerson);
}

/**
 * Returns the messages that were posted or edited since the agent's last answer. The first turn of an epoch also shows
 * answered ones, which ask for nothing.
 */
async function unanswered(
  read: Reader,
  { pod, conversation, agent, answered = 0 }: SessionDoc,
  shown: readonly MessageDoc[],
): Promise<MessageDoc[]> {
  const where = { conversation, posted: { gt: answered } };
  const [since, edited] = await Promise.all([
    read.find(MESSAGES, { where, sort: [['posted', 'asc']], limit: 1000 }),
    editedSince(read, pod, answered, shown),
  ]);
  const all = [...shown.filter(({ id }) => edited.has(id)), ...since];
  return all.filter((message) => message.by !== agent && !message.erased);
}

/**
 * Returns the ids of older messages that were edited since `position`. A newer `seq` is no proof of an edit, because
 * posting to Slack raises it too.
 */
async function editedSince(
  read: Reader,
  pod: string,
  position: number,
  messages: readonly MessageDoc[],
): Promise<Set<string>> {
  const edited = messages.filter(({ posted, editedAt }) => posted <= position && editedAt !== undefined);
  const since = edited.filter(({ editedIn = 0 }) => editedIn > position).map(({ id }) => id);
  const unsure = edited.filter(({ editedIn, seq }) => editedIn === undefined && seq > position);
  if (!unsure.length) return new Set(since);
  const last = Math.max(...unsure.map(({ seq }) => seq));
  const commits = await read.commits(pod, Math.max(position + 1, last - MOST_COMMITS + 1), last);
  const edits = commits.flatMap(({ changes }) => changes.filter(({ type }) => type === 'message_edited'));
  return new Set([...since, ...edits.map(({ id }) => id)]);
}

/** The most commits that are searched for the edits of messages that Skein 0.1.0 stored. */
const MOST_COMMITS = 1000;

/** Returns the newest messages that fit into an opening, but at least the last one. */
function newestOf(messages: readonly HeardMessage[]): HeardMessage[] {
  let left = OPENING_LENGTH;
  const first = messages.findLastIndex(({ text }, n) => {
    left -= text.length;
    return left < 0 && n < messages.length - 1;
  });
  return messages.slice(first + 1);
}

/** `seq`: the number of the commit that woke the agent. */
export async function gatherFacts(read: Reader, session: SessionDoc, seq = 0): Promise<Facts> {
  const { pod, agent } = session;
  // Read first: whoever comes into the pod after this position is told as news.
  const position = await read.head(pod);
  const [podDoc, conversation, members, tasks, notes, files, woken] = await Promise.all([
    read.get(PODS, pod),
    read.get(CONVERSATIONS, session.conversation),
    presentIn(read, pod),
    read.find(TASKS, { where: { pod }, sort: [['number', 'desc']], limit: 200 }),
    read.find(NOTES, { where: { pod }, sort: [['posted', 'desc']], limit: OPENING_NOTES + 1 }),
    read.find(FILES, { where: { pod }, sort: [['at', 'desc']], limit: OPENING_FILES + 1 }),
    wokenBy(read, session, seq),
  ]);
  const open = tasks.filter((task) => task.state !== 'done' && !task.erased).sort(firstFor(agent));
  const active = open.slice(0, OPENING_TASKS);
  const kept = notes.slice(0, OPENING_NOTES).filter((note) => !note.erased);
  const newest = files.slice(0, OPENING_FILES).filter((file) => !file.erased);
  const here = members.filter(({ id }, n) => n < OPENING_MEMBERS || id === agent);
  const ids = here.map(({ id }) => id);
  const [held, names, aliases, zones, texts, agents] = await Promise.all([
    heldAtOpening(read, { pod, position, members: ids, tasks: active }),
    namesOfAll(read, [
      ...active.map((task) => task.assignee),
      ...kept.map(({ by }) => by),
      ...newest.map(({ by }) => by),
    ]),
    aliasesOf(read, [
      ...ids,
      ...active.flatMap(({ assignee }) => assignee ?? []),
      ...[...kept, ...newest].map(({ by }) => by),
    ]),
    zonesOf(read, ids),
    read.texts([
      conversation?.titleRef,
      ...active.map((task) => task.titleRef),
      ...kept.map((note) => note.body),
      ...newest.map((file) => file.nameRef),
    ]),
    read.find(AGENTS, { where: { id: { in: ids.filter(isAgent) } } }),
  ]);
  const purposes = new Map(agents.map(({ id, purpose }) => [id as ParticipantId, purpose]));
  const byline = (by: ParticipantId) => aliases.get(by) ?? called(names, by).name;
  const title = texts.get(conversation?.titleRef ?? '');
  return {
    shows: { part: held },
    pod: { id: pod, name: podDoc?.name ?? pod, purpose: podDoc?.purpose ?? '', direct: podDoc?.direct ?? false },
    conversation: {
      id: session.conversation,
      ...(title ? { title } : {}),
      ...labelIn(title ? conversation?.labels?.titleRef : undefined),
    },
    members: here.map((one) => ({
      ...one,
      ...aliasIn(aliases, one.id),
      ...zoneIn(zones, one.id),
      ...(one.id === agent ? { self: true as const } : {}),
      ...(purposes.has(one.id) ? { purpose: shorten(purposes.get(one.id) ?? '', LONGEST_PURPOSE, '') } : {}),
    })),
    ...(members.length > here.length ? { moreMembers: members.length - here.length } : {}),
    ...(woken ? { woken } : {}),
    ...(open.length > active.length ? { moreTasks: open.length - active.length } : {}),
    ...(notes.length > OPENING_NOTES ? { moreNotes: true } : {}),
    ...(files.length > OPENING_FILES ? { moreFiles: true } : {}),
    files: newest.map(({ nameRef, version, by, at, labels }) => ({
      ...{ name: texts.get(nameRef) ?? ERASED, version, by: byline(by), at },
      ...labelIn(labels?.hash),
    })),
    tasks: active.map(({ number, titleRef, state, assignee, due, labels }) => ({
      number,
      title: texts.get(titleRef) ?? ERASED,
      state,
      ...(assignee ? { assigneeName: called(names, assignee).name } : {}),
      ...assigneeIn(aliases, assignee),
      ...(assignee === agent ? { mine: true as const } : {}),
      ...(due ? { due } : {}),
      ...labelIn(labels?.titleRef),
    })),
    notes: kept.reverse().map(({ kind, body, at, by, labels }) => ({
      ...{ kind, text: texts.get(body) ?? '', at, by: byline(by) },
      ...labelIn(labels?.body),
    })),
  };
}

/** Returns an order: the agent's own tasks first, then those that are due, the earliest first, then the newest. */
function firstFor(agent: AgentId): (a: TaskDoc, b: TaskDoc) => number {
  const later = '9999';
  return (a, b) =>
    Number(b.assignee === agent) - Number(a.assignee === agent) ||
    (a.due ?? later).localeCompare(b.due ?? later) ||
    b.number - a.number;
}

function labelIn(label: Label | undefined): { label?: Label } {
  return label ? { label } : {};
}
