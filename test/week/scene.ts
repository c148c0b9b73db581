// The state of a simulated week, and how its acts choose words, pods and colleagues.
import type { Team } from '../journeys/team.ts';
import type { Random } from '../protocol/random.ts';
import type { Cast, Person, Pod } from './cast.ts';

/** Something that a person is needed for, by an act of somebody else. */
export interface Expected {
  person: Person;
  /** Words that occur in it alone. */
  words: string;
}

export interface Scene {
  team: Team;
  cast: Cast;
  random: Random;
  /** The number of this act, for words that occur once. */
  n: number;
  /** Root messages of the channels, the newest last. */
  threads: { channel: string; ts: string; by: Person }[];
  expected: Expected[];
  /** Messages and mails by people so far. */
  messages: number;
}

export type Act = (scene: Scene, who: Person) => Promise<void>;

/** An act is drawn as often as its weight says. */
export interface Choice {
  weight: number;
  act: Act;
}

const THINGS = [
  'labels',
  'crates',
  'flour sacks',
  'price list',
  'oven report',
  'van papers',
  'photo',
  'invoice',
] as const;
const VERBS = ['check', 'order', 'bring', 'correct', 'send', 'count', 'sort'] as const;

export const sentence = ({ random, n }: Scene) => `${random.pick(VERBS)} the ${random.pick(THINGS)} no. ${n}`;

export const podsOf = ({ cast }: Scene, who: Person) => cast.pods.filter(({ members }) => members.includes(who));

export const podOf = (scene: Scene, who: Person): Pod => scene.random.pick(podsOf(scene, who) as [Pod]);

export function colleague(scene: Scene, pod: Pod, who: Person): Person {
  return scene.random.pick(pod.members.filter((one) => one !== who) as [Person]);
}

export const perform = (scene: Scene, who: Person, pod: Pod, action: string, input: object) =>
  scene.team.post('/practice/act', { as: who.handle, pod: pod.id, action, input });
