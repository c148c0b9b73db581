// Which other pods a direct conversation has read: their words are written nowhere that others read, short of the person's own words.

import { NotAllowed } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import type { AnyAction } from '../../pods/action.ts';
import { AGENTS } from '../../pods/agent-definitions/agent.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import { ORG } from '../../pods/members/standing.ts';
import { PODS } from '../../pods/pod/pod.ts';
import { needsPod } from '../../pods/pod/pod-named.ts';
import { SKILLS } from '../../pods/skill-definitions/skill.ts';
import type { Store } from '../../store/port.ts';
import { schemaOf } from '../../tools/action-tools.ts';
import { changeSession, type SessionDoc } from '../sessions/session.ts';
import { ownMaking } from './destination.ts';
import { givenWords } from './given-words.ts';

/** The session remembers whose words it holds before it holds any: afterwards they stay here, whatever the model says. */
export async function markRead(store: Store, session: SessionDoc, pods: readonly string[]): Promise<void> {
  const others = pods.filter((pod) => pod !== session.pod && pod !== ORG);
  if (!others.length) return;
  await changeSession(store, session.id, (doc) => {
    const sources = [...new Set([...(doc.sources ?? []), ...others])];
    return sources.length === doc.sources?.length ? doc : { ...doc, sources };
  });
}

/** What an agent wrote in a person's own pod may hold words of every pod that was read there. */
export async function markReadHere(store: Store, read: Reader, session: SessionDoc): Promise<void> {
  if (!(await read.get(PODS, session.pod))?.direct) return;
  const sessions = await store.collection<SessionDoc>('sessions').find({ where: { pod: session.pod } });
  await markRead(
    store,
    session,
    sessions.flatMap(({ sources = [] }) => sources),
  );
}

/** What a call of this action has read: the pod it went to, and those that a list names with their purposes. */
export function podsReadBy(definition: AnyAction, pod: string, result: unknown): string[] {
  if (definition.effect !== 'read') return [];
  if (needsPod(definition)) return [pod];
  const { pods = [] } = result as { pods?: readonly { id: string; direct?: boolean }[] };
  return pods.filter(({ direct }) => !direct).map(({ id }) => id);
}

/** Where its input is read by others than this pod's people: by all of the organisation, or by those of a new pod. */
function writesElsewhere({ name, org, own, effect }: AnyAction): boolean {
  return name === 'create_pod' || (org === true && own !== true && effect !== 'read');
}

/** @throws NotAllowed with the pod whose words these may be, and what the person may do */
export async function refuseElsewhere(
  { store, read, actions }: { store: Store; read: Reader; actions: ReadonlyMap<string, AnyAction> },
  caller: { session: SessionDoc; heard: readonly PersonId[] },
  definition: AnyAction,
  input: unknown,
): Promise<void> {
  if (!writesElsewhere(definition)) return;
  const why = await wordsFromElsewhere(
    store,
    read,
    caller,
    input,
    async () => new Set([...actions.keys(), ...enumsIn(schemaOf(definition.input)), ...(await namesOfOrg(read))]),
  );
  if (why) throw new NotAllowed(`${definition.title}: ${why}`);
}

/** Why this input may not leave the conversation: it is not in the person's own words, and the session has read other pods. */
export async function wordsFromElsewhere(
  store: Store,
  read: Reader,
  { session, heard }: { session: SessionDoc; heard: readonly PersonId[] },
  input: unknown,
  vocabulary: () => Promise<ReadonlySet<string>> = async () => new Set(),
): Promise<string | undefined> {
  const { sources = [] } = (await store.collection<SessionDoc>('sessions').get(session.id)) ?? session;
  if (!sources.length) return undefined;
  const [strange] = ownMaking(input, await givenWords(read, session), await vocabulary());
  if (strange === undefined) return undefined;
  const shown = strange.length > 80 ? `${strange.slice(0, 80).toWellFormed()}…` : strange;
  return `this conversation has read ${await namedTo(read, heard, sources)}, and others than the readers there would read this. “${shown}” is not in the person's own words. If they want it there, they write it here themselves, word for word, and you use exactly that; or they do it themselves.`;
}

const MOST_NAMED = 3;

/** By name only what everybody who asked may know of. */
async function namedTo(read: Reader, heard: readonly PersonId[], ids: readonly string[]): Promise<string> {
  const pods = await read.find(PODS, { where: { id: { in: [...ids] } } });
  const known = await Promise.all(
    pods.map(async (pod) => {
      const members = await Promise.all(heard.map((who) => read.get(MEMBERS, memberId(pod.id, who))));
      return heard.length > 0 && members.every((member) => member?.state === 'in') ? [`“${pod.name}”`] : [];
    }),
  );
  const names = known.flat().slice(0, MOST_NAMED);
  if (!names.length) return ids.length > 1 ? 'other pods' : 'another pod';
  const more = ids.length > names.length ? ' and others' : '';
  return `${names.length + (more ? 1 : 0) > 1 ? 'the pods' : 'the pod'} ${names.join(', ')}${more}`;
}

/** Values that say nothing of any pod: handles, tools and skills that the organisation has. */
async function namesOfOrg(read: Reader): Promise<string[]> {
  const [agents, skills] = await Promise.all([
    read.find(AGENTS, { where: { pod: ORG } }),
    read.find(SKILLS, { where: { pod: ORG } }),
  ]);
  return [
    ...agents.flatMap(({ handle, tools, avatar, model = '' }) => [handle, ...tools, avatar.emoji ?? '', model]),
    ...skills.map(({ name }) => name),
    ...['use_tool', 'members', 'owners'],
  ];
}

function enumsIn(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(enumsIn);
  if (typeof schema !== 'object' || schema === null) return [];
  const own =
    'enum' in schema && Array.isArray(schema.enum) ? schema.enum.filter((one) => typeof one === 'string') : [];
  return [...own, ...Object.values(schema).flatMap(enumsIn)];
}
