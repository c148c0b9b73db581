// The demo pod: in a fresh practice workspace #launch already is a pod in the middle of a piece of work.

import { makePod } from '../../doors/slack/channels.ts';
import type { SlackContext } from '../../doors/slack/context.ts';
import { personOf } from '../../doors/slack/people/people.ts';
import { markdownOf } from '../../doors/slack/text.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { slackPodId } from '../../log/place.ts';
import { PEOPLE } from '../../pods/people/person.ts';
import { PODS } from '../../pods/pod/pod.ts';

export interface DemoMessage {
  user: string;
  channel: string;
  ts: string;
  thread?: string;
  text: string;
}

interface Scene {
  by: string;
  action: string;
  input: Record<string, unknown>;
  dueIn?: number;
}

/** Told by the people themselves, through the same actions as anybody's; `dueIn` is in days from now. */
const SCENES: readonly Scene[] = [
  { by: 'ada', action: 'update_pod', input: { purpose: 'Launch the rye sourdough subscription in December.' } },
  {
    by: 'ada',
    action: 'record_decision',
    input: {
      decision: 'The price of a loaf is 9.50.',
      why: 'The flour from the new mill costs 40 % more than the old one.',
    },
  },
  {
    by: 'ben',
    action: 'record_learning',
    input: {
      learning: 'The van takes 60 boxes a day, inside the ring road only.',
      context: 'Delivery test in October',
    },
  },
  { by: 'ada', action: 'create_task', input: { title: 'Order 400 boxes', assignee: 'ben' }, dueIn: 6 },
  { by: 'chiara', action: 'create_task', input: { title: 'Design the box', assignee: 'chiara' }, dueIn: 4 },
  {
    by: 'ada',
    action: 'create_task',
    input: {
      title: 'Let customers pause their subscription',
      text: 'Three customers asked for it. Until it is built we do it by hand.',
      assignee: 'dev',
    },
    dueIn: 11,
  },
  { by: 'chiara', action: 'create_task', input: { title: 'Draft the announcement', assignee: 'scribe' }, dueIn: 9 },
  { by: 'chiara', action: 'start_task', input: { task: '#2' } },
  {
    by: 'dev',
    action: 'put_file',
    input: {
      name: 'launch-plan.md',
      text: '# Launch plan: rye sourdough subscription\n\n- boxes: 400, ordered by Ben\n- box design: Chiara\n- announcement: drafted by scribe, read by Chiara\n- shop: subscriptions live and hidden a week before\n- delivery: Tuesday and Friday, inside the ring road\n\nOpen: pausing over the holidays is done by hand until it is built.\n',
    },
  },
];

const DAY_MS = 86_400_000;

/** Does nothing where the pod stands already. */
export async function playDemo(
  slack: SlackContext,
  channel: string,
  messages: readonly DemoMessage[],
  now: number,
): Promise<void> {
  const { teamId } = slack.identity;
  const pod = slackPodId(teamId, channel);
  // The first scene gives the purpose: a story that was begun is not told again on another day.
  if ((await slack.read.get(PODS, pod))?.purpose) return;
  const [owner] = (await Promise.all(messages.map((message) => personOf(slack, message.user)))).filter((one) => one);
  if (!owner) return;
  await makePod(slack, channel, owner);
  for (const message of messages) await retell(slack, pod, message);
  for (const [n, { by, action, input, dueIn }] of SCENES.entries()) {
    const [person] = await slack.read.find(PEOPLE, { where: { names: by }, limit: 1 });
    const due = dueIn === undefined ? {} : { due: new Date(now + dueIn * DAY_MS).toISOString().slice(0, 10) };
    if (person) await act(slack, pod, person.id as ParticipantId, action, { ...input, ...due }, `demo:${n}`);
  }
}

async function retell(slack: SlackContext, pod: string, message: DemoMessage): Promise<void> {
  const person = await personOf(slack, message.user);
  if (!person) return;
  const { channel, ts, thread } = message;
  const team = slack.identity.teamId;
  await slack.act({
    pod,
    actor: person.id as ParticipantId,
    via: 'slack',
    action: 'post_message',
    input: { text: await markdownOf(slack, message.text) },
    key: `slack:${team}:${channel}:${ts}`,
    origin: { kind: 'slack', team, channel, ts, at: Math.round(Number(ts) * 1000), ...(thread ? { thread } : {}) },
  });
}

async function act(
  slack: SlackContext,
  pod: string,
  actor: ParticipantId,
  action: string,
  input: unknown,
  key: string,
): Promise<void> {
  await slack.act({ pod, actor, via: 'slack', action, input, key });
}
