// Reads who is in the pod, as a session opens: people with their title and zone, agents with their purpose.
import type { Reader } from '../../../log/action.ts';
import { type AgentId, isAgent, type ParticipantId } from '../../../log/participant.ts';
import { clipped } from '../../../log/well-formed.ts';
import { AGENTS } from '../../../pods/agent-definitions/agent.ts';
import { aliasesIn } from '../../../pods/people/aliases.ts';
import { peopleOf, someOf } from '../../../pods/people/directory.ts';
import { aliasIn, zoneIn } from '../author-fields.ts';
import { zonesIn } from '../local-day.ts';
import type { Facts } from './facts.ts';

const SHOWN = 60;
/** In characters: as much of an agent's purpose as the others are told. */
const LONGEST_PURPOSE = 200;
/** In characters. */
const LONGEST_TITLE = 80;

/** `more`: how many are left out, in words: `3`, or `over 140`. The agent itself is always there. */
export async function membersHere(
  read: Reader,
  pod: string,
  agent: AgentId,
): Promise<{ members: Facts['members']; more?: string }> {
  const { present: all, last } = await someOf(read, pod);
  const here = all.filter(({ id }, n) => n < SHOWN || id === agent);
  const ids = here.map(({ id }) => id);
  const [people, agents] = await Promise.all([
    peopleOf(read, ids),
    read.find(AGENTS, { where: { id: { in: ids.filter(isAgent) } } }),
  ]);
  const [aliases, zones] = [aliasesIn(people, ids), zonesIn(people)];
  const purposes = new Map(agents.map(({ id, purpose }) => [id, clipped(purpose, LONGEST_PURPOSE)]));
  // People with an alias are not of the organisation, and could write anything into their title.
  const members = people.filter(({ id }) => !aliases.has(id as ParticipantId));
  const titles = new Map(members.map(({ id, title = '' }) => [id, clipped(title, LONGEST_TITLE)]));
  const shown = here.map((one) => {
    const [purpose, title] = [purposes.get(one.id), titles.get(one.id)];
    return {
      ...one,
      ...aliasIn(aliases, one.id),
      ...zoneIn(zones, one.id),
      ...(one.id === agent ? { self: true as const } : {}),
      ...(purpose ? { purpose } : {}),
      ...(title ? { title } : {}),
    };
  });
  const left = all.length - here.length;
  return { members: shown, ...(left > 0 ? { more: last ? `over ${left}` : String(left) } : {}) };
}
