// Why a call of an outside tool may not be made here: by its manifest, the rights of those it is made for, who reads what it returns, and where it would carry words.

import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import { MEMBERS } from '../../pods/members/member.ts';
import { atLeast, ORG, rightsOf } from '../../pods/members/standing.ts';
import { called, namesOfAll, peopleOf } from '../../pods/people/directory.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import { PODS } from '../../pods/pod/pod.ts';
import type { Store } from '../../store/port.ts';
import type { Audience } from '../../tools/manifest.ts';
import type { ForeignCall } from '../../tools/use-tool.ts';
import { wordOf } from '../runs/word-of.ts';
import type { SessionDoc } from '../sessions/session.ts';
import { addressesIn, ownMaking } from './destination.ts';
import { givenWords } from './given-words.ts';
import { wordsFromElsewhere } from './read-elsewhere.ts';

export interface CalledFor {
  session: SessionDoc;
  /** Whose words the agent acts on, the newest last. */
  heard: readonly PersonId[];
}

/** A sentence for the agent, or undefined: the call may be made. Read at the moment of the call; approvals are not given yet. */
export async function refusalOf(
  { store, read }: { store: Store; read: Reader },
  asked: CalledFor,
  call: ForeignCall,
): Promise<string | undefined> {
  const { session } = asked;
  const name = toolName(call);
  const carries = carriesAway(call);
  const powerless = await rightsMissing(read, asked, call.effect !== 'read' || carries ? name : undefined);
  if (powerless) return powerless;
  if (call.policy === 'ask')
    return `${name} needs a person's approval for each call, which can't be given here yet. Tell the person what you would call and with which input; they can do it themselves.`;
  if (call.effect === 'outside' && session.outside)
    return `${name} acts outside, and this conversation has taken in text from outside, so each call would need a person's approval, which can't be given here yet. Tell the person what you would call and with which input. If it only reads, the owner of its manifest can say so there (effect: read).`;
  if (carries && session.outside) {
    const refusal = await ungiven(read, session, call);
    if (refusal) return refusal;
  }
  const elsewhere =
    call.effect !== 'read' || carries ? await wordsFromElsewhere(store, read, asked, call.input) : undefined;
  if (elsewhere) return `${name} was not called: ${elsewhere}`;
  if (await fits(read, session, call.audience)) return undefined;
  return `Not everybody who can read this pod may see what ${name} returns, so it was not called. Its owner can widen the audience in the tool's manifest (this pod is ${session.pod}), or the person can ask in a pod of those who may.`;
}

export function toolName({ server, tool }: Pick<ForeignCall, 'server' | 'tool'>): string {
  return `mcp:${server}/${tool}`;
}

/** Where its manifest says nothing, what names an address is taken to send something there. */
function carriesAway({ egress, input }: ForeignCall): boolean {
  return egress ?? addressesIn(input, { hosts: false }).length > 0;
}

/**
 * Everybody whose words are acted on may wish what the agent does, in this pod and in the organisation that the tools
 * belong to: a guest's wish calls only what reads, and who has left wishes nothing. `writing`: the tool that does more.
 */
export async function rightsMissing(
  read: Reader,
  { session, heard }: CalledFor,
  writing?: string,
): Promise<string | undefined> {
  for (const pod of [session.pod, ORG]) {
    const acting = { pod, actor: session.agent, ...wordOf(heard), home: session.pod };
    const { standing, narrowedBy } = await rightsOf(read, acting, writing ? 'write' : 'read');
    if (atLeast(standing, writing ? 'member' : 'guest')) continue;
    const who = narrowedBy && called(await namesOfAll(read, [narrowedBy]), narrowedBy).name;
    if (!who)
      return standing === 'none'
        ? 'Not done: you are not in this pod, or not an agent of this organisation, any more.'
        : `${writing} does more than read, and you are ${standing} here. Ask an owner to change your role.`;
    const first = 'A member may do it, or ask you for it once you have answered that you can’t.';
    if (standing === 'none')
      return `Not done: you act on the words of ${who}, who is no longer in this ${pod === ORG ? 'organisation' : 'pod'}. ${first}`;
    return `${writing} does more than read, and you act on the words of ${who}, who is a guest. ${first}`;
  }
  return undefined;
}

/** A destination that nobody wrote may have come with the text from outside, and so may what is sent there. */
async function ungiven(read: Reader, session: SessionDoc, call: ForeignCall): Promise<string | undefined> {
  const given = await givenWords(read, session);
  const addresses = addressesIn(call.input);
  const strange = addresses.filter((address) => !given.addresses.has(address));
  const name = toolName(call);
  const why = 'this conversation has taken in text from outside';
  if (strange[0])
    return `${name} was not called: it would send something to ${strange[0].slice(0, 200)}, which no member wrote here, and ${why}. Tell the person which address you would call and why. If they want it, they write the address here themselves, and you may call it exactly so.`;
  if (addresses.length || !ownMaking(call.input, given).length) return undefined;
  const local = call.egress === true ? '' : ' If it sends nothing out, its manifest can say so (egress: false).';
  return `${name} was not called: it sends its input out of this organisation, and ${why}, so it may only send what a member wrote here. Tell the person what you would send. If they want it, they write those words here themselves, and you send exactly these.${local}`;
}

/** A result enters a session only if all readers of its pod may see it. */
async function fits(read: Reader, { pod: id }: SessionDoc, audience: Audience): Promise<boolean> {
  // Everyone of this organisation.
  if (audience.kind === 'everyone') return !(await readersOf(read, id)).some((reader) => reader.foreign);
  const pod = await read.get(PODS, id);
  if (!pod) return false;
  // By what nobody can take for themselves: anyone may call a pod by another's name.
  if (audience.kind === 'pods')
    return audience.pods.some((name) => name === id || (pod.place.kind === 'slack' && name === pod.place.channel));
  // Named people: only where nobody else reads now or later, which is a person's own pod.
  if (!pod.direct) return false;
  const people = await readersOf(read, id);
  const named = audience.people.map((name) => name.toLowerCase().replace(/^@/, ''));
  return (
    people.length > 0 &&
    people.every((one) => [one.id, one.handle, one.email].some((name) => name && named.includes(name.toLowerCase())))
  );
}

async function readersOf(read: Reader, pod: string): Promise<PersonDoc[]> {
  const members = (await read.find(MEMBERS, { where: { pod } })).filter((one) => one.state === 'in');
  return peopleOf(
    read,
    members.map(({ who }) => who),
  );
}
