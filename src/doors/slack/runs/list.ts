// Handles /skein runs: lists the runs of the channel's pod, or of all the person's pods.
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import type { ShownRun } from '../../../pods/runs/run-words.ts';
import type { ListedRun } from '../../../slack/render/run-list.ts';
import { enter } from '../../enter.ts';
import type { SlackContext } from '../context.ts';

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
  const links = await linksTo(slack, runs);
  // Omits runs that ended without an answer, because people do not look for them.
  return runs
    .filter(({ state }) => state !== 'silent')
    .map((run) => {
      const link = links.get(run.conversation);
      return { ...listed(run), ...(link ? { link } : {}), ...(pod.name ? { pod: pod.name } : {}) };
    });
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
  const { agent, state, title, woken_by, steps, last, tokens } = run;
  return {
    agent,
    live: state === 'working' || state === 'waiting',
    ...doing(run),
    steps,
    tokens,
    ...(title ? { title } : {}),
    ...(woken_by ? { whom: woken_by } : {}),
    ...(last ? { last } : {}),
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
