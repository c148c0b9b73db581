// Finds people and agents by handle, first name, full name or id.

import { InvalidInput, NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { isAgent, isPerson, kindOf, type Named, type ParticipantId } from '../../log/participant.ts';
import type { Ref, ViewDoc } from '../../log/view.ts';
import type { Where } from '../../store/port.ts';
import { AGENTS } from '../agent-definitions/agent.ts';
import { MEMBERS, type MemberDoc, memberId } from '../members/member.ts';
import { agentDocs, membersPage, ownerDocs, READ_WHOLE } from '../members/members-of.ts';
import { AGENTS_CLAIM, claimOn, GUEST_LABEL, guestLabel, namesThemselves, strongest } from './name-claims.ts';
import { PEOPLE, type PersonDoc } from './person.ts';

export interface Present extends Named {
  role: MemberDoc['role'];
}

/** Returns everybody who is in the pod now, as `someOf` does, however many they are. */
export async function presentIn(read: Reader, pod: string): Promise<Present[]> {
  return presentAmong(read, await read.find(MEMBERS, { where: { pod, state: 'in' } }));
}

export interface SomePresent {
  /** People first, each group sorted by name. */
  present: Present[];
  /** Absent if everybody is shown. Else the last one by whom the next page is found. */
  last?: MemberDoc;
}

/**
 * Returns everybody who is in the pod now. Of a pod with more than READ_WHOLE members it returns the owners, the agents,
 * and those who have been there longest.
 */
export async function someOf(read: Reader, pod: string): Promise<SomePresent> {
  const page = await membersPage(read, pod, READ_WHOLE + 1);
  if (page.length <= READ_WHOLE) return { present: await presentAmong(read, page) };
  const some = page.slice(0, READ_WHOLE);
  const last = some.at(-1);
  const docs = [...some, ...(await Promise.all([ownerDocs(read, pod), agentDocs(read, pod)])).flat()];
  const present = await presentAmong(read, [...new Map(docs.map((one) => [one.id, one])).values()]);
  return { present, ...(last ? { last } : {}) };
}

/** Returns these members with their names: people first, each group sorted by name. */
export async function presentAmong(read: Reader, members: readonly MemberDoc[]): Promise<Present[]> {
  const named = await namesOfAll(
    read,
    members.map((member) => member.who),
  );
  return members
    .map((member) => ({ ...called(named, member.who), role: member.role }))
    .sort((a, b) => Number(isAgent(a.id)) - Number(isAgent(b.id)) || a.name.localeCompare(b.name));
}

/** Returns the names of participants of any pod. Unknown participants are left out. */
export async function namesOfAll(
  read: Reader,
  ids: readonly (ParticipantId | undefined)[],
): Promise<Map<ParticipantId, Named>> {
  const agents = [...new Set(ids.filter(isAgent))];
  const docs = await Promise.all([
    peopleOf(read, ids).then((people) => distinguished(read, people)),
    byId(read, AGENTS, agents),
  ]);
  return new Map(
    docs.flat().map(({ id, name, handle }) => [id as ParticipantId, { id: id as ParticipantId, name, handle }]),
  );
}

/** Returns people with their names. If a name was another person's before, the handle is added. */
async function distinguished(
  read: Reader,
  people: readonly PersonDoc[],
): Promise<Pick<PersonDoc, 'id' | 'name' | 'handle'>[]> {
  const unsure = people.filter(namesThemselves);
  if (!unsure.length) return [...people];
  const names = [...new Set(unsure.map(({ name }) => name.toLowerCase()))];
  const [namesakes, agents] = await Promise.all([
    Promise.all(chunks(names).map((part) => read.find(PEOPLE, { where: { names: { in: part } } }))),
    read.find(AGENTS, { where: { pod: 'org' } }),
  ]);
  const taken = new Set(['skein', ...agents.flatMap(({ name, handle }) => [name.toLowerCase(), handle])]);
  return people.map((person) => {
    const name = person.name.toLowerCase();
    const other = namesakes
      .flat()
      .some((one) => one.id !== person.id && one.names.includes(name) && claimOn(name, one) < claimOn(name, person));
    const apart = namesThemselves(person) && (other || taken.has(name));
    return apart ? { ...person, name: `${person.name} (@${person.handle})` } : person;
  });
}

/** Returns the people among the ids, unsorted. */
export async function peopleOf(read: Reader, ids: readonly (ParticipantId | undefined)[]): Promise<PersonDoc[]> {
  return byId(read, PEOPLE, [...new Set(ids.filter(isPerson))]);
}

/** For a single id, `get` is used: it may return a document that was read already. */
async function byId<D extends ViewDoc>(read: Reader, ref: Ref<D>, ids: readonly string[]): Promise<D[]> {
  const [first] = ids;
  if (first !== undefined && ids.length === 1) {
    const doc = await read.get(ref, first);
    return doc ? [doc] : [];
  }
  const docs = chunks(ids).map((part) => read.find(ref, { where: { id: { in: part } } as Where<D> }));
  return (await Promise.all(docs)).flat();
}

/** Splits a list, because a store takes a limited number of values per query. */
export function chunks<T>(all: readonly T[], size = 1000): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}

/** Returns the name of any participant. An app or an unknown participant gets the rest of its id as its name. */
export function called(names: ReadonlyMap<ParticipantId, Named>, id: ParticipantId): Named {
  if (id === 'skein') return { id, name: 'Skein', handle: 'skein' };
  const rest = id.slice(id.indexOf(':') + 1);
  // An app chooses its own name, which may be a member's, so the name is marked.
  return names.get(id) ?? { id, name: kindOf(id) === 'app' ? `${rest} (app)` : rest, handle: rest };
}

/** A participant with the wanted name, and the strength of the claim to it (name-claims.ts). */
type Candidate = Named & { claim: number };

/** Returns the people and agents of the organisation who have this name. */
export async function candidates(read: Reader, text: string): Promise<Candidate[]> {
  const name = text.trim().replace(/^@/, '').toLowerCase();
  if (!name) return [];
  const id = text.trim() as ParticipantId;
  const [people, agent] = await Promise.all([
    isPerson(id)
      ? read.get(PEOPLE, id).then((person) => (person ? [person] : []))
      : read.find(PEOPLE, { where: { names: name }, limit: 20 }),
    read.get(AGENTS, isAgent(id) ? id : `agent:${name}`),
  ]);
  const named = ({ id, name, handle }: { id: string; name: string; handle: string }) => ({
    id: id as ParticipantId,
    name,
    handle,
  });
  return [
    // A first name may be another person's handle. Both get the same claim here, so that the caller has to ask: the
    // answer decides more than who gets a message.
    ...people.map((person) => ({ ...named(person), claim: Math.floor(claimOn(name, person) / 2) })),
    ...(agent ? [{ ...named(agent), claim: AGENTS_CLAIM }] : []),
  ];
}

/** Returns a guest by the label that agents use for guests. */
async function labelled(read: Reader, pod: string, text: string): Promise<Candidate[]> {
  const label = text.trim().replace(/^@/, '').toLowerCase();
  if (!GUEST_LABEL.test(label)) return [];
  const members = await read.find(MEMBERS, { where: { pod } });
  const who = members.map((member) => member.who).filter((one) => isPerson(one) && guestLabel(one) === label);
  return (await peopleOf(read, who)).map(({ id, name, handle }) => ({
    ...{ id: id as ParticipantId, name, handle },
    claim: Number.MAX_SAFE_INTEGER,
  }));
}

/** The most members that a refusal names. */
const MOST_NAMED = 30;

/**
 * Returns the one member of the pod with this name. @throws NotFound if there is none, InvalidInput if there are
 * several; both messages say who could be meant
 */
export async function memberNamed(read: Reader, pod: string, text: string): Promise<Named> {
  const all = [...(await candidates(read, text)), ...(await labelled(read, pod, text))];
  const docs = await Promise.all(all.map((one) => read.get(MEMBERS, memberId(pod, one.id))));
  const here = strongest(all.filter((_, n) => docs[n]?.state === 'in'));
  if (here.length === 1 && here[0]) return here[0];
  if (here.length > 1)
    throw new InvalidInput(`“${text}” could be ${listed(here)}. Write the handle of the one you mean.`);
  if (all.length) throw new NotFound(`${listed(all)} is not in this pod. Add them first with add_member.`);
  const { present, last } = await someOf(read, pod);
  const shown = present.slice(0, MOST_NAMED);
  const more = last || present.length > MOST_NAMED ? ' and more: read_pod' : '';
  throw new NotFound(`Nobody in this pod goes by “${text}”. Here are: ${unmentioned(shown)}${more}.`);
}

/** The same as `memberNamed`, for everybody in the organisation. @throws NotFound, InvalidInput */
export async function anyoneNamed(read: Reader, text: string): Promise<Named> {
  const all = strongest(await candidates(read, text));
  if (all.length === 1 && all[0]) return all[0];
  if (all.length) throw new InvalidInput(`“${text}” could be ${listed(all)}. Write the handle of the one you mean.`);
  throw new NotFound(`Nobody here goes by “${text}”. Write a handle, a full name, or an agent's handle.`);
}

/** Without the @: an agent that posts the refusal would call everybody. */
function unmentioned(names: readonly Named[]): string {
  return names.map(({ name, handle }) => `${name} (${handle})`).join(', ');
}

export function listed(names: readonly Named[]): string {
  return names.map(({ name, handle }) => `${name} (@${handle})`).join(', ');
}
