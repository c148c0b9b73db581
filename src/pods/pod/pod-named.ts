// Resolves the name of a pod to its id.

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
  const found = oneNamed(theirs, text);
  if (found) return found.id;
  // An unknown pod and one in which the actor is no member get the same answer.
  throw new NotFound(
    `${actor.name} is in no pod “${text}”. ${yours(theirs)} If there is such a pod, you are not a member of it: ask one of its owners to add you.`,
  );
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
  const name = text.trim().toLowerCase();
  const byId = pods.find((pod) => pod.id === text);
  const named = byId ? [byId] : pods.filter((pod) => pod.name.toLowerCase() === name);
  if (named.length > 1) throw new InvalidInput(`“${text}” could be ${listed(named)}. Give the id of the one you mean.`);
  return named[0];
}

async function everyPodOf(read: Reader, { id }: Pick<Named, 'id'>): Promise<PodDoc[]> {
  const members = await read.find(MEMBERS, { where: { who: id } });
  const ids = members.filter((member) => member.state === 'in').map((member) => member.pod);
  return ids.length ? read.find(PODS, { where: { id: { in: ids } } }) : [];
}

function yours(pods: readonly PodDoc[]): string {
  return pods.length ? `Theirs: ${listed(pods)}.` : 'They are in none yet: create_pod makes one.';
}

function listed(pods: readonly PodDoc[]): string {
  return pods.map(({ id, name, state }) => `${name} (${id}${state === 'archived' ? ', archived' : ''})`).join(', ');
}
