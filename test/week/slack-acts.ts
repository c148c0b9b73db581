// What people do in Slack.
import type { Person, Pod } from './cast.ts';
import { type Choice, colleague, perform, podOf, podsOf, type Scene, sentence } from './scene.ts';

/** The plainest words of a week: most are said to nobody in particular. */
export const IN_SLACK: readonly Choice[] = [
  { weight: 26, act: chat },
  { weight: 18, act: reply },
  { weight: 11, act: mention },
  { weight: 8, act: askAgent },
  { weight: 5, act: taskByAgent },
  { weight: 12, act: taskByHand },
  { weight: 3, act: taskForAgent },
  { weight: 10, act: moveTask },
  { weight: 6, act: agentAsksPerson },
  { weight: 5, act: answer },
  { weight: 3, act: decide },
  { weight: 2, act: writeFile },
  { weight: 2, act: edit },
  { weight: 2, act: look },
  { weight: 2, act: remove },
  { weight: 2, act: forget },
  { weight: 2, act: decideOnMail },
];

function channelOf(scene: Scene, who: Person): Pod & { channel: string } {
  const all = podsOf(scene, who).filter((pod): pod is Pod & { channel: string } => pod.channel !== undefined);
  return scene.random.pick(all as [Pod & { channel: string }]);
}

async function say(scene: Scene, who: Person, channel: string, text: string, thread?: string): Promise<string> {
  const ts = await scene.team.say(who.handle, channel, text, thread);
  scene.messages += 1;
  if (!thread) scene.threads.push({ channel, ts, by: who });
  return ts;
}

async function chat(scene: Scene, who: Person) {
  await say(scene, who, channelOf(scene, who).channel, `I shall ${sentence(scene)} after lunch.`);
}

async function reply(scene: Scene, who: Person) {
  const { channel } = channelOf(scene, who);
  const near = scene.threads.filter((one) => one.channel === channel).slice(-6);
  if (near.length === 0) return chat(scene, who);
  const { ts } = scene.random.pick(near as [(typeof near)[number]]);
  await say(scene, who, channel, `Good. Then I ${sentence(scene)} as well.`, ts);
}

async function mention(scene: Scene, who: Person) {
  const pod = channelOf(scene, who);
  const other = colleague(scene, pod, who);
  const words = sentence(scene);
  await say(scene, who, pod.channel, `@${other.handle} can you ${words}?`);
  scene.expected.push({ person: other, words });
}

async function askAgent(scene: Scene, who: Person) {
  const agent = scene.random.pick(['scribe', 'pilot', 'ledger', 'courier'] as const);
  const question = scene.random.pick(['what is open?', 'what did we decide?', 'which files are there?'] as const);
  await say(scene, who, channelOf(scene, who).channel, `@${agent} ${question}`);
}

async function taskByAgent(scene: Scene, who: Person) {
  const pod = channelOf(scene, who);
  const other = colleague(scene, pod, who);
  const words = sentence(scene);
  await say(scene, who, pod.channel, `@scribe please add a task for ${other.name} to ${words}`);
  scene.expected.push({ person: other, words });
}

async function taskByHand(scene: Scene, who: Person) {
  const pod = podOf(scene, who);
  const other = colleague(scene, pod, who);
  const words = sentence(scene);
  await perform(scene, who, pod, 'create_task', { title: words, assignee: other.name });
  scene.expected.push({ person: other, words });
}

async function taskForAgent(scene: Scene, who: Person) {
  await perform(scene, who, podOf(scene, who), 'create_task', { title: sentence(scene), assignee: '@scribe' });
}

async function moveTask(scene: Scene, who: Person) {
  const pod = podOf(scene, who);
  const { tasks } = (await perform(scene, who, pod, 'list_tasks', { assignee: who.name })) as {
    tasks: { number: number; state: string }[];
  };
  const [task] = tasks;
  if (!task) return chat(scene, who);
  await perform(scene, who, pod, task.state === 'open' ? 'start_task' : 'complete_task', { task: `#${task.number}` });
}

async function agentAsksPerson(scene: Scene, who: Person) {
  const pod = channelOf(scene, who);
  const other = colleague(scene, pod, who);
  const words = `for crate no. ${scene.n}`;
  await say(scene, who, pod.channel, `@pilot ask ${other.name}: which flour do we order ${words}, rye or wheat?`);
  scene.expected.push({ person: other, words });
}

/** Presses the first button of a question in a channel, if one waits for this person. */
async function answer(scene: Scene, who: Person) {
  const { waiting } = await scene.team.get<{ waiting: { question?: string; pod: { id: string } }[] }>(
    `/practice/waiting?as=${who.handle}`,
  );
  const asked = waiting.find(({ question }) => question !== undefined);
  if (!asked) return reply(scene, who);
  await scene.team.post('/practice/act', {
    as: who.handle,
    pod: asked.pod.id,
    action: 'answer_question',
    input: { question: asked.question, choice: 'Rye' },
  });
}

async function decide(scene: Scene, who: Person) {
  await perform(scene, who, podOf(scene, who), 'record_decision', { decision: `We ${sentence(scene)} on Fridays.` });
}

async function writeFile(scene: Scene, who: Person) {
  const text = `# Notes\n\n- ${sentence(scene)}\n`;
  await perform(scene, who, podOf(scene, who), 'put_file', { name: `notes-${scene.n}.md`, text });
}

async function edit(scene: Scene, who: Person) {
  const own = scene.threads.findLast(({ by }) => by === who);
  if (!own) return chat(scene, who);
  const text = `I shall ${sentence(scene)} tomorrow instead.`;
  await scene.team.post('/practice/edit', { as: who.handle, channel: own.channel, ts: own.ts, text });
}

async function look(scene: Scene, who: Person) {
  await scene.team.command(who.handle, channelOf(scene, who).channel, '/skein waiting');
}

/** Deletes an own message of a channel: what agents quoted of it goes along. */
async function remove(scene: Scene, who: Person) {
  const own = scene.threads.find(({ by }) => by === who);
  if (!own) return chat(scene, who);
  scene.threads = scene.threads.filter((one) => one !== own);
  await scene.team.post('/practice/delete', { as: who.handle, channel: own.channel, ts: own.ts });
}

interface OfferToForget {
  why: string;
  trace?: string;
  pod: { id: string };
}

/** Answers what is offered after an edit or a deletion. */
async function forget(scene: Scene, who: Person) {
  const { waiting } = await scene.team.get<{ waiting: OfferToForget[] }>(`/practice/waiting?as=${who.handle}`);
  const offer = waiting.find(({ why }) => why === 'made_from');
  if (!offer) return edit(scene, who);
  const input = { trace: offer.trace, answer: scene.random.pick(['forget', 'keep'] as const) };
  await scene.team.post('/practice/act', { as: who.handle, pod: offer.pod.id, action: 'settle_traces', input });
}

/** An owner lets a mail in that waits, such as one of the guest. */
async function decideOnMail(scene: Scene, who: Person) {
  const [launch] = scene.cast.pods;
  if (!launch || who !== scene.cast.people[0]) return chat(scene, who);
  const { mails } = (await perform(scene, who, launch, 'list_held_mails', {})) as { mails: { id: string }[] };
  const mail = mails.at(-1)?.id;
  if (!mail) return chat(scene, who);
  await perform(scene, who, launch, scene.random.pick(['accept_mail', 'reject_mail'] as const), { mail });
}
