// Says in a person's direct message with the main app what belongs into their direct message with an agent whose own app
// is lost: no other app is in that one.

import type { Reader } from '../../../log/action.ts';
import { idOf } from '../../../log/ids.ts';
import { type AgentId, handleOf, isPerson } from '../../../log/participant.ts';
import { MEMBERS } from '../../../pods/members/member.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { PEOPLE, type PersonDoc } from '../../../pods/people/person.ts';
import { mrkdwnOf } from '../../../slack/render/neutral.ts';
import type { Rendered } from '../../../slack/render/render.ts';
import { personaOf } from '../persona.ts';
import type { PostTarget } from '../post-target.ts';
import { begun, type PostDeps, slackTime } from '../send-once.ts';
import { slackUserOf } from '../slack-user.ts';

/** `agent`: the agent whose app is lost. What a person wrote themselves, such as by mail, is not repeated to them. */
export async function sayElsewhere(
  deps: PostDeps,
  { delivery, message }: PostTarget,
  { posts, file }: Rendered,
  agent: AgentId,
): Promise<void> {
  const { read, slack, texts, team } = deps;
  const { name } = called(await namesOfAll(read, [agent]), agent);
  const why = texts.fill('undelivered', 'lost-app', { person: name, handle: handleOf(agent) });
  const above = { type: 'context', elements: [{ type: 'mrkdwn', text: mrkdwnOf(why) }] };
  const [first, ...more] = posts;
  if (!first) return;
  const shown = [{ ...first, blocks: [above, ...first.blocks] }, ...more];
  for (const person of await peopleIn(read, message.pod)) {
    const user = message.by === person.id ? undefined : slackUserOf(person, team);
    if (!user) continue;
    const channel = await slack.sender.openDm(user);
    const key = idOf('d', delivery.id, person.id);
    const earlier = await begun(deps, key);
    const persona = await personaOf(read, message.by);
    const { ts } = await slack.sender.post({
      ...{ channel, posts: shown, key, resend: earlier !== undefined, oldest: earlier },
      ...persona,
    });
    if (!file) continue;
    const before = await begun(deps, `${key}:file`);
    const oldest = before ?? slackTime(deps.clock());
    await slack.sender.uploadFile({ channel, threadTs: ts, oldest, ...file, resend: before !== undefined });
  }
}

/** The people of a direct message: one, unless Skein 0.1.0 let others in. */
export async function peopleIn(read: Pick<Reader, 'get' | 'find'>, pod: string): Promise<PersonDoc[]> {
  const members = await read.find(MEMBERS, { where: { pod } });
  const here = members.filter(({ who, state }) => state === 'in' && isPerson(who));
  const people = await Promise.all(here.map(({ who }) => read.get(PEOPLE, who)));
  return people.flatMap((one) => (one?.state === 'in' ? [one] : []));
}
