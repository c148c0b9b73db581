// Opens sessions. The prefix of a request is made once per epoch and frozen as text.

import { NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { sha256 } from '../../log/ids.ts';
import type { AgentId } from '../../log/participant.ts';
import type { Held } from '../../log/view.ts';
import type { AnyAction } from '../../pods/action.ts';
import { AGENTS, type AgentDoc } from '../../pods/agent-definitions/agent.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { PODS } from '../../pods/pod/pod.ts';
import { checkpoint } from '../../pods/runs/steps/checkpoint.ts';
import { SKILLS, type SkillDoc, skillId } from '../../pods/skill-definitions/skill.ts';
import { catalogue } from '../../skills/catalogue.ts';
import type { Store } from '../../store/port.ts';
import { toolsFor } from '../../tools/from-actions/action-spec.ts';
import { GO_AHEAD_TOOL } from '../../tools/go-ahead.ts';
import { STAY_SILENT_TOOL } from '../../tools/stay-silent.ts';
import { throughUseTool } from '../../tools/use-tool.ts';
import { holdingsOf } from '../news/held.ts';
import { waitingFrom } from '../runs/steps/waiting-calls.ts';
import { systemText } from './opening/system-text.ts';
import { keepPast } from './past-epochs.ts';
import { changeSession, type PrefixDoc, type SessionDoc, sessionId, type TurnDoc, turnsOf } from './session.ts';

export interface OpenDeps {
  store: Store;
  read: Reader;
  actions: ReadonlyMap<string, AnyAction>;
  /** The model of an agent whose manifest names none. */
  defaultModel: string;
  clock(): number;
}

/** @throws NotFound when the agent is gone */
export async function agentOf(read: Reader, id: AgentId): Promise<AgentDoc> {
  const agent = await read.get(AGENTS, id);
  if (!agent) throw new NotFound(`There is no agent ${id}. create_agent makes one; list_agents shows who is there.`);
  return agent;
}

export async function skillsOf(read: Reader, agent: AgentDoc): Promise<SkillDoc[]> {
  const docs = await Promise.all(agent.skills.map((name) => read.get(SKILLS, skillId(name))));
  return docs.filter((doc) => doc !== undefined);
}

/** Returns the agent's session in the conversation, or creates it. `seq`: the commit that woke the agent. */
export async function openSession(
  deps: OpenDeps,
  { pod, conversation, agent: agentId, seq }: { pod: string; conversation: string; agent: AgentId; seq?: number },
): Promise<SessionDoc> {
  const sessions = deps.store.collection<SessionDoc>('sessions');
  const id = sessionId(agentId, conversation);
  for (;;) {
    const [agent, known] = await Promise.all([agentOf(deps.read, agentId), sessions.get(id)]);
    if (known && stillFits(known, agent, agent.model ?? deps.defaultModel)) return known;
    const prefix = await freeze(deps, agent, pod);
    if (!known) {
      const of = { id, rev: 1, pod, conversation, agent: agentId, epoch: 1 };
      // Messages from before the agent's first wake are background, not requests.
      const answered = Math.max((seq ?? 1) - 1, 0);
      const fresh: SessionDoc = { ...of, stoppedAt: 0, loaded: [], answered, since: answered + 1, ...prefix };
      if ((await sessions.insert([fresh]))[0] === 'inserted') return fresh;
      continue;
    }
    const { worn: _worn, waiting: _waiting, ...rest } = known;
    const waiting = await waitingFrom(deps, known);
    const next = {
      ...rest,
      ...prefix,
      epoch: known.epoch + 1,
      loaded: [],
      carried: await carriedFrom(deps.store, known),
      ...(waiting.length ? { waiting } : {}),
    };
    if (await sessions.replace(next, known.rev)) return { ...next, rev: known.rev + 1 };
  }
}

/**
 * Returns false if the session needs a new epoch because the agent was edited or has another model: thinking blocks are
 * bound to both. A process that still has an older version of the agent does not start one.
 */
function stillFits(known: SessionDoc, agent: AgentDoc, model: string): boolean {
  if (known.worn) return false;
  return known.agentVersion === agent.version ? known.model === model : known.agentVersion > agent.version;
}

/** Starts a new epoch, whose first turn is made from the log, and removes the old transcript. */
export async function beginAfresh(deps: OpenDeps, session: SessionDoc): Promise<void> {
  const prefix = await freeze(deps, await agentOf(deps.read, session.agent), session.pod);
  const carried = await carriedFrom(deps.store, session);
  const waiting = await waitingFrom(deps, session);
  await changeSession(deps.store, session.id, ({ waiting: _waiting, ...doc }) =>
    doc.epoch > session.epoch
      ? { ...doc, ...(_waiting ? { waiting: _waiting } : {}) }
      : { ...doc, ...prefix, epoch: doc.epoch + 1, loaded: [], carried, ...(waiting.length ? { waiting } : {}) },
  );
  await forget(deps.store, session.id, session.epoch);
}

/** Returns what the session holds now, for its next epoch. Called before the turns of the present one are removed. */
export async function carriedFrom(store: Store, session: SessionDoc): Promise<Held[]> {
  return [...holdingsOf(session, await turnsOf(store, session.id, session.epoch)).values()];
}

/** Removes the turns of the epoch `upTo` and of all epochs before it. What they took in stays known, without its words. */
export async function forget(store: Store, session: string, upTo: number): Promise<void> {
  const turns = store.collection<TurnDoc>('turns');
  const old = await turns.find({ where: { session, epoch: { lte: upTo } } });
  await keepPast(store, session, old);
  for (const turn of old) await turns.delete(turn.id);
}

/** Returns the frozen prefix. Undefined if it was pruned in the moment in which this session began to use it. */
export function prefixOf(store: Store, session: SessionDoc): Promise<PrefixDoc | undefined> {
  return store.collection<PrefixDoc>('prefixes').get(session.prefix);
}

/** Adds to each skill the name of the author of its newest version. */
export async function withAuthors(
  read: Reader,
  skills: readonly SkillDoc[],
): Promise<(SkillDoc & { author: string })[]> {
  const authors = skills.map(({ by }) => by);
  const names = await namesOfAll(read, authors);
  return skills.map((skill) => ({ ...skill, author: called(names, skill.by).name }));
}

type Frozen = Pick<SessionDoc, 'model' | 'prefix' | 'agentVersion'>;

async function freeze(deps: OpenDeps, agent: AgentDoc, pod: string): Promise<Frozen> {
  const [podDoc, skills] = await Promise.all([deps.read.get(PODS, pod), skillsOf(deps.read, agent)]);
  const others = skills.length > 0 || agent.tools.some(throughUseTool);
  const text = systemText(agent, catalogue(await withAuthors(deps.read, skills)));
  const system = JSON.stringify([{ type: 'text', text }]);
  const named = agent.tools.filter((name) => name !== checkpoint.name);
  const tools = JSON.stringify(
    toolsFor(deps.actions, named, {
      direct: podDoc?.direct ?? false,
      others,
      more: [STAY_SILENT_TOOL, GO_AHEAD_TOOL, checkpoint],
    }),
  );
  const id = sha256(`${system}\n${tools}`);
  await keepPrefix(deps, { id, rev: 1, system, tools, at: deps.clock() });
  return { model: agent.model ?? deps.defaultModel, prefix: id, agentVersion: agent.version };
}

/**
 * Stores the prefix. If it is stored already, sets its `at` to the start of this session, because only prefixes that no
 * session uses are pruned.
 */
async function keepPrefix({ store }: OpenDeps, prefix: PrefixDoc): Promise<void> {
  const prefixes = store.collection<PrefixDoc>('prefixes');
  for (;;) {
    if ((await prefixes.insert([prefix]))[0] === 'inserted') return;
    const known = await prefixes.get(prefix.id);
    if (known && (await prefixes.replace({ ...known, at: prefix.at }, known.rev))) return;
  }
}
