// Handles the slash command /skein.
import { closest } from '../../closest.ts';
import { InvalidInput, NotFound } from '../../errors.ts';
import { ACTIONS } from '../../pods/actions.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import { LISTED_ITEMS } from '../../slack/limits.ts';
import type { Inbound } from '../../slack/parse/inbound.ts';
import { notice } from '../../slack/render/blocks.ts';
import { help, podList, taskList } from '../../slack/render/items/lists.ts';
import type { Post } from '../../slack/render/render.ts';
import { runList } from '../../slack/render/runs/run-list.ts';
import { spokenAction } from '../typed/spoken-action.ts';
import { refusalInSlack } from '../typed-refusal.ts';
import { makePod, postOnce, welcome } from './channels.ts';
import type { SlackContext } from './context.ts';
import { DIGEST_HELP, digestCommand } from './digest.ts';
import { filesEverywhere, filesPost } from './file-list/list.ts';
import { listedPods, listedTasks, type ShownPod, shownPodsOf, tasksEverywhere } from './lists.ts';
import { onlyAwaited, withAwaited } from './needs/awaited.ts';
import { FOLLOW_HELP, followCommand } from './needs/follow.ts';
import { HOURS_HELP, hoursCommand } from './needs/hours.ts';
import { waitingPost } from './needs/waiting.ts';
import { personOf } from './people/people.ts';
import { historyWords } from './pod-posts.ts';
import { isMemberOf, podOf } from './pods.ts';
import { controlCommand, PAUSE_HELP } from './runs/command.ts';
import { listedRuns } from './runs/list.ts';
import { GRAPH_HELP, graphCommand } from './tasks/graph.ts';
import type { PodCommand } from './tasks/pod-command.ts';
import { REPEAT_HELP, repeatCommand } from './tasks/repeat.ts';
import { SAID_HELP, saidCommand, saidExample, saidExamples } from './tasks/said-command.ts';
import { WORKFLOW_HELP, workflowCommand, workflowsCommand } from './tasks/workflow.ts';
import { markdownOf } from './text.ts';
import { DO_HELP, doTyped } from './typed.ts';

type Command = Extract<Inbound, { kind: 'command' }>;

const COMMANDS = [
  {
    usage: '/skein waiting [for]',
    says: 'what waits for you, in all your pods, and what you wait for; with “for” only that',
  },
  { usage: '/skein pods', says: 'the pods you are in' },
  {
    usage: '/skein tasks [@name] [page]',
    says: "this pod's tasks that are not done; in a direct message those of all your pods",
  },
  {
    usage: '/skein files',
    says: "this pod's files, their versions and what changed; in a direct message the newest of all your pods",
  },
  ...GRAPH_HELP,
  { usage: '/skein runs', says: 'what agents are doing in this pod; in a direct message in all your pods' },
  ...PAUSE_HELP,
  {
    usage: '/skein pod new [with history] [name]',
    says: 'makes this channel a pod; with history, what was said in its last two weeks is read in',
  },
  ...DIGEST_HELP,
  ...HOURS_HELP,
  ...FOLLOW_HELP,
  ...REPEAT_HELP,
  ...WORKFLOW_HELP,
  ...SAID_HELP,
  ...DO_HELP,
  { usage: '/skein help', says: 'this list' },
];

const AGENTS_HELP = [
  { usage: '@Skein @scribe …', says: 'asks an agent, in a thread; @scribe alone will do' },
  { usage: '@Skein …', says: "asks the pod's default agent" },
  { usage: 'stop', says: 'in a thread, stops what agents do there; “stop all” also what they do for it elsewhere' },
  { usage: 'pause', says: 'in a thread, pauses them; “go on” lets them go on' },
  { usage: 'I take over', says: 'in a thread, takes their work; “over to you again: …” hands it back' },
];

/** The commands about the pod of the channel. */
const POD_COMMANDS: ReadonlyMap<string, PodCommand> = new Map([
  ['follow', followCommand],
  ['repeat', repeatCommand],
  ['workflow', workflowCommand],
]);

export const COMMAND_LIST = [...COMMANDS, ...AGENTS_HELP];

/** Handles the command and answers it. `at`: when the command was saved, in milliseconds since 1970. */
export async function command(slack: SlackContext, asked: Command, at: number): Promise<void> {
  const reply = (post: Post) => slack.sender.respond(asked.responseUrl, { post });
  try {
    const person = await personOf(slack, asked.user);
    if (!person) throw new NotFound('Slack says that you are a bot; only people can use this command.');
    const answer = await answerTo(slack, asked, person, at);
    if (answer) await reply(answer);
  } catch (error) {
    await reply(notice(refusalInSlack(error)));
  }
}

/** The words with which people start a workflow, too. */
const START_WORKFLOW = /^start\s+(?:(?:a|the)\s+)?(?=workflow\b)/i;

async function answerTo(slack: SlackContext, sent: Command, person: PersonDoc, at: number): Promise<Post | undefined> {
  const asked = { ...sent, text: sent.text.trim().replace(START_WORKFLOW, '') };
  const [word = 'help', ...rest] = asked.text.trim().split(/\s+/).filter(Boolean);
  const inPod = POD_COMMANDS.get(word.toLowerCase());
  if (inPod) return inPod(slack, asked, person, (await podsMeant(slack, asked, person)).here, rest.join(' '));
  switch (word.toLowerCase()) {
    case 'help':
      return help(COMMAND_LIST);
    case 'waiting':
      return rest[0]?.toLowerCase() === 'for'
        ? onlyAwaited(slack, person)
        : withAwaited(slack, person, await waitingPost(slack, person));
    case 'pods':
      return podList(await listedPods(slack, await shownPodsOf(slack, person)));
    case 'tasks':
      return tasks(slack, asked, person, rest.join(' '));
    case 'graph': {
      const { here, where } = await podsMeant(slack, asked, person);
      return graphCommand(slack, person, here && { ...here, name: where }, rest.join(' '));
    }
    case 'files':
      return files(slack, asked, person);
    case 'runs':
      return runs(slack, asked, person);
    case 'pause':
    case 'resume': {
      const { here, where, pods } = await podsMeant(slack, asked, person);
      const about = { pods: here ? [here] : pods, where, who: rest.join(' '), triggerId: asked.triggerId };
      return controlCommand(slack, word.toLowerCase() === 'pause' ? 'pause' : 'resume', person, about);
    }
    case 'pod':
      return newPod(slack, asked, person, rest, at);
    case 'do':
      return doTyped(slack, asked, person, asked.text.trim().replace(/^\S+\s*/, ''));
    case 'hours':
    case 'away':
    case 'back':
      return hoursCommand(slack, asked, person, [word, ...(await namedIn(slack, rest))]);
    case 'workflows':
      return workflowsCommand(slack, person);
    case 'digest':
      return digestCommand(slack, asked, person, rest, at);
    default:
      if (ACTIONS.has(word)) return doTyped(slack, asked, person, asked.text.trim());
      return (await said(slack, asked, person, at)) ?? doSpoken(slack, asked, person);
  }
}

async function said(slack: SlackContext, asked: Command, person: PersonDoc, at: number): Promise<Post | undefined> {
  const pod = async () => (await podsMeant(slack, asked, person)).here;
  return saidCommand(slack, asked, person, { text: await markdownOf(slack, asked.text.trim()), pod, at });
}

/** @throws InvalidInput if the words are no command either */
async function doSpoken(slack: SlackContext, asked: Command, person: PersonDoc): Promise<Post | undefined> {
  const typed = spokenAction(asked.text);
  if (typed) return doTyped(slack, asked, person, typed);
  const [word = '', ...rest] = (await markdownOf(slack, asked.text.trim())).split(/\s+/);
  throw new InvalidInput(unknownWords(word.slice(0, 50), rest.join(' ').slice(0, 50)));
}

/** The first words of all commands. */
const WORDS = [...new Set(['back', ...COMMANDS.map(({ usage }) => usage.split(' ')[1] ?? '')])].filter(
  (one) => !one.startsWith('#'),
);

function unknownWords(word: string, rest: string): string {
  const task = /^#?(\d{1,9})[:,]?$/.exec(word)?.[1];
  if (task) {
    const there = `There are: ${saidExamples(`#${task}`).join(', ')}.`;
    return rest ? `“${rest}” is nothing that can be done to #${task}. ${there}` : `What about #${task}? ${there}`;
  }
  const example = saidExample(word);
  if (example) return `Say to which task: “/skein ${example}”. “/skein tasks” shows their numbers.`;
  const near = closest(word.toLowerCase(), WORDS) ?? closest(word.toLowerCase(), [...ACTIONS.keys()]);
  const named = near ? [near] : actionsFrom(word.toLowerCase());
  const meant = named.length ? `Did you mean ${named.map((one) => `“/skein ${one}”`).join(' or ')}? ` : '';
  return `There is no “/skein ${word}”. ${meant}“/skein help” says what there is. To ask an agent, write to it in the channel: “@scribe what is open here?”`;
}

/** Returns the actions that begin with the word: “create” is several. */
function actionsFrom(word: string): string[] {
  const all = [...ACTIONS.values()].flatMap(({ name, internal }) =>
    !internal && name.startsWith(`${word}_`) ? name : [],
  );
  return all.slice(0, MOST_MEANT);
}

const MOST_MEANT = 3;

async function tasks(slack: SlackContext, asked: Command, person: PersonDoc, words: string): Promise<Post> {
  const { here, where, pods } = await podsMeant(slack, asked, person);
  const [, who = '', number = '1'] = /^(.*?)(?:(?:^|\s)([1-9]\d{0,3}))?$/s.exec(words.trim()) ?? [];
  if (STATES.test(who.trim()))
    throw new InvalidInput(
      '“/skein tasks” lists those that are not done. “/skein list_tasks --state done” lists those that are, and “--state all” all of them.',
    );
  const page = Number(number);
  const own = /^(?:me|mine|my)$/i.test(who.trim());
  const wanted = { assignee: own ? person.id : await assigneeOf(slack, who), most: page * LISTED_ITEMS };
  const found = here
    ? await listedTasks(slack, person, here, wanted)
    : await tasksEverywhere(slack, person, pods, wanted);
  const named = (await markdownOf(slack, who)).trim();
  const more = (next: number) => ['/skein tasks', named, next].filter(Boolean).join(' ');
  return taskList({ pod: where, ...found, page, more });
}

const STATES = /^(?:all|done|finished|completed|closed|open|dropped)$/i;

async function files(slack: SlackContext, asked: Command, person: PersonDoc): Promise<Post> {
  const { here, where, pods } = await podsMeant(slack, asked, person);
  return here
    ? filesPost(slack, person, { pod: here.id, name: where })
    : filesEverywhere(slack, person, { pods, where });
}

async function runs(slack: SlackContext, asked: Command, person: PersonDoc): Promise<Post> {
  const { here, where, pods } = await podsMeant(slack, asked, person);
  return runList({ pod: where, runs: await listedRuns(slack, person, here ? [here] : pods) });
}

interface Meant {
  /** The channel's pod. Absent if the person is not a member of it. */
  here?: { id: string };
  /** A phrase for the answer: the pod's name, or “your pods”. */
  where: string;
  pods: readonly ShownPod[];
}

async function podsMeant(slack: SlackContext, asked: Command, person: PersonDoc): Promise<Meant> {
  const here = await podOf(slack, asked);
  // A person who previews a channel without joining it must not see its pod.
  if (here && !here.direct && (await isMemberOf(slack, here.id, person)))
    return { here: { id: here.id }, where: here.name, pods: [] };
  const pods = await shownPodsOf(slack, person);
  if (!pods.length) throw new NotFound('You are in no pod yet. Write /skein pod new in a channel to make it one.');
  // The answer is the same for a pod of other people and for no pod.
  return { where: asked.channel.startsWith('D') || here?.direct ? 'your pods' : NOT_HERE, pods };
}

const NOT_HERE = 'your pods (you are not a member of one in this channel)';

/**
 * Returns the id of a mentioned person, otherwise the text. Slack sends `<@U1|ben>` if the command has escaping on, and
 * `@ben` if not.
 */
async function assigneeOf(slack: SlackContext, who: string): Promise<string | undefined> {
  const user = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(who.trim())?.[1];
  const known = user ? await personOf(slack, user) : undefined;
  return known?.id ?? ((await markdownOf(slack, who)).trim() || undefined);
}

/** With the ids of people in place of their mentions. */
async function namedIn(slack: SlackContext, words: readonly string[]): Promise<string[]> {
  return Promise.all(words.map(async (word) => (await assigneeOf(slack, word)) ?? word));
}

async function newPod(
  slack: SlackContext,
  asked: Command,
  person: PersonDoc,
  [word, ...rest]: string[],
  at: number,
): Promise<Post> {
  if (word?.toLowerCase() !== 'new')
    throw new InvalidInput('Write “/skein pod new” to make this channel a pod, or “/skein pods” to list yours.');
  const past = /^with history$/i.test(rest.slice(0, 2).join(' '));
  const name = (await markdownOf(slack, rest.slice(past ? 2 : 0).join(' '))).trim();
  // A misspelt “with history” would otherwise become the pod's name.
  if (!past && /^with\b/i.test(name))
    throw new InvalidInput(
      'Write “/skein pod new with history” to have the channel’s last two weeks read in. The name of a pod can’t begin with “with”.',
    );
  const pod = await makePod(slack, asked.channel, person, {
    ...(name ? { name } : {}),
    ...(past ? { past: at } : {}),
  });
  if ('question' in pod) return pod.question;
  const words = await welcome(slack, pod, { past });
  if (pod.made) await postOnce(slack, asked.channel, words, `welcome:${asked.triggerId}`, at);
  const { fill } = slack.texts;
  const said = [
    fill('pod-welcome', pod.made ? 'done' : 'already'),
    past && !pod.made && (pod.past ? historyWords(slack.texts) : fill('pod-welcome', 'history-by-owners')),
  ];
  return notice(said.filter(Boolean).join(' '));
}
