// What people ask of Skein itself in Slack: the slash command and the buttons of its messages.
import { InvalidInput, NotFound, Told } from '../errors.ts';
import { isAgent, type ParticipantId } from '../pods/participant.ts';
import { slackPodId } from '../pods/place.ts';
import type { PersonDoc } from '../pods/views/person.ts';
import { actionIds, errorNotice, help, podList, taskList } from '../slack/blocks.ts';
import type { Inbound } from '../slack/inbound.ts';
import type { Post } from '../slack/render.ts';
import type { SlackContext } from './context.ts';
import { makePod, welcome } from './slack-channels.ts';
import { podOf } from './slack-messages.ts';
import { letIn, personOf } from './slack-people.ts';

type Command = Extract<Inbound, { kind: 'command' }>;
type Button = Extract<Inbound, { kind: 'button' }>;

const COMMANDS = [
  { usage: '/skein pods', says: 'the pods you are in' },
  {
    usage: '/skein tasks [@name]',
    says: "this pod's tasks that are not done; in a direct message those of all your pods",
  },
  { usage: '/skein pod new [name]', says: 'makes this channel a pod' },
  { usage: '/skein help', says: 'this list' },
];

const AGENTS_HELP = [
  { usage: '@Skein @scribe …', says: 'asks an agent, in a thread; @scribe alone will do' },
  { usage: '@Skein …', says: "asks the pod's default agent" },
  { usage: 'stop', says: 'in a thread, stops what agents do there' },
];

export async function command(slack: SlackContext, asked: Command): Promise<void> {
  const reply = (post: Post) => slack.sender.respond(asked.responseUrl, { post });
  try {
    const person = await personOf(slack, asked.user);
    if (!person) throw new NotFound('Slack says that you are a bot; only people can use this command.');
    await reply(await answerTo(slack, asked, person));
  } catch (error) {
    if (!(error instanceof Told)) throw error;
    await reply(errorNotice({ sentence: error.message }));
  }
}

async function answerTo(slack: SlackContext, asked: Command, person: PersonDoc): Promise<Post> {
  const [word = 'help', ...rest] = asked.text.trim().split(/\s+/).filter(Boolean);
  switch (word.toLowerCase()) {
    case 'help':
      return help([...COMMANDS, ...AGENTS_HELP]);
    case 'pods':
      return podsOf(slack, asked, person);
    case 'tasks':
      return tasksOf(slack, asked, person, rest.join(' '));
    case 'pod':
      return newPod(slack, asked, person, rest);
    default:
      throw new InvalidInput(
        `There is no “/skein ${word}”. There are: ${COMMANDS.map(({ usage }) => usage).join(', ')}.`,
      );
  }
}

interface ShownPod {
  id: string;
  name: string;
  channel?: string;
  direct: boolean;
}

async function myPods(slack: SlackContext, asked: Command, person: PersonDoc): Promise<ShownPod[]> {
  const { result } = await slack.act<{ pods: ShownPod[] }>({
    pod: slackPodId(slack.identity.teamId, asked.channel),
    actor: person.id as ParticipantId,
    via: 'slack',
    action: 'list_pods',
    input: {},
    key: '',
  });
  return result.pods;
}

interface ListedTask {
  number: number;
  title: string;
  state: string;
  assigneeName?: string;
  due?: string;
}

async function tasksIn(slack: SlackContext, pod: string, person: PersonDoc, assignee?: string): Promise<ListedTask[]> {
  const { result } = await slack.act<{ tasks: ListedTask[] }>({
    pod,
    actor: person.id as ParticipantId,
    via: 'slack',
    action: 'list_tasks',
    input: assignee ? { assignee } : {},
    key: '',
  });
  return result.tasks;
}

async function podsOf(slack: SlackContext, asked: Command, person: PersonDoc): Promise<Post> {
  const pods = (await myPods(slack, asked, person)).filter((pod) => !pod.direct);
  const counted = await Promise.all(pods.map(async (pod) => (await tasksIn(slack, pod.id, person)).length));
  return podList(
    pods.map(({ name, channel }, n) => ({ name, openTasks: counted[n] ?? 0, ...(channel ? { channel } : {}) })),
  );
}

async function tasksOf(slack: SlackContext, asked: Command, person: PersonDoc, who: string): Promise<Post> {
  const here = await podOf(slack, asked);
  const assignee = await assigneeOf(slack, who);
  if (here && !here.direct) {
    const tasks = await tasksIn(slack, here.id, person, assignee);
    return taskList({ pod: here.name, tasks: tasks.map((task) => line(task)) });
  }
  const pods = await myPods(slack, asked, person);
  if (!pods.length) throw new NotFound('You are in no pod yet. Write /skein pod new in a channel to make it one.');
  const all = await Promise.all(
    pods.map(async (pod) => (await tasksIn(slack, pod.id, person)).map((task) => line(task, pod.name))),
  );
  return taskList({ pod: 'your pods', tasks: all.flat() });
}

/** Slack writes `<@U1|ben>` where a command's text is escaped, and `@ben` where it is not. */
async function assigneeOf(slack: SlackContext, who: string): Promise<string | undefined> {
  const user = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(who.trim())?.[1];
  return user ? (await personOf(slack, user))?.id : who.trim() || undefined;
}

function line({ number, title, state, assigneeName, due }: ListedTask, pod?: string) {
  const id = pod ? `${pod} #${number}` : `#${number}`;
  const status = due ? `${state}, due ${due}` : state;
  return { id, title, status, ...(assigneeName ? { assignee: assigneeName } : {}) };
}

async function newPod(
  slack: SlackContext,
  asked: Command,
  person: PersonDoc,
  [word, ...name]: string[],
): Promise<Post> {
  if (word !== 'new')
    throw new InvalidInput('Write “/skein pod new” to make this channel a pod, or “/skein pods” to list yours.');
  const made = await makePod(slack, asked.channel, person, name.length ? { name: name.join(' ') } : {});
  if (!made.repeated) await sayWelcome(slack, asked.channel, made.name, asked.triggerId);
  const text = made.repeated ? 'This channel already is a pod.' : `Done: #${made.name} is a pod now.`;
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] };
}

async function sayWelcome(slack: SlackContext, channel: string, name: string, key: string): Promise<void> {
  const agents = await slack.read.find('agents', { where: { pod: 'org' }, sort: [['id', 'asc']] });
  await slack.sender.post({ channel, posts: [welcome(name, agents)], key: `welcome:${key}`, resend: false });
}

/** Buttons of our own messages; one that is not known any more says so. */
export async function button(slack: SlackContext, pressed: Button): Promise<void> {
  const reply = async (post: Post, replaceOriginal = false) => {
    if (pressed.responseUrl) await slack.sender.respond(pressed.responseUrl, { post, replaceOriginal });
  };
  const person = await personOf(slack, pressed.user);
  if (!person) return;
  try {
    await onButton(slack, pressed, person, reply);
  } catch (error) {
    if (!(error instanceof Told)) throw error;
    await reply(errorNotice({ sentence: error.message }));
  }
}

async function onButton(
  slack: SlackContext,
  pressed: Button,
  person: PersonDoc,
  reply: (post: Post, replaceOriginal?: boolean) => Promise<void>,
): Promise<void> {
  switch (pressed.actionId) {
    case actionIds.makePod: {
      const channel = pressed.channel ?? pressed.value;
      const made = await makePod(slack, channel, person, {});
      const pod = await slack.read.get('pods', made.pod);
      if (pod) await letIn(slack, made.pod, person, pressed.triggerId);
      const agents = await slack.read.find('agents', { where: { pod: 'org' }, sort: [['id', 'asc']] });
      return reply(welcome(made.name, agents), true);
    }
    case actionIds.declinePod: {
      const text = `Not now, then (${person.name}). \`/skein pod new\` makes this channel a pod whenever you like.`;
      return reply({ text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] }, true);
    }
    case actionIds.retry:
      return retry(slack, pressed, person);
    default:
      throw new NotFound('This button belongs to something that is over. Ask the agent again in the thread.');
  }
}

/** “Try again” under a failed answer: as if the person had asked once more. */
async function retry(slack: SlackContext, pressed: Button, person: PersonDoc): Promise<void> {
  const pod = pressed.channel ? await podOf(slack, { channel: pressed.channel }) : undefined;
  const conversation = await slack.read.get('conversations', pressed.value);
  if (!pod || conversation?.pod !== pod.id) throw new NotFound('That conversation is gone. Ask again in its thread.');
  const agent = conversation.agents.filter(isAgent).at(-1);
  await slack.act({
    pod: pod.id,
    actor: person.id as ParticipantId,
    via: 'slack',
    action: 'post_message',
    input: {
      conversation: conversation.id,
      text: agent ? `@${agent.slice(6)} please try again.` : 'Please try again.',
    },
    key: `retry:${pressed.triggerId}`,
  });
}
