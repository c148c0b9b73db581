// The query “runs”: what agents do in the pods that the mail was sent to, for whom, and what people want of it.
import { quiet } from '../../../digest/quiet.ts';
import type { Worded } from '../../../log/body.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import { waitWords } from '../../../pods/runs/doing-words.ts';
import type { ShownRun } from '../../../pods/runs/run-words.ts';
import { INSTRUCTION_STATES } from '../../../pods/runs/steering/shown-instructions.ts';
import type { Texts } from '../../../texts/texts.ts';
import { enter } from '../../enter.ts';
import type { MailContext } from '../context.ts';
import { type Asked, blocks, type Query } from './query.ts';

type Shown = Worded<ShownRun>;

/** The most instructions of one run that are listed: the newest. */
const MOST_INSTRUCTIONS = 10;

export const RUNS_QUERY: Query = {
  example: 'runs',
  read: (line) => (/^(?:list )?runs$/i.test(line) ? '' : undefined),
  async answer(mail, asked) {
    const { fill } = mail.texts;
    const found = await Promise.all(asked.pods.map((pod) => liveRuns(mail, asked, pod)));
    const lists = found.flatMap((runs, n) => (runs.length ? [listOf(fill, runs, asked.pods[n], asked.zone)] : []));
    const pods = asked.pods.map(({ name }) => quiet(name, 60)).join(', ');
    return {
      text: lists.length
        ? blocks(...lists, fill('mail-query', 'runs-hint'))
        : fill('mail-query', 'runs-none', { pods }),
    };
  },
};

async function liveRuns(mail: MailContext, { arrived }: Asked, pod: PodDoc): Promise<Shown[]> {
  const asked = { as: arrived.author, pod, action: 'list_runs', input: { state: 'live' }, via: 'email' } as const;
  return (await enter<{ runs: Shown[] }>(mail, asked)).result.runs;
}

function listOf(fill: Texts['fill'], runs: readonly Shown[], pod: PodDoc | undefined, zone: string): string {
  const head = fill('mail-query', 'runs', { pod: quiet(pod?.name ?? '', 60) });
  return blocks(head, runs.map((run) => `- ${runLines(fill, run, zone)}`).join('\n'));
}

function runLines(fill: Texts['fill'], run: Shown, zone: string): string {
  const { agent, title, woken_by, since, instructions = [] } = run;
  const line = fill('mail-query', 'run', {
    agent: quiet(agent, 60),
    title: quiet(title ?? 'a conversation', 120),
    person: quiet(woken_by ?? '', 60),
    when: timeIn(zone, since),
    state: quiet(stateOf(fill, run), 200),
  });
  const wanted = instructions.slice(-MOST_INSTRUCTIONS).map(({ by, at, words, state }) =>
    fill('mail-query', 'instruction', {
      person: quiet(by, 60),
      when: timeIn(zone, at),
      words: quiet(words ?? '(erased)', 200),
      state: INSTRUCTION_STATES[state],
    }),
  );
  return [line, ...wanted.map((one) => `  - ${one}`)].join('\n');
}

function stateOf(
  fill: Texts['fill'],
  { paused_by = [], taken_by, messages_wait, questions = [], state }: Shown,
): string {
  const wait = waitWords(messages_wait, taken_by ? 'it is handed back' : 'it goes on');
  if (taken_by) return `${fill('mail-query', 'run-taken', { person: taken_by })}${wait}`;
  if (paused_by.length) return `${fill('mail-query', 'run-paused', { person: paused_by.join(', ') })}${wait}`;
  if (questions.length) return fill('mail-query', 'run-asks', { words: questions.join(', ') });
  return fill('mail-query', state === 'working' ? 'run-works' : 'run-waits');
}

function timeIn(zone: string, at: string): string {
  const parts = {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    day: 'numeric',
    month: 'short',
  } as const;
  return new Intl.DateTimeFormat('en-GB', parts).format(Date.parse(at));
}
