// Resolves the name of a pod to its id.

import { nearest } from '../../closest.ts';
import { InvalidInput, NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { Named } from '../../log/participant.ts';
import { freePodId } from '../../log/place.ts';
import type { AnyAction } from '../action.ts';
import { MEMBERS } from '../members/member.ts';
import { ORG } from '../members/rights.ts';
import { PODS, type PodDoc } from './pod.ts';

/**
 * True if the action is about one pod. False for actions of the organisation, for create_pod, and for reads that are
 * open to anyone, such as list_pods.
 */
export function takesPod({ name, org, effect, allow }: AnyAction): boolean {
  return !org && name !== CREATE_POD && !(effect === 'read' && allow === 'anyone');
}

const CREATE_POD = 'create_pod';

/**
 * Returns the pod of an act. Actions of the organisation use its log; a new pod gets an id derived from the key.
 * @throws InvalidInput; NotFound, listing the actor's own pods
 */
export async function podFor(
  read: Reader,
  definition: AnyAction,
  actor: Pick<Named, 'id' | 'name'>,
  text: string | undefined,
  key: string,
): Promise<string> {
  if (definition.org || text === ORG) return ORG;
  if (definition.name === CREATE_POD) {
    // The id contains the actor. With the key alone, a key that somebody else used would reveal their pod.
    if (text === undefined) return freePodId(`${actor.id} ${key}`);
    throw new InvalidInput('create_pod makes a pod of its own: name none.');
  }
  if (text === undefined && !takesPod(definition)) return ORG;
  const theirs = await everyPodOf(read, actor);
  if (text === undefined)
    throw new InvalidInput(`In which pod? Give its name or its id (--pod on the command line). ${yours(theirs)}`);
  const found = podAmong(theirs, actor.name, text);
  if (found.kind === 'unclear') throw found.error;
  return found.pod.id;
}

type Among = { kind: 'pod'; pod: PodDoc } | { kind: 'unclear'; error: InvalidInput | NotFound };

/** Returns the pod that somebody names among their own. The error lists their pods, or those that could be meant. */
export function podAmong(theirs: readonly PodDoc[], who: string, text: string): Among {
  const fitting = allNamed(theirs, text);
  const [pod, other] = fitting;
  if (other) return { kind: 'unclear', error: several(text, fitting) };
  if (pod) return { kind: 'pod', pod };
  const near = nearTo(theirs, text);
  const meant = near.length ? `Did you mean ${listed(near)}?` : yours(theirs);
  // An unknown pod and one in which the actor is no member get the same answer.
  const unknown = `${who} is in no pod “${text}”. ${meant} If another pod is meant, one of its owners can add them.`;
  return { kind: 'unclear', error: new NotFound(unknown) };
}

/** Returns the pods whose name has the words in it, else those whose name, or a word of it, is spelt almost so. */
function nearTo(pods: readonly PodDoc[], text: string): PodDoc[] {
  const name = folded(text.trim().replace(/^#/, ''));
  const having = pods.filter((pod) => ` ${folded(pod.name)} `.includes(` ${name} `));
  if (having.length || name.length < 3) return having;
  const spelt = pods.flatMap((pod) =>
    [folded(pod.name), ...folded(pod.name).split(' ')].map((word) => ({ pod, word })),
  );
  const words = nearest(
    name,
    spelt.map(({ word }) => word),
    name.length < 5 ? 1 : 2,
  );
  return [...new Set(words.flatMap((word) => spelt.filter((one) => one.word === word).map(({ pod }) => pod)))];
}

/** Returns any pod by name or id, for the operator of the server. */
export async function anyPodNamed(read: Reader, text: string): Promise<string> {
  if (text === ORG) return ORG;
  const all = await read.find(PODS, { where: {} });
  const found = oneNamed(all, text);
  if (found) return found.id;
  throw new NotFound(`There is no pod “${text}”. There are: ${listed(all) || 'none yet'}.`);
}

/** Returns a pod by id, else by name. @throws InvalidInput if several pods have that name */
function oneNamed(pods: readonly PodDoc[], text: string): PodDoc | undefined {
  const named = allNamed(pods, text);
  if (named.length > 1) throw several(text, named);
  return named[0];
}

/** Returns the pods with this id; else with this name; else those whose name differs only in signs and spaces. */
function allNamed(pods: readonly PodDoc[], text: string): PodDoc[] {
  const name = text.trim().replace(/^#/, '').toLowerCase();
  const ways: ((pod: PodDoc) => boolean)[] = [
    ({ id }) => id === text.trim(),
    (pod) => pod.name.toLowerCase() === name,
    (pod) => folded(pod.name) === folded(name),
  ];
  return ways.map((fits) => pods.filter(fits)).find(({ length }) => length > 0) ?? [];
}

function folded(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_#-]+/g, ' ')
    .trim();
}

function several(text: string, pods: readonly PodDoc[]): InvalidInput {
  return new InvalidInput(`“${text}” could be ${listed(pods)}. Give the id of the one you mean.`);
}

/** Returns all pods of a person or an agent, also their direct ones. */
export async function everyPodOf(read: Reader, { id }: Pick<Named, 'id'>): Promise<PodDoc[]> {
  const members = await read.find(MEMBERS, { where: { who: id } });
  const ids = members.filter((member) => member.state === 'in').map((member) => member.pod);
  return ids.length ? read.find(PODS, { where: { id: { in: ids } } }) : [];
}

function yours(pods: readonly PodDoc[]): string {
  return pods.length ? `Theirs: ${listed(pods)}.` : 'They are in none yet: create_pod makes one.';
}

/** The most pods that a sentence names. */
const MOST_LISTED = 12;

function listed(pods: readonly PodDoc[]): string {
  const names = pods.map(({ id, name, state }) => `${name} (${id}${state === 'archived' ? ', archived' : ''})`);
  const more = names.length - MOST_LISTED;
  return `${names.slice(0, MOST_LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
