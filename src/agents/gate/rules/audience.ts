// The rule for `audience`: the result of a tool may enter a conversation only if all readers of the conversation may
// see it.
import type { Reader } from '../../../log/action.ts';
import type { Audience } from '../../../log/call-facts.ts';
import type { Call } from '../../../pods/decide.ts';
import { MEMBERS } from '../../../pods/members/member.ts';
import { peopleOf } from '../../../pods/people/directory.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import { refuse, rule } from '../verdict.ts';

interface Facts {
  tool: string;
  audience: Audience;
  /** The pod in which the call is made. */
  id: string;
  pod?: Pick<PodDoc, 'place' | 'direct'>;
  readers: readonly Pick<PersonDoc, 'id' | 'handle' | 'email' | 'foreign'>[];
}

export const audience = rule<Facts>({
  name: 'audience',
  load(read, { request, ctx }: Call) {
    const { tool = '', audience } = request.facts?.call ?? {};
    return audience && factsOf(read, { request, ctx }, { tool, audience });
  },
  judge(facts) {
    if (fits(facts)) return undefined;
    return refuse(
      `Not everybody who can read this pod may see what ${facts.tool} returns, so it was not called.`,
      `Its owner can widen the audience in the tool's manifest (this pod is ${facts.id}), or the person can ask in a pod of those who may.`,
    );
  },
});

async function factsOf(
  read: Reader,
  { request: { pod: id }, ctx: { podDoc } }: Pick<Call, 'request' | 'ctx'>,
  { tool, audience }: Pick<Facts, 'tool' | 'audience'>,
): Promise<Facts> {
  const readers = audience.kind === 'pods' ? [] : await readersOf(read, id);
  return { tool, audience, id, ...(podDoc ? { pod: podDoc } : {}), readers };
}

async function readersOf(read: Reader, pod: string): Promise<PersonDoc[]> {
  const members = (await read.find(MEMBERS, { where: { pod } })).filter(({ state }) => state === 'in');
  return peopleOf(
    read,
    members.map(({ who }) => who),
  );
}

function fits({ audience, id, pod, readers }: Facts): boolean {
  // `everyone` means each person of this organisation.
  if (audience.kind === 'everyone') return !readers.some(({ foreign }) => foreign);
  if (!pod) return false;
  // Compares ids and no names, because anyone can give a pod the name of another pod.
  if (audience.kind === 'pods')
    return audience.pods.some((name) => name === id || (pod.place.kind === 'slack' && name === pod.place.channel));
  // A result for named people may enter only a DM, because every other pod can get new readers later.
  if (!pod.direct) return false;
  const named = audience.people.map((name) => name.toLowerCase().replace(/^@/, ''));
  return (
    readers.length > 0 &&
    readers.every((one) => [one.id, one.handle, one.email].some((name) => name && named.includes(name.toLowerCase())))
  );
}
