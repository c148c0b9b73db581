// A message of a foreign app: notes the app, and says which of the agents that it mentions it may wake.
import type { Reader } from '../../log/action.ts';
import type { NeededOf } from '../../log/needs/need.ts';
import { type AgentId, isPerson, kindOf } from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import { AGENTS } from '../agent-definitions/agent.ts';
import type { Change } from '../kinds.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import { ORG } from '../members/rights.ts';
import { APPS, type AppDoc, appId, wakesLeft } from './app.ts';

export interface HeardApp {
  id: string;
  app: string;
  name: string;
  doc: AppDoc | undefined;
  /** How many agents it may wake now. Undefined: nobody has admitted it. */
  left: number | undefined;
  /** The people who decide about its wakes. */
  decides: NeededOf;
  /** The agents that not every member may address: no app may. */
  closed: ReadonlySet<AgentId>;
}

/** Returns the app that speaks. Undefined if the actor is no app, or Slack gave no id of it. */
export async function heardApp(read: Reader, { actor, origin, pod, at }: Ctx): Promise<HeardApp | undefined> {
  const app = kindOf(actor) === 'app' && origin?.kind === 'slack' ? origin.foreign : undefined;
  if (!app) return undefined;
  const id = appId(pod, app);
  const doc = await read.get(APPS, id);
  const left = doc?.wakesAnHour ? wakesLeft(doc, at) : undefined;
  const agents = left !== undefined ? await read.find(AGENTS, { where: { pod: ORG } }) : [];
  const closed = agents.filter(({ addressableBy = 'members' }) => addressableBy !== 'members');
  return {
    id,
    app,
    name: actor.slice('app:'.length),
    doc,
    left,
    decides: await decidesIn(read, pod, doc),
    closed: new Set(closed.map((one) => one.id as AgentId)),
  };
}

/** Returns whoever admitted the app, if they are in the pod; else its owners. */
async function decidesIn(read: Reader, pod: string, doc: AppDoc | undefined): Promise<NeededOf> {
  const { by } = doc ?? {};
  if (!isPerson(by)) return 'owners';
  return (await read.get(MEMBERS, memberId(pod, by)))?.state === 'in' ? by : 'owners';
}

/** A message of the app on the log. `woken`, `over`: the agents that it woke, and those beyond its number of this hour. */
export interface AppSaid {
  message: string;
  conversation: string;
  woken: readonly AgentId[];
  over: readonly AgentId[];
}

/** Pure. The app is noted once, and again under another name. Whoever admitted it hears once that it wants more wakes. */
export function notedApp({ id, app, name, doc, decides }: HeardApp, said: AppSaid): Change[] {
  const about = { v: 1, on: 'apps', id } as const;
  const { message, conversation, woken, over } = said;
  return [
    ...(doc?.name === name ? [] : [{ ...about, type: 'app_heard' as const, app, name }]),
    ...(woken.length ? [{ ...about, type: 'app_woke' as const, agents: woken.length }] : []),
    ...(over.length && !doc?.told
      ? [{ ...about, type: 'app_over' as const, who: decides, message, conversation }]
      : []),
  ];
}
