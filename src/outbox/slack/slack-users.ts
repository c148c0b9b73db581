// Maps names in a text to Slack users: members of the pod who have an account in this workspace, and agents with Slack
// apps of their own.
import type { Reader } from '../../log/action.ts';
import { isAgent, isPerson } from '../../log/participant.ts';
import { chunks } from '../../pods/people/directory.ts';
import { knownIn } from '../../pods/people/known-names.ts';
import { PEOPLE } from '../../pods/people/person.ts';
import { slackUserOf } from './slack-user.ts';
import type { AgentApps } from './voices/agent-apps.ts';

/** Returns the user ids by lower-case name. */
export async function slackUsers(
  read: Reader,
  team: string,
  pod: string,
  text: string,
  apps?: Pick<AgentApps, 'of'>,
): Promise<ReadonlyMap<string, string>> {
  const known = [...(await knownIn(read, pod, [text]))];
  const ids = [...new Set(known.map(([, id]) => id).filter(isPerson))];
  const people = await Promise.all(chunks(ids).map((some) => read.find(PEOPLE, { where: { id: { in: some } } })));
  const users = new Map<string, string | undefined>(people.flat().map((one) => [one.id, slackUserOf(one, team)]));
  return new Map(
    known.flatMap(([name, id]) => {
      const user = isAgent(id) ? apps?.of(id)?.user : users.get(id);
      return user ? [[name, user] as const] : [];
    }),
  );
}
