// Connects the demo with the product: the people of the demo come in through the Slack door.
import { makePod } from '../doors/slack/channels.ts';
import type { SlackContext } from '../doors/slack/context.ts';
import { personOf } from '../doors/slack/people/people.ts';
import { markdownOf } from '../doors/slack/text.ts';
import type { ParticipantId } from '../log/participant.ts';
import { slackPodId } from '../log/place.ts';
import { PEOPLE } from '../pods/people/person.ts';
import { PODS } from '../pods/pod/pod.ts';
import { DEMO_CHANNEL, type DemoDoors } from '../practice/demo/pod.ts';

export function demoDoors(slack: SlackContext): DemoDoors {
  const team = slack.identity.teamId;
  const pod = slackPodId(team, DEMO_CHANNEL);
  return {
    // The demo has begun if the pod has a purpose, because the first scene sets it.
    isBegun: async () => Boolean((await slack.read.get(PODS, pod))?.purpose),
    async makePod(users) {
      const [owner] = (await Promise.all(users.map((user) => personOf(slack, user)))).filter((one) => one);
      if (owner) await makePod(slack, DEMO_CHANNEL, owner);
      return owner !== undefined;
    },
    async retell({ user, channel, ts, thread, text }) {
      const person = await personOf(slack, user);
      if (!person) return;
      await slack.act({
        pod,
        actor: person.id as ParticipantId,
        via: 'slack',
        action: 'post_message',
        input: { text: await markdownOf(slack, text) },
        key: `slack:${team}:${channel}:${ts}`,
        origin: { kind: 'slack', team, channel, ts, at: Math.round(Number(ts) * 1000), ...(thread ? { thread } : {}) },
      });
    },
    async act(handle, action, input, key) {
      const [person] = await slack.read.find(PEOPLE, { where: { names: handle }, limit: 1 });
      if (person) await slack.act({ pod, actor: person.id as ParticipantId, via: 'slack', action, input, key });
    },
  };
}
