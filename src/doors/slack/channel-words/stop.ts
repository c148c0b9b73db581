// Handles “stop” beside all threads: it stops the one run that it can mean, or lists what runs with a button for each.
import { Conflict } from '../../../errors.ts';
import { type AgentId, handleOf } from '../../../log/participant.ts';
import { isForAll } from '../../../pods/conversations/words/stop-words.ts';
import { keyOf } from '../../../slack/parse/inbound.ts';
import { notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import { runList } from '../../../slack/render/runs/run-list.ts';
import { enter } from '../../enter.ts';
import { refusalInSlack } from '../../typed-refusal.ts';
import type { SlackContext } from '../context.ts';
import { type LiveRun, listedLive, liveRuns } from '../runs/list.ts';
import type { Recorded } from './recorded.ts';

/** `named`: only these agents. Empty: all. */
export async function stopBesideThreads(
  slack: SlackContext,
  recorded: Recorded,
  named: readonly AgentId[],
): Promise<Post[]> {
  const { pod, person, said, repeated } = recorded;
  const { fill } = slack.texts;
  const all = await liveRuns(slack, person, pod);
  const among = named.length ? all.filter(({ agent }) => named.includes(agent)) : all;
  // After a crash what ran may have been stopped by the first attempt.
  if (!among.length)
    return repeated ? [] : [notice(fill('channel-words', named.length ? 'not-at-work' : 'nothing-runs'))];
  const meant = isForAll(said.text) ? among : theOne(among);
  const posts = meant.length ? await stopRuns(slack, recorded, meant) : [];
  const left = await listedLive(slack, person, pod, meant);
  return left.length ? [...posts, runList({ pod: pod.name, runs: left })] : posts;
}

/** Returns the only run, or the only one that works for the author. Empty if the word may mean several. */
function theOne(runs: readonly LiveRun[]): readonly LiveRun[] {
  const own = runs.filter(({ isOwn }) => isOwn);
  return [runs, own].find((some) => some.length === 1) ?? [];
}

async function stopRuns(
  slack: SlackContext,
  { pod, person, said, repeated }: Recorded,
  runs: readonly LiveRun[],
): Promise<Post[]> {
  const { fill } = slack.texts;
  try {
    for (const { conversation, agent } of runs) {
      const key = `stop:${keyOf(said)}${runs.length > 1 ? `:${conversation}:${agent}` : ''}`;
      const input = { conversation, agent: handleOf(agent) };
      await enter(slack, { as: person, pod: { id: pod.id }, action: 'stop_run', input, via: 'slack', key });
    }
  } catch (error) {
    // The first attempt has stopped another one with this key. That is the one that was meant.
    if (error instanceof Conflict && repeated) return [];
    return [notice(refusalInSlack(error))];
  }
  return [notice(fill('channel-words', 'stopped', { runs: runs.map(({ says }) => says).join(', ') }))];
}
