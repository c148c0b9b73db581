// Records in a person's own log that a Slack post will mention the person, before it is sent. The post itself tells the
// person, so no notice repeats it.
import { needId } from '../../pods/needs/need.ts';
import { PEOPLE } from '../../pods/people/person.ts';
import { ownLog } from '../../pods/telling/hearing.ts';
import type { Rendered } from '../../slack/render/render.ts';
import type { PostTarget } from './post-target.ts';
import type { PostDeps } from './send-once.ts';
import { slackUserOf } from './slack-user.ts';

/** Records each mentioned person whom the posts really mention. A name in a file or in plain text does not count. */
export async function claimMentions(
  { act, read, team }: Pick<PostDeps, 'act' | 'read' | 'team'>,
  { message, delivery }: Pick<PostTarget, 'message' | 'delivery'>,
  posts: Rendered['posts'],
): Promise<void> {
  if (!message.mentions?.length) return;
  const shown = JSON.stringify(posts);
  for (const who of message.mentions) {
    const person = await read.get(PEOPLE, who);
    const user = person && slackUserOf(person, team);
    if (!user || !shown.includes(`<@${user}>`)) continue;
    const need = needId(message.pod, who, { on: 'conversations', id: message.conversation });
    await act({
      ...{ pod: ownLog(who), actor: 'skein', via: 'skein', action: 'claim_tell' },
      ...{ input: { need, message: message.id }, key: `claim:${delivery.id}` },
    });
  }
}
