// Renders a list of runs. Each line shows the agent, the conversation, the time, the person it works for, and how to
// stop it.
import { clip, list, message, section } from './blocks.ts';
import { momentToken, utc } from './moment.ts';
import { escapeMrkdwn } from './neutral.ts';
import type { Post } from './render.ts';

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
  const { blocks } = list(
    title,
    shown.map((run) => runLine(run, threadLink(run), momentToken(run.at))),
    runs.length,
  );
  // `text` contains no links and dates, because it is truncated at its limit and could break one.
  const plain = shown.map((run) => runLine(run, run.title ? ` in “${nameOf(run)}”` : '', utc(run.at)));
  const hint = shown.some(({ live }) => live) ? [HOW_TO_STOP] : [];
  return message([escapeMrkdwn(title), ...plain, ...hint].join('\n'), [
    ...blocks,
    ...hint.map((text) => ({ type: 'context', elements: [{ type: 'mrkdwn', text }] })),
  ]);
}

function runLine({ agent, does, after = '', pod, whom, steps, last, tokens }: ListedRun, thread: string, when: string) {
  const where = pod ? ` (${clip(escapeMrkdwn(pod), 40)})` : '';
  const asker = whom ? `, for ${clip(escapeMrkdwn(whom), 40)}` : '';
  const done = `${steps} ${steps === 1 ? 'step' : 'steps'}${last ? `, last: ${clip(escapeMrkdwn(last), 60)}` : ''}`;
  const used = `${done}; ${tokens.toLocaleString('en')} tokens`;
  return `*${clip(escapeMrkdwn(agent), 60)}* ${does} ${when}${after}${thread}${where}${asker}\n${used}`;
}

function nameOf({ title = 'its thread' }: ListedRun): string {
  return clip(escapeMrkdwn(title), 80).replaceAll('|', '¦');
}

function threadLink(run: ListedRun): string {
  if (run.link) return ` in <${run.link}|${nameOf(run)}>`;
  return run.title ? ` in “${nameOf(run)}”` : '';
}
