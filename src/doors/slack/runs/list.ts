// Handles /skein runs: lists the runs of the channel's pod, or of all the person's pods.

import type { Worded } from '../../../log/body.ts';
import type { AgentId } from '../../../log/participant.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { RUNS } from '../../../pods/runs/run.ts';
import type { ShownRun as Run } from '../../../pods/runs/run-words.ts';
import { INSTRUCTION_STATES } from '../../../pods/runs/steering/shown-instructions.ts';
import { runButtons } from '../../../slack/render/runs/run-buttons.ts';
import type { ListedRun } from '../../../slack/render/runs/run-list.ts';
import { enter } from '../../enter.ts';
import type { SlackContext } from '../context.ts';
import { IN_LIST } from './pressed.ts';

type ShownRun = Worded<Run>;

/** The most ended runs of a pod that are shown. */
const OVER = 5;

/**
 * Lists the runs: active ones first, the newest first. `name`: the pod's name, shown if runs of several pods are listed
 * together.
 */
export async function listedRuns(
  slack: SlackContext,
  person: PersonDoc,
  pods: readonly { id: string; name?: string }[],
): Promise<ListedRun[]> {
  const all = (await Promise.all(pods.map((pod) => runsOf(slack, person, pod)))).flat();
  return all.sort((a, b) => Number(b.live) - Number(a.live) || b.at - a.at);
}

async function runsOf(
  slack: SlackContext,
  person: PersonDoc,
  pod: { id: string; name?: string },
): Promise<ListedRun[]> {
  const asked = { as: person, pod, action: 'list_runs', input: { limit: OVER }, via: 'slack' } as const;
  const { runs } = (await enter<{ runs: ShownRun[] }>(slack, asked)).result;
  const [links, agents] = await Promise.all([linksTo(slack, runs), agentsOf(slack, runs)]);
  // Omits runs that ended without an answer, because people do not look for them.
  return runs
    .filter(({ state }) => state !== 'silent')
    .map((run) => {
      const link = links.get(run.conversation);
      const agent = agents.get(run.id);
      const buttons = agent ? { buttons: buttonsOf(slack, [pod.id, run.conversation, agent], run) } : {};
      return { ...listed(run), ...buttons, ...(link ? { link } : {}), ...(pod.name ? { pod: pod.name } : {}) };
    });
}

function isLive({ state }: ShownRun): boolean {
  return state === 'working' || state === 'waiting';
}

/** The agents of the runs that are not over, by the ids of the runs. */
async function agentsOf({ read }: SlackContext, runs: readonly ShownRun[]): Promise<Map<string, AgentId>> {
  const ids = runs.filter(isLive).map(({ id }) => id);
  const docs = ids.length ? await read.find(RUNS, { where: { id: { in: ids } } }) : [];
  return new Map(docs.map(({ id, agent }) => [id, agent]));
}

function buttonsOf({ texts }: SlackContext, about: readonly string[], { paused_by, taken_by }: ShownRun) {
  const how = taken_by ? 'taken' : paused_by ? 'paused' : undefined;
  return runButtons((one) => texts.fill('message-notes', one), how, `${about.join('/')}${IN_LIST}`);
}

async function linksTo({ read, linkTo }: SlackContext, runs: readonly ShownRun[]): Promise<Map<string, string>> {
  const ids = [...new Set(runs.map(({ conversation }) => conversation))];
  const docs = ids.length ? await read.find(CONVERSATIONS, { where: { id: { in: ids } } }) : [];
  return new Map(
    docs.flatMap((doc) => {
      const link = linkTo(doc);
      return link ? [[doc.id, link] as const] : [];
    }),
  );
}

function listed(run: ShownRun): ListedRun {
  const { agent, title, woken_by, steps, last, tokens, instructions = [] } = run;
  return {
    agent,
    live: isLive(run),
    ...doing(run),
    steps,
    tokens,
    ...(title ? { title } : {}),
    ...(woken_by ? { whom: woken_by } : {}),
    ...(last ? { last } : {}),
    instructions: instructions.map(({ by, at, words, state }) => ({
      ...{ by, at: Date.parse(at), state: INSTRUCTION_STATES[state] },
      ...(words ? { words } : {}),
    })),
  };
}

function doing({
  state,
  since,
  until,
  ended,
  waits_for,
  questions = [],
  paused_by = [],
  taken_by,
}: ShownRun): Pick<ListedRun, 'does' | 'at' | 'after'> {
  const over = Date.parse(ended ?? since);
  if (taken_by)
    return { does: `is without its work, which ${taken_by} has taken over; it began at`, at: Date.parse(since) };
  if (paused_by.length) return { does: `is paused by ${paused_by.join(', ')}; it began at`, at: Date.parse(since) };
  switch (state) {
    case 'working':
      return { does: 'has been working since', at: Date.parse(since) };
    case 'waiting': {
      if (waits_for === 'questions')
        return { does: `waits for an answer to ${questions.join(', ')} since`, at: Date.parse(since) };
      const what = waits_for === 'model' ? 'the model' : 'something that it needs';
      return { does: `waits for ${what} and tries again at`, at: Date.parse(until ?? since) };
    }
    case 'answered':
      return { does: 'answered at', at: over };
    case 'paused':
      return { does: 'paused at', at: over, after: ', at the end of its budget' };
    case 'stopped':
      return { does: 'was stopped at', at: over };
    case 'failed':
      return { does: 'could not go on at', at: over };
    case 'silent':
    case 'ended':
      return { does: 'ended at', at: over };
    default:
      state satisfies never;
      return { does: 'ended at', at: over };
  }
}
