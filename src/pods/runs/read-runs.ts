// list_runs, read_run: show what agents do now, and what they did last.
import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { action } from '../action.ts';
import { memberNamed } from '../people/directory.ts';
import { conversationNamed, requirePod } from '../require.ts';
import { withNames } from './name-runs.ts';
import { didNothing, LIVE, RUNS, type RunDoc } from './run.ts';
import { shownRun, stepWords } from './run-words.ts';

/** A filter by agent or outcome searches this many of the newest runs. */
const LOOK_BACK = 200;

/** More live runs of one pod or conversation are not listed. */
const MOST_LIVE = 100;

export const listRuns = action({
  name: 'list_runs',
  title: 'List runs',
  description: 'Shows what agents are doing in the pod now and what they did last: since when, for whom, how far.',
  input: z.strictObject({
    agent: z.string().min(1).optional().describe('Handle; all agents when absent'),
    conversation: z.string().optional().describe('Its id; all of the pod when absent'),
    state: z
      .enum(['live', 'answered', 'silent', 'paused', 'stopped', 'failed', 'all'])
      .default('all')
      .describe('live: at work or waiting'),
    limit: z.int().min(1).max(50).default(10).describe('Most of those that are over'),
  }),
  effect: 'read',
  allow: 'guest',
  async load(read, { agent, conversation, state, limit }, { pod }) {
    const of = agent ? await memberNamed(read, pod, agent) : undefined;
    const scope = conversation ? { conversation: (await conversationNamed(read, pod, conversation)).id } : { pod };
    const own = (run: RunDoc) => (of === undefined || run.agent === of.id) && run.pod === pod;
    const live = state === 'live' || state === 'all' ? await liveOf(read, scope) : [];
    const over = state === 'live' ? [] : await read.find(RUNS, { where: scope, sort: NEWEST, limit: LOOK_BACK });
    const done = over.filter((run) => run.state === 'ended' && !didNothing(run));
    const wanted = done.filter((run) => state === 'all' || run.ending?.as === state);
    const runs = [...live.slice(0, MOST_LIVE).filter(own), ...wanted.filter(own).slice(0, limit)];
    return { ...(await withNames(read, runs)), more: live.length > MOST_LIVE };
  },
  decide({ runs, names, more }, _input, ctx) {
    requirePod(ctx, { archived: true });
    const others = more ? { more: `more than ${MOST_LIVE} are live; name a conversation` } : {};
    return { changes: [], result: { runs: runs.map((run) => shownRun(run, names)), ...others } };
  },
});

const NEWEST = [['at', 'desc']] as const;

/** Returns the newest that are live: one more than are shown, if there are more. Each state is read along its index. */
async function liveOf(read: Reader, scope: { pod: string } | { conversation: string }): Promise<RunDoc[]> {
  const found = await Promise.all(
    LIVE.map((state) => read.find(RUNS, { where: { ...scope, state }, sort: NEWEST, limit: MOST_LIVE + 1 })),
  );
  return found
    .flat()
    .sort((a, b) => b.at - a.at)
    .slice(0, MOST_LIVE + 1);
}

export const readRun = action({
  name: 'read_run',
  title: 'Read a run',
  description: 'Shows one run of an agent step by step: which tools it called when, what it used, how it ended.',
  input: z.strictObject({ run: z.string().min(1).describe('Its id, from list_runs') }),
  effect: 'read',
  allow: 'guest',
  async load(read, { run }, { pod }) {
    const doc = await read.get(RUNS, run);
    if (doc?.pod !== pod)
      throw new NotFound(
        `There is no run “${run}” in this pod. list_runs shows the newest; after two weeks they are gone.`,
      );
    return { doc, ...(await withNames(read, [doc])) };
  },
  decide({ doc, runs: [run], names }, _input, ctx) {
    requirePod(ctx, { archived: true });
    const steps = { step_list: stepWords(doc), cached_tokens: doc.cached };
    return { changes: [], result: { run: run ? { ...shownRun(run, names), ...steps } : steps } };
  },
});
