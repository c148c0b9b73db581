// Brings an agent's own Slack app into the channel of a pod, or takes it out, as the agent is in the pod or not. If Slack
// refuses it, whoever asked for it reads how to do it by hand.
import { reasonOf, UserFacingError } from '../../../errors.ts';
import { idOf } from '../../../log/ids.ts';
import { isPerson } from '../../../log/participant.ts';
import type { DeliveryOf } from '../../../pods/deliveries.ts';
import { MEMBERS, memberId } from '../../../pods/members/member.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { PEOPLE } from '../../../pods/people/person.ts';
import { PODS, type PodDoc } from '../../../pods/pod/pod.ts';
import { notice } from '../../../slack/render/blocks.ts';
import { type DeliveryKind, SLACK_APP } from '../../kind.ts';
import type { Parts } from '../../parts.ts';
import { begun, postDeps } from '../../slack/send-once.ts';
import { slackUserOf } from '../../slack/slack-user.ts';

export const presence: DeliveryKind<'presence'> = {
  lane: ({ pod }) => `presence:${pod}`,
  resource: SLACK_APP,
  promises: ['idempotent'],
  async carry(parts, delivery) {
    const { read, slack, act } = parts;
    const { pod: id, agent } = delivery;
    const [pod, member] = await Promise.all([read.get(PODS, id), read.get(MEMBERS, memberId(id, agent))]);
    const app = slack.apps.of(agent);
    if (pod?.place.kind !== 'slack' || pod.state !== 'active' || !member || !app) return;
    const here = member.state === 'in';
    const { channel } = pod.place;
    try {
      await slack.sender[here ? 'invite' : 'kick']({ channel, user: app.user });
    } catch (error) {
      if (!(error instanceof UserFacingError)) throw error;
      return byHand(parts, delivery, pod, { here, channel, reason: reasonOf(error) });
    }
    slack.apps.moved(agent, channel);
    const request = { pod: id, actor: 'skein', via: 'skein', action: 'record_app_left' } as const;
    if (!here) await act({ ...request, input: { agent }, key: `left:${delivery.id}` });
  },
};

interface Refused {
  /** True if the agent is in the pod. */
  here: boolean;
  channel: string;
  reason: string;
}

/** Says it in the person's direct message with the main app, or in the channel if they have no account in this Slack. */
async function byHand(
  parts: Parts,
  { id, agent, by }: DeliveryOf<'presence'>,
  { name }: PodDoc,
  { here, channel, reason }: Refused,
): Promise<void> {
  const { read, slack, texts } = parts;
  const [person, names] = await Promise.all([
    isPerson(by) ? read.get(PEOPLE, by) : undefined,
    namesOfAll(read, [agent]),
  ]);
  const user = person && slackUserOf(person, slack.team);
  const facts = { person: called(names, agent).name, pod: name, reason };
  const post = notice(texts.fill('undelivered', here ? 'app-not-invited' : 'app-not-removed', facts));
  const key = idOf('d', id, 'by-hand');
  const earlier = await begun(postDeps(parts), key);
  const to = user ? await slack.sender.openDm(user) : channel;
  await slack.sender.post({ channel: to, posts: [post], key, resend: earlier !== undefined, oldest: earlier });
}
