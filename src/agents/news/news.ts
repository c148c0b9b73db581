// Finds what a session holds and what is newer by now, and how it differs. News joins a turn that is made anyway: it
// never makes one.
import type { Reader } from '../../log/action.ts';
import type { Commit } from '../../log/commit.ts';
import type { AnyKind } from '../../log/kind.ts';
import { isOutside } from '../../log/labels/label.ts';
import { isPerson } from '../../log/participant.ts';
import type { Held, ViewDoc } from '../../log/view.ts';
import { AGENTS, type AgentDoc } from '../../pods/agent-definitions/agent.ts';
import { FILES } from '../../pods/files/file.ts';
import { type Changed, changesOfHeld, type Outdated } from '../../pods/history/changed.ts';
import { KINDS } from '../../pods/kinds.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import { ORG } from '../../pods/members/rights.ts';
import { PEOPLE } from '../../pods/people/person.ts';
import { SKILLS } from '../../pods/skill-definitions/skill.ts';
import { TASKS } from '../../pods/tasks/task.ts';
import type { SessionDoc } from '../sessions/session.ts';
import { type Holdings, keyOf } from './held.ts';
import { membersChanged } from './members-changed.ts';

/** The most documents of which one turn tells. The others are told with the next turn. */
const MOST_CHANGED = 40;

/** The order in which changes are told. */
const FIRST = [AGENTS.name, SKILLS.name, FILES.name, TASKS.name, PEOPLE.name];

export interface HeldChange extends Changed {
  /** Set for a skill, which has to be loaded anew. */
  skill?: true;
  /** Set for the agent's own definition. `next`: it counts from the next request on. */
  self?: 'now' | 'next';
}

export interface News {
  changed: HeldChange[];
  /** How many documents are newer and are told of later. */
  more: number;
  /** The documents that the turn holds once it tells this. */
  held: Held[];
}

export async function newsOf(read: Reader, session: SessionDoc, holdings: Holdings): Promise<News> {
  const [newer, members] = await Promise.all([newerIn(read, holdings), membersChanged(read, session, holdings)]);
  const { open, closed } = await readable(read, session, newer);
  const sorted = open.sort((a, b) => placeOf(a) - placeOf(b) || b.doc.seq - a.doc.seq);
  const now = sorted.slice(0, MOST_CHANGED);
  const changed = await changesOfHeld(read, now, (commit) => isOwn(session, commit));
  return {
    changed: [...changed.flatMap((one, n) => (one ? [{ ...one, ...marks(session, now[n]) }] : [])), ...members.changed],
    more: sorted.length - now.length,
    held: [
      ...now.map(({ kind, doc }) => ({
        ...holdings.get(keyOf({ kind: kind.ref.name, id: doc.id })),
        ...heldAs(kind, doc),
      })),
      ...closed.map(({ kind, doc }) => ({ kind: kind.ref.name, id: doc.id, seq: 0 })),
      ...members.held,
    ],
  };
}

function heldAs({ ref }: AnyKind, { id, seq }: ViewDoc): Held {
  return { kind: ref.name, id, seq };
}

/** True if a text in the news comes from outside. */
export function bringsOutsideNews({ changed }: Pick<News, 'changed'>): boolean {
  return changed.some(({ lines, difference }) => [difference, ...lines].some((text) => isOutside(text?.label)));
}

/** True for a commit of this very session: its transcript has the call. */
export function isOwn({ id }: Pick<SessionDoc, 'id'>, { key }: Pick<Commit, 'key'>): boolean {
  return key.startsWith(`${id}:`);
}

/** Reads the held documents, in one query for each kind. */
async function newerIn(read: Reader, holdings: Holdings): Promise<Outdated[]> {
  const byKind = new Map<string, Map<string, number>>();
  for (const { kind, id, seq } of holdings.values())
    byKind.set(kind, (byKind.get(kind) ?? new Map<string, number>()).set(id, seq));
  const found = await Promise.all(
    [...byKind].map(async ([name, seqs]) => {
      const kind = KINDS.get(name);
      if (!kind?.held) return [];
      const docs: ViewDoc[] = await read.find(kind.ref, { where: { id: { in: [...seqs.keys()] } } });
      return docs.map((doc) => ({ kind, doc, seq: seqs.get(doc.id) ?? 0 }));
    }),
  );
  return found.flat().filter(({ doc, seq }) => doc.seq > seq);
}

/**
 * Splits the documents into those that the session may still read, and those in pods that its person has left. Only a
 * session in a person's own pod holds documents of other pods.
 */
async function readable(
  read: Reader,
  session: SessionDoc,
  newer: readonly Outdated[],
): Promise<{ open: Outdated[]; closed: Outdated[] }> {
  const pods = [...new Set(newer.map(({ doc }) => doc.pod))].filter((pod) => pod !== session.pod && pod !== ORG);
  if (!pods.length) return { open: [...newer], closed: [] };
  const here = await read.find(MEMBERS, { where: { pod: session.pod } });
  const people = here.filter(({ who, state }) => state === 'in' && isPerson(who));
  const left = await Promise.all(
    pods.map(async (pod) => {
      const there = await Promise.all(people.map(({ who }) => read.get(MEMBERS, memberId(pod, who))));
      return there.every((member) => member?.state === 'in') ? [] : [pod];
    }),
  );
  const closed = new Set(left.flat());
  return {
    open: newer.filter(({ doc }) => !closed.has(doc.pod)),
    closed: newer.filter(({ doc }) => closed.has(doc.pod)),
  };
}

function placeOf({ kind }: Outdated): number {
  const place = FIRST.indexOf(kind.ref.name);
  return place < 0 ? FIRST.length : place;
}

function marks({ agent, agentVersion }: SessionDoc, one: Outdated | undefined): Pick<HeldChange, 'skill' | 'self'> {
  if (one?.kind.ref.name === SKILLS.name) return { skill: true };
  if (one?.doc.id !== agent) return {};
  return { self: (one.doc as AgentDoc).version > agentVersion ? 'next' : 'now' };
}
