// Whom a text names, as Slack's users: members only, and only where the name means one of them.
import type { Reader } from '../pods/action.ts';
import { mentions } from '../pods/addressing.ts';
import type { ParticipantId } from '../pods/participant.ts';
import { memberId } from '../pods/views/member.ts';
import type { PersonDoc } from '../pods/views/person.ts';

/** User ids by lower-case name. A handle comes before other names; a name that several go by mentions nobody. */
export async function slackUsers(
  read: Reader,
  team: string,
  pod: string,
  text: string,
): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set(mentions(text).flat())];
  if (!names.length) return new Map();
  const people = await read.find('people', { where: { names: { in: names } }, limit: 100 });
  const members = await Promise.all(
    people.map((person) => read.get('members', memberId(pod, person.id as ParticipantId))),
  );
  const prefix = `slack:${team}:`;
  const owners = new Map<string, string[]>();
  const handles = new Map<string, string>();
  for (const person of people.filter((_, n) => members[n]?.state === 'in')) {
    const user = userOf(person, prefix);
    if (!user) continue;
    for (const name of person.names) owners.set(name, [...(owners.get(name) ?? []), user]);
    handles.set(person.handle.toLowerCase(), user);
  }
  const alone = [...owners].flatMap(([name, users]) =>
    users.length === 1 && users[0] ? [[name, users[0]] as const] : [],
  );
  return new Map([...alone, ...handles]);
}

function userOf(person: PersonDoc, prefix: string): string | undefined {
  return person.accounts.find((account) => account.startsWith(prefix))?.slice(prefix.length);
}
