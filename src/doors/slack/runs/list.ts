// Handles /skein runs: lists the runs of the channel's pod, or of all the person's pods.

import { quiet } from '../../../digest/quiet.ts';
import type { Worded } from '../../../log/body.ts';
import type { AgentId, ParticipantId } from '../../../log/participant.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { doingWords } from '../../../pods/runs/doing-words.ts';
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

/** Lists what is not over in a pod, the newest first. `but`: these are left out. */
export async function listedLive(
  slack: SlackContext,
  person: PersonDoc,
  { id }: { id: string },
  but: readonly LiveRun[],
): Promise<ListedRun[]> {
  const left = new Set(but.map(({ conversation, name }) => `${conversation} ${name}`));
  const shown = (run: ShownRun) => isLive(run) && !left.has(`${run.conversation} ${run.agent}`);
  const all = await runsOf(slack, person, { id }, shown);
  return all.sort((a, b) => b.at - a.at);
}

async function runsOf(
  slack: SlackContext,
  person: PersonDoc,
  pod: { id: string; name?: string },
  // Omits runs that ended without an answer, because people do not look for them.
  shown: (run: ShownRun) => boolean = ({ state }) => state !== 'silent',
): Promise<ListedRun[]> {
  const asked = { as: person, pod, action: 'list_runs', input: { limit: OVER }, via: 'slack' } as const;
  const { runs } = (await enter<{ runs: ShownRun[] }>(slack, asked)).result;
  const [links, agents] = await Promise.all([linksTo(slack, runs), agentsOf(slack, runs)]);
  return runs.filter(shown).map((run) => {
    const link = links.get(run.conversation);
    const agent = agents.get(run.id);
    const buttons = agent ? { buttons: buttonsOf(slack, [pod.id, run.conversation, agent], run) } : {};
    return { ...listed(run), ...buttons, ...(link ? { link } : {}), ...(pod.name ? { pod: pod.name } : {}) };
  });
}

export interface LiveRun {
  pod: string;
  conversation: string;
  agent: AgentId;
  /** The name of the agent. */
  name: string;
  /** “Scribe in “Launch””, in Markdown. */
  says: string;
  /** Set if people have paused it. */
  paused: boolean;
  /** True if it works for the person: they woke it, or want something of it that stands. */
  isOwn: boolean;
}

/** The runs of a pod that are not over, as far as the person may see them. An agent has one in a conversation. */
export async function liveRuns(slack: SlackContext, person: PersonDoc, pod: { id: string }): Promise<LiveRun[]> {
  const asked = { as: person, pod, action: 'list_runs', input: { state: 'live' }, via: 'slack' } as const;
  const { runs } = (await enter<{ runs: ShownRun[] }>(slack, asked)).result;
  const who = person.id as ParticipantId;
  const [agents, names] = await Promise.all([agentsOf(slack, runs), namesOfAll(slack.read, [who])]);
  const own = called(names, who).name;
  const found = runs.flatMap((run): LiveRun[] => {
    const { id, conversation, agent: name, title, paused_by, woken_by, instructions = [] } = run;
    const agent = agents.get(id);
    const says = `${quiet(name, 60)}${title ? ` in “${quiet(title, 80)}”` : ''}`;
    const isOwn = woken_by === own || instructions.some(({ by }) => by === own);
    const paused = paused_by !== undefined;
    return agent ? [{ ...{ pod: pod.id, conversation, agent, name, says }, paused, isOwn }] : [];
  });
  return [...new Map(found.map((one) => [`${one.conversation} ${one.agent}`, one])).values()];
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
    ...doingWords(run),
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
