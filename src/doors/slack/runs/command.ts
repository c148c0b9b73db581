// Handles /skein pause and /skein resume. A slash command is in no thread, so it is about all agents at work in the channel's
// pod, or about the one that it names.
import { NotFound, UserFacingError } from '../../../errors.ts';
import { handleOf } from '../../../log/participant.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import type { ShownControl } from '../../../pods/runs/control/shown.ts';
import { notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import { enter } from '../../enter.ts';
import { refusalInSlack } from '../../typed-refusal.ts';
import type { SlackContext } from '../context.ts';
import { markdownOf } from '../text.ts';
import { type LiveRun, liveRuns } from './list.ts';

export const PAUSE_HELP = [
  {
    usage: '/skein pause [@agent]',
    says: 'pauses what agents do in this pod, or one of them; in a direct message in all your pods',
  },
  { usage: '/skein resume [@agent]', says: 'lets them go on' },
];

const COMMANDS = {
  pause: { action: 'pause_run', done: 'Paused' },
  resume: { action: 'resume_run', done: 'Goes on' },
} as const;

export type ControlCommand = keyof typeof COMMANDS;

interface Asked {
  triggerId: string;
  /** The pods that the command is about, and how the answer names them. */
  pods: readonly { id: string }[];
  where: string;
  /** The agent that it names; empty for all. */
  who: string;
}

/** Does it to one run after the other: whatever cannot be done to one is said, and holds up no other. */
export async function controlCommand(
  slack: SlackContext,
  word: ControlCommand,
  person: PersonDoc,
  asked: Asked,
): Promise<Post> {
  const { action, done } = COMMANDS[word];
  const runs = await meantBy(slack, person, word, asked);
  const did: string[] = [];
  const still: string[] = [];
  const faults: string[] = [];
  for (const { pod, conversation, agent, says } of runs)
    try {
      const { result } = await enter<ShownControl>(slack, {
        ...{ as: person, pod: { id: pod }, action, via: 'slack' },
        input: { conversation, agent: handleOf(agent) },
        key: `${action}:${asked.triggerId}:${conversation}:${agent}`,
      });
      const { paused_by: pausers = [] } = result;
      if (word === 'resume' && pausers.length) still.push(`${says} stays paused by ${pausers.join(', ')}.`);
      else did.push(says);
    } catch (error) {
      if (!(error instanceof UserFacingError)) throw error;
      faults.push(`${says}: ${refusalInSlack(error)}`);
    }
  return notice([...(did.length ? [`${done}: ${counted(did).join(', ')}.`] : []), ...still, ...faults].join('\n\n'));
}

/** An agent at work in several conversations whose titles do not tell them apart is named once: “Pilot (3 conversations)”. */
function counted(says: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const one of says) times.set(one, (times.get(one) ?? 0) + 1);
  return [...times].map(([one, count]) => (count > 1 ? `${one} (${count} conversations)` : one));
}

/** @throws NotFound with what is so instead: nobody is at work, or paused */
async function meantBy(
  slack: SlackContext,
  person: PersonDoc,
  word: ControlCommand,
  { pods, where, who }: Asked,
): Promise<LiveRun[]> {
  const all = (await Promise.all(pods.map((pod) => liveRuns(slack, person, pod)))).flat();
  const name = (await markdownOf(slack, who)).trim().replace(/^@/, '');
  const named = all.filter(({ agent, name: full }) => [handleOf(agent), full].some((one) => isSame(one, name)));
  const among = name ? named : all;
  const meant = among.filter(({ paused }) => word === 'pause' || paused);
  if (meant.length) return meant;
  const whom = name ? `${named[0]?.name ?? `“${name.slice(0, 40)}”`} is not` : 'No agent is';
  throw new NotFound(`${whom} ${word === 'pause' || !among.length ? 'at work' : 'paused'} in ${where}.`);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
