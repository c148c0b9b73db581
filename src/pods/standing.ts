// What somebody is in a pod, and so what they may do there.
import { NotAllowed } from '../errors.ts';
import type { AnyAction, Ctx, Reader, Standing } from './action.ts';
import { isAgent, isPerson, type ParticipantId } from './participant.ts';
import { memberId } from './views/member.ts';

export const ORG = 'org';

const RANK = { none: 0, guest: 1, member: 2, owner: 3, skein: 4 } as const satisfies Record<Standing, number>;

export function atLeast(standing: Standing, needed: Standing): boolean {
  return RANK[standing] >= RANK[needed];
}

export interface Acting {
  pod: string;
  actor: ParticipantId;
  onBehalfOf?: ParticipantId;
  /** The pod in which the agent's session lives, when it is not this one. */
  home?: string;
}

/**
 * An agent's own standing, narrowed by the person it serves (DESIGN section 6, Authority). In a person's own pod, a DM,
 * an agent reads whatever that person may read; never more, and it writes only as itself.
 */
export async function standingOf(read: Reader, acting: Acting, effect: AnyAction['effect']): Promise<Standing> {
  const { pod, actor, onBehalfOf, home } = acting;
  const own = await roleOf(read, pod, actor);
  if (!isAgent(actor) || !isPerson(onBehalfOf)) return own;
  const theirs = await roleOf(read, pod, onBehalfOf);
  if (own === 'none' && effect === 'read' && home && (await isTheirDm(read, home, onBehalfOf))) return theirs;
  return RANK[theirs] < RANK[own] ? theirs : own;
}

async function roleOf(read: Reader, pod: string, who: ParticipantId): Promise<Standing> {
  if (who === 'skein') return 'skein';
  if (pod === ORG) return orgRole(read, who);
  const [member, person] = await Promise.all([
    read.get('members', memberId(pod, who)),
    isPerson(who) ? read.get('people', who) : undefined,
  ]);
  if (member?.state !== 'in' || person?.state === 'out') return 'none';
  return person?.foreign ? 'guest' : member.role;
}

async function orgRole(read: Reader, who: ParticipantId): Promise<Standing> {
  if (isAgent(who)) return (await read.get('agents', who)) ? 'member' : 'none';
  const person = isPerson(who) ? await read.get('people', who) : undefined;
  return person?.state === 'in' ? person.role : 'none';
}

/** And nobody else's: whoever is in a pod reads what an agent read there. */
async function isTheirDm(read: Reader, home: string, person: ParticipantId): Promise<boolean> {
  const pod = await read.get('pods', home);
  if (!pod?.direct) return false;
  const people = (await read.find('members', { where: { pod: home } })).filter(
    ({ who, state }) => state === 'in' && isPerson(who),
  );
  return people.length === 1 && people[0]?.who === person;
}

/** @throws NotAllowed with who may. */
export function authorise(definition: AnyAction, view: unknown, input: unknown, ctx: Ctx): void {
  const { allow = 'member', title } = definition;
  if (ctx.standing === 'skein' || allow === 'anyone') return;
  if (typeof allow === 'function') {
    const verdict = allow(view, input, ctx);
    if (verdict === true) return;
    // A reason may tell what is in the pod.
    throw ctx.standing === 'none' ? notIn(definition, ctx) : new NotAllowed(verdict);
  }
  if (atLeast(ctx.standing, allow)) return;
  if (ctx.standing === 'none') throw notIn(definition, ctx);
  throw new NotAllowed(
    `${title}: that takes the role ${allow} in ${whereOf(ctx)}, and you are ${ctx.standing}. Ask an owner to do it or to change your role.`,
  );
}

export function notIn({ title }: AnyAction, ctx: Ctx): NotAllowed {
  return new NotAllowed(
    `${title}: you are not a member of ${whereOf(ctx)}. Ask one of its owners to add you, or join its channel.`,
  );
}

function whereOf({ pod, podDoc }: Ctx): string {
  return pod === ORG ? 'this organisation' : (podDoc?.name ?? 'this pod');
}
