// Lists all that waits for the sender of a mail, as the answer to “waiting” and to a reply that names no thing.
import { madeLine } from '../../../digest/made-line.ts';
import type { Worded } from '../../../log/body.ts';
import { isPerson } from '../../../log/participant.ts';
import { NEEDS } from '../../../pods/needs/need.ts';
import type { ShownAwaited } from '../../../pods/needs/waiting/list-awaited.ts';
import type { ShownWaiting } from '../../../pods/needs/waiting/list-waiting.ts';
import { type Listed, numbersByTask } from '../../../pods/needs/waiting/numbers.ts';
import { zoneOf } from '../../../pods/preferences/zone-of.ts';
import { awaitedLine } from '../../awaited-line.ts';
import { enter } from '../../enter.ts';
import { type ReadAt, waitingLine } from '../../waiting-line.ts';
import type { MailContext, Proved, ReplyThread } from '../context.ts';
import { listThread } from './listed.ts';

type Shown = Worded<ShownWaiting>;

/** The most things that one mail lists. */
const MOST_SHOWN = 50;

export interface WaitingList {
  /** The lines, in Markdown. Empty if nothing waits. */
  lines: string;
  /** The whole answer, in Markdown. */
  text: string;
  /** The thread to which a reply belongs. Absent if nothing can be answered. */
  thread?: ReplyThread;
}

/** Lists all that waits for the author, and stores which number means what. */
export async function waitingList(mail: MailContext, arrived: Proved): Promise<WaitingList> {
  const { fill } = mail.texts;
  const input = { limit: MOST_SHOWN };
  const asked = { as: arrived.author, action: 'list_waiting', input, via: 'email' } as const;
  const { waiting, more } = (await enter<{ waiting: Shown[]; more?: string }>(mail, asked)).result;
  const reader = { zone: await zoneOf(mail.read, arrived.author), now: arrived.at };
  const awaited = await awaitedLines(mail, arrived, reader);
  if (!waiting.length) return { lines: '', text: [fill('waiting', 'none'), ...awaited].join('\n\n') };
  const answerable = waiting.filter(({ item, task }) => item || task);
  const listed = await listedOf(mail, answerable);
  const [first] = listed;
  const only = first && listed.length === 1 && first.need ? { pod: first.pod, thread: first.need } : undefined;
  const thread = only ?? listThread(arrived);
  if (!only) await mail.replyAddress(thread, listed);
  const shown = await Promise.all(
    waiting.map(async (one) => {
      const line = waitingLine(fill, one, '', reader);
      const its = listed[answerable.indexOf(one)];
      const whole = its ? await numbered(mail, its, line, listed.length > 1) : `- ${line}`;
      return [whole, ...thingLines(fill, one)].join('\n');
    }),
  );
  const lines = [...shown, ...(more ? [`- ${fill('waiting', 'more', { count: more })}`] : [])].join('\n');
  const total = waiting.length + Number.parseInt(more ?? '0', 10);
  const head = total === 1 ? fill('waiting', 'one') : fill('waiting', 'several', { count: total });
  const text = [`${head}:`, lines, ...(first ? [hintFor(mail, listed)] : []), ...awaited].join('\n\n');
  return { lines, text, ...(first ? { thread } : {}) };
}

/** Returns the paragraphs that list what the author waits for. */
async function awaitedLines(mail: MailContext, { author }: Proved, reader: ReadAt): Promise<string[]> {
  const { fill } = mail.texts;
  const asked = { as: author, action: 'list_awaited', input: { limit: MOST_SHOWN }, via: 'email' } as const;
  const { awaited, more } = (await enter<{ awaited: Worded<ShownAwaited>[]; more?: string }>(mail, asked)).result;
  if (!awaited.length) return [];
  const lines = awaited.map((one) => `- ${awaitedLine(fill, one, '', reader)}`);
  return [
    fill('waiting', 'awaits'),
    [...lines, ...(more ? [`- ${fill('waiting', 'more', { count: more })}`] : [])].join('\n'),
  ];
}

/** Returns what is left of an erased text, as a list within the list. One thing alone stands in the item's line. */
function thingLines(fill: MailContext['texts']['fill'], { made = [] }: Shown): string[] {
  if (made.length < 2) return [];
  return made.map(({ what, by = '', ...thing }) => `  ${madeLine(fill, { ...thing, on: `${what}s`, by })}`);
}

async function listedOf({ read }: MailContext, waiting: readonly Shown[]): Promise<Listed[]> {
  const numbers = numbersByTask(
    waiting.map(({ task, pod }) => (task ? { task: `${pod.id}/${task}`, number: Number(task.slice(1)) } : undefined)),
  );
  return Promise.all(
    waiting.map(async ({ item, task, pod, for: absent }, n) => {
      const who = item && absent ? (await read.get(NEEDS, item))?.who : undefined;
      return {
        ...{ number: numbers[n] ?? 0, pod: pod.id },
        ...(item ? { need: item } : {}),
        ...(task ? { task } : {}),
        ...(who && isPerson(who) ? { for: who } : {}),
      };
    }),
  );
}

async function numbered(
  { texts: { fill }, replyAddress }: MailContext,
  { number, task, need, pod }: Listed,
  line: string,
  several: boolean,
): Promise<string> {
  const url = several && need ? `mailto:${await replyAddress({ pod, thread: need })}` : '';
  const whole = url ? `${line} · ${fill('notice', 'answer', { url })}` : line;
  // A task's own number stands in its line.
  return `- ${!several || task === `#${number}` ? whole : fill('waiting', 'numbered', { number, line: whole })}`;
}

function hintFor({ texts: { fill } }: MailContext, listed: readonly Listed[]): string {
  const [first] = listed;
  if (listed.length === 1 && first?.need) return fill('waiting', first.task ? 'reply-to-one-task' : 'reply-to-one');
  const task = listed.find((one) => one.task);
  return task
    ? fill('waiting', 'reply-to-several-tasks', { number: task.number })
    : fill('waiting', 'reply-to-several', { number: first?.number ?? 1 });
}
