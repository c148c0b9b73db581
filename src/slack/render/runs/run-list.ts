// Renders a list of runs. Each line shows the agent, the conversation, the time, the person it works for, and how to
// stop it.
import { BLOCKS_JSON_CHARS } from '../../limits.ts';
import { type Button, buttons, clip, list, message, section } from '../blocks.ts';
import { momentToken, utc } from '../moment.ts';
import { escapeMrkdwn } from '../neutral.ts';
import type { Block, Post } from '../render.ts';

export interface ListedRun {
  agent: string;
  live: boolean;
  /** A phrase such as “has been working since” or “answered at”. The line continues with `at`, then `after`. */
  does: string;
  /** The time that follows `does`, in milliseconds since 1970. */
  at: number;
  after?: string;
  title?: string;
  /** A link to the conversation. */
  link?: string;
  pod?: string;
  whom?: string;
  steps: number;
  last?: string;
  tokens: number;
  /** The wishes of people for it, the oldest first. Shown if it has buttons. */
  instructions?: readonly ListedInstruction[];
  /** These do what can be done about it now. */
  buttons?: readonly Button[];
}

export interface ListedInstruction {
  by: string;
  /** In milliseconds since 1970. */
  at: number;
  /** Absent if they were erased. */
  words?: string;
  state: string;
}

/** The most runs that are listed. Each has a link and a date, so more would exceed Slack's limits. */
const MOST = 15;

const HOW_TO_STOP = 'Write “stop” in a thread, and what agents do there ends.';

export function runList({ pod, runs }: { pod: string; runs: readonly ListedRun[] }): Post {
  if (!runs.length) {
    const none = `No agent has worked in ${escapeMrkdwn(pod)} lately. Mention one in a thread, and it begins.`;
    return message(none, [section(none)]);
  }
  const shown = runs.slice(0, MOST);
  const title = `What agents do in ${pod}`;
  const full = LEVELS.map((most) => blocksOf(title, shown, runs.length, most));
  const blocks = full.find((one) => JSON.stringify(one).length <= ROOM_CHARS) ?? full.at(-1) ?? [];
  // `text` contains no links and dates, because it is truncated at its limit and could break one.
  const plain = shown.map((run) => runLine(run, run.title ? ` in “${nameOf(run)}”` : '', utc(run.at)));
  const hint = shown.some(({ live }) => live) ? [HOW_TO_STOP] : [];
  return message([escapeMrkdwn(title), ...plain, ...hint].join('\n'), [
    ...blocks,
    ...hint.map((text) => ({ type: 'context', elements: [{ type: 'mrkdwn', text }] })),
  ]);
}

/** How many runs have buttons and instructions: as many as there is room for. */
const LEVELS = [MOST, 5, 2, 0];
/** Leaves room for the hint. */
const ROOM_CHARS = BLOCKS_JSON_CHARS - 300;

function blocksOf(title: string, shown: readonly ListedRun[], total: number, most: number): Block[] {
  const whole = shown.filter((run) => run.buttons?.length).slice(0, most);
  const others = shown.filter((run) => !whole.includes(run));
  const line = (run: ListedRun) => runLine(run, threadLink(run), momentToken(run.at));
  const { blocks } = list(title, others.map(line), total - whole.length);
  const [heading, ...rest] = blocks;
  const under = whole.flatMap((run) => [
    section([line(run), ...instructionLines(run, momentToken)].join('\n')),
    buttons(run.buttons ?? []),
  ]);
  return [...(heading ? [heading] : []), ...under, ...rest];
}

export function runLine(
  { agent, does, after = '', pod, whom, steps, last, tokens }: ListedRun,
  thread: string,
  when: string,
) {
  const where = pod ? ` (${clip(escapeMrkdwn(pod), 40)})` : '';
  const asker = whom ? `, for ${clip(escapeMrkdwn(whom), 40)}` : '';
  const done = `${steps} ${steps === 1 ? 'step' : 'steps'}${last ? `, last: ${clip(escapeMrkdwn(last), 60)}` : ''}`;
  const used = `${done}; ${tokens.toLocaleString('en')} tokens`;
  return `*${clip(escapeMrkdwn(agent), 60)}* ${does} ${when}${after}${thread}${where}${asker}\n${used}`;
}

/** The newest of more. */
const MOST_INSTRUCTIONS = 5;
const WORDS_CHARS = 140;

/** One instruction says only what the run was asked, which its thread says too. */
export function instructionLines({ instructions = [] }: ListedRun, when: (at: number) => string): string[] {
  if (instructions.length < 2) return [];
  const left = instructions.length - MOST_INSTRUCTIONS;
  return [
    ...(left > 0 ? [`• ${left} earlier`] : []),
    ...instructions.slice(-MOST_INSTRUCTIONS).map(({ by, at, words, state }) => {
      const said = words ? `“${clip(escapeMrkdwn(words), WORDS_CHARS)}”` : '(erased)';
      return `• ${clip(escapeMrkdwn(by), 40)}, ${when(at)}: ${said} _(${state})_`;
    }),
  ];
}

function nameOf({ title = 'its thread' }: ListedRun): string {
  return clip(escapeMrkdwn(title), 80).replaceAll('|', '¦');
}

function threadLink(run: ListedRun): string {
  if (run.link) return ` in <${run.link}|${nameOf(run)}>`;
  return run.title ? ` in “${nameOf(run)}”` : '';
}
