// A message of a foreign app: notes the app, and says which of the agents that it mentions it may wake.
import type { Reader } from '../../log/action.ts';
import { type AgentId, kindOf } from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import { AGENTS } from '../agent-definitions/agent.ts';
import type { Change } from '../kinds.ts';
import { ORG } from '../members/rights.ts';
import { APPS, type AppDoc, appId, wakesLeft } from './app.ts';

export interface HeardApp {
  id: string;
  app: string;
  name: string;
  doc: AppDoc | undefined;
  /** How many agents it may wake now. */
  left: number;
  /** The agents that not every member may address: no app may. */
  closed: ReadonlySet<AgentId>;
}

/** Returns the app that speaks. Undefined if the actor is no app, or Slack gave no id of it. */
export async function heardApp(read: Reader, { actor, origin, pod, at }: Ctx): Promise<HeardApp | undefined> {
  const app = kindOf(actor) === 'app' && origin?.kind === 'slack' ? origin.foreign : undefined;
  if (!app) return undefined;
  const id = appId(pod, app);
  const doc = await read.get(APPS, id);
  const left = wakesLeft(doc, at);
  const agents = left ? await read.find(AGENTS, { where: { pod: ORG } }) : [];
  const closed = agents.filter(({ addressableBy = 'members' }) => addressableBy !== 'members');
  return {
    id,
    app,
    name: actor.slice('app:'.length),
    doc,
    left,
    closed: new Set(closed.map((one) => one.id as AgentId)),
  };
}

/** Pure. The app is noted once, and again under another name. */
export function notedApp({ id, app, name, doc }: HeardApp, woken: number): Change[] {
  const heard: Change[] = doc?.name === name ? [] : [{ v: 1, on: 'apps', id, type: 'app_heard', app, name }];
  return woken ? [...heard, { v: 1, on: 'apps', id, type: 'app_woke', agents: woken }] : heard;
}
