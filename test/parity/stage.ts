// The environment of the parity tests: a world before the action, its actor, and the comparable form of an outcome.
import type { Outcome } from '../../src/log/act.ts';
import type { Commit } from '../../src/log/commit.ts';
import type { ParticipantId } from '../../src/log/participant.ts';
import { aDesk, type Desk } from '../cli/desk.ts';
import type { World } from '../pods/build.ts';

export type ActorKind = 'person' | 'agent';

/** A world as it was before the action, and who acts in it. */
export interface Scene {
  world: World;
  /** Ada, an owner; or Scribe, an agent and owner that works for her. */
  actor: ParticipantId;
  onBehalfOf?: ParticipantId;
  /** A conversation of the pod that Ada began. */
  conversation: string;
}

export interface Stage extends Scene {
  desk: Desk;
}

/** Deterministic, so that two stages differ only by the later acts. */
export async function aStage(kind: ActorKind): Promise<Stage> {
  const desk = await aDesk();
  return { desk, ...(await sceneIn(desk.world, kind)) };
}

export async function sceneIn(world: World, kind: ActorKind): Promise<Scene> {
  await world.does(world.ada, 'change_role', { who: 'scribe', role: 'owner' });
  const opening = { title: 'Launch day', text: 'When do we start?' };
  const { conversation } = await world.does(world.ada, 'start_conversation', opening);
  const who = kind === 'person' ? { actor: world.ada } : { actor: world.scribe, onBehalfOf: world.ada };
  return { world, ...who, conversation: conversation.id };
}

/** The outcome of an action, in a form that is the same for every door. */
export interface Came {
  result: unknown;
  commits: Pick<Commit, 'action' | 'onBehalfOf' | 'changes' | 'deliveries' | 'result'>[];
}

/** Runs `does`, and reads the outcome from the log. */
export async function playing({ world }: Scene, does: () => Promise<Outcome['result']>): Promise<Came> {
  const known = new Set((await everyCommit(world)).map(({ id }) => id));
  const result = await does();
  const fresh = (await everyCommit(world)).filter(({ id }) => !known.has(id));
  const commits = fresh.map(({ action, onBehalfOf, changes, deliveries, result }) => ({
    ...{ action, changes, result },
    ...(onBehalfOf ? { onBehalfOf } : {}),
    // A delivery's own id names the commit's number.
    deliveries: deliveries.map((delivery) => ({ ...delivery, id: '' })),
  }));
  return comparable(world, { result, commits });
}

export function everyCommit({ store }: World): Promise<Commit[]> {
  return store.collection<Commit>('commits').find({ where: {} });
}

const ID = /(?<![a-z0-9])(?:[a-z]{1,2}_|person:)[a-z0-9]{19,25}(?![a-z0-9])/g;

/** Replaces ids that depend on a key or on chance by their order of appearance, and ids of texts by the texts. */
export async function comparable<T>({ store }: World, came: T): Promise<T> {
  const json = JSON.stringify(came);
  const texts = await store.bodies.get(json.match(ID) ?? []);
  const names = new Map([...texts].map(([id, { text }]) => [id, `the text “${text}”`]));
  const nameOf = (id: string): string => {
    const name = names.get(id) ?? `id ${names.size + 1}`;
    names.set(id, name);
    return name;
  };
  return JSON.parse(json, (_key, value: unknown) => (typeof value === 'string' ? value.replace(ID, nameOf) : value));
}
