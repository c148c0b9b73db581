// Reads a task line for the prompt of the agent it woke: the reason, the person or agent who gave the task, and the
// task as it is now.
import type { Reader } from '../../../log/action.ts';
import { ERASED } from '../../../log/body.ts';
import { isOutside, isQuoted, type Label } from '../../../log/labels/label.ts';
import type { AgentId } from '../../../log/participant.ts';
import type { Held } from '../../../log/view.ts';
import { shorten } from '../../../log/well-formed.ts';
import { type Line, type LineReason, tellsGiver } from '../../../pods/conversations/lines/line.ts';
import type { MessageDoc } from '../../../pods/conversations/message.ts';
import { namesAhead } from '../../../pods/involvement/checkpoints.ts';
import { wantsWords } from '../../../pods/involvement/wants-words.ts';
import { MEMBERS, memberId } from '../../../pods/members/member.ts';
import { aliasesOf, withAliases } from '../../../pods/people/aliases.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { PODS } from '../../../pods/pod/pod.ts';
import { attachedFiles } from '../../../pods/tasks/files/attached.ts';
import { waits } from '../../../pods/tasks/graph/ready.ts';
import { waitsWords } from '../../../pods/tasks/graph/waits-words.ts';
import { namedIn, reviewWords } from '../../../pods/tasks/review/review-words.ts';
import { TASKS } from '../../../pods/tasks/task.ts';
import { attribute, fenced, outsideLine, outsideText, sourceIn } from '../fence.ts';

interface Worded {
  text: string;
  label?: Label | undefined;
}

export interface HeardLine {
  why: LineReason;
  by: { name: string; handle: string; role: string };
  number: number;
  title: Worded;
  text?: Worded;
  note?: string;
  /** The names of the files that are attached to it. */
  files: Worded[];
  due?: string;
  state: string;
  /** How close people stay with it, if that binds the agent. */
  wants?: string;
  /** The tasks that have to be done first. */
  waitsFor?: string;
  /** How its review stands. */
  review?: string;
  /** The agent reviews it. */
  reviews?: true;
  /** The number of the task that it is a part of. */
  partOf?: number;
  /** The name of the present assignee; `you` if it is the session's agent. */
  to: string;
  /** True if the session's agent is to do the task now. */
  mine: boolean;
  /** True if the line woke the session's agent for what is still so: work, a review, or news of what it gave or has the whole of. */
  calls: boolean;
  /** True if the session's agent gave the task and hears what became of it. */
  gave: boolean;
  /** The conversation in which the task is done. Set if `gave`. */
  conversation?: string;
  /** True if the task was taken from the session's agent. */
  taken: boolean;
  /** The task in the version that was read. */
  held: Held;
}

const LONGEST_TEXT = 20_000;

/**
 * Reads the task anew each time, because it may have changed since the line was written. Undefined if there is no such
 * task.
 */
export async function heardLine(
  read: Reader,
  { pod, line }: Pick<MessageDoc, 'pod'> & { line: Line },
  agent: AgentId,
): Promise<HeardLine | undefined> {
  const task = await read.get(TASKS, line.task);
  if (!task) return undefined;
  const [names, aliases, member, texts, files, podDoc] = await Promise.all([
    namesOfAll(read, [line.by, line.to, task.assignee, ...namedIn(task)]),
    aliasesOf(read, [line.by, ...namedIn(task)]),
    read.get(MEMBERS, memberId(pod, line.by)),
    read.texts([task.titleRef, task.body, line.noteRef, ...namesAhead(task)]),
    attachedFiles(read, task),
    read.get(PODS, pod),
  ]);
  const { name, handle } = called(names, line.by);
  const text = texts.get(task.body ?? '');
  const note = texts.get(line.noteRef ?? '');
  const mine = line.to === agent && task.assignee === agent && !task.erased;
  const wants = mine ? wantsWords(task, podDoc, texts) : undefined;
  const review = reviewWords(task, withAliases(names, aliases));
  const reviews = line.why === 'review' && line.to === agent && !task.erased;
  const holder = task.assignee ? called(names, task.assignee).name : 'nobody';
  return {
    why: line.why,
    by: { name: aliases.get(line.by) ?? name, handle, role: line.by === 'skein' ? 'clock' : (member?.role ?? 'gone') },
    number: task.number,
    title: { text: texts.get(task.titleRef) ?? ERASED, label: task.labels?.titleRef },
    ...(text
      ? { text: { text: shorten(text, LONGEST_TEXT, 'list_tasks has the rest.'), label: task.labels?.body } }
      : {}),
    ...(note ? { note } : {}),
    files: files.map(({ name, labels }) => ({ text: name, label: labels?.hash })),
    ...(task.due ? { due: task.due } : {}),
    state: task.state,
    ...(wants ? { wants } : {}),
    ...(waits(task).length ? { waitsFor: waitsWords(waits(task), withAliases(names, aliases)) } : {}),
    ...(review ? { review } : {}),
    ...(reviews ? { reviews: true as const } : {}),
    ...(task.parentNumber ? { partOf: task.parentNumber } : {}),
    to: mine ? 'you' : holder,
    mine,
    calls: mine || reviews || (tellsGiver(line.why) && line.to === agent),
    gave: tellsGiver(line.why) && line.why !== 'part' && line.to === agent,
    ...(tellsGiver(line.why) && task.conversation ? { conversation: task.conversation } : {}),
    taken: line.from === agent && task.assignee !== agent,
    held: { kind: TASKS.name, id: task.id, seq: task.seq },
  };
}

export function bringsOutside({ title, text, files, mine, reviews }: HeardLine): boolean {
  return [title.label, ...(mine || reviews ? [text?.label, ...files.map(({ label }) => label)] : [])].some(isOutside);
}

export function lineText(line: HeardLine, id: string, at: string): string {
  const { why, by, number, due, state, to } = line;
  const attributes = [
    ['id', id],
    ['at', at],
    ['why', why],
    ['by', by.name],
    ['handle', by.handle],
    ['role', by.role],
    ['task', `#${number}`],
    ['due', due],
    ['state', state],
    ['waits_for', line.waitsFor],
    ['review', line.review],
    ['part_of', line.partOf && `#${line.partOf}`],
    ['to', to],
    ['wants', line.wants],
    ['gave', line.gave ? 'you' : undefined],
    ['conversation', line.conversation],
  ].flatMap(([name, value]) => (value ? [`${name}="${attribute(value)}"`] : []));
  return `<assignment ${attributes.join(' ')}>${bodyOf(line)}</assignment>`;
}

const REVIEWING =
  'You review it: approve, or send_back with what is to be mended. Whoever has it does the work; you change nothing of it.';

function bodyOf({ title, text, note, files, mine, reviews, taken, to }: HeardLine): string {
  const shows = mine || reviews;
  const titled = isQuoted(title.label) ? outsideLine('title', title.text) : fenced(title.text);
  const said = text && (isQuoted(text.label) ? outsideText(sourceIn(text.label), text.text) : fenced(text.text));
  const gone =
    taken &&
    `It is not yours any more but with ${fenced(to)}: change nothing about it. If they need to know how far you came, say it here.`;
  const named = files.map(({ text: name, label }) =>
    isQuoted(label) ? outsideLine('file', name) : `Attached file: ${fenced(name)}`,
  );
  return [
    titled,
    note && `Said with it: ${fenced(note)}`,
    shows && said,
    ...(shows ? named : []),
    reviews && REVIEWING,
    gone,
  ]
    .filter(Boolean)
    .join('\n');
}
