import { expect } from 'chai';
import type { Links } from '../../../src/digest/facts.ts';
import { LOG_SPECS } from '../../../src/log/fold.ts';
import { makeReader } from '../../../src/log/read.ts';
import { carryDigest, type DigestDeps } from '../../../src/outbox/kinds/digest.ts';
import { digestPosts, inPlaceOf } from '../../../src/outbox/slack/digest/posts.ts';
import { forgetWordings, WORDING_SPEC, type Worded, type WordingDoc } from '../../../src/outbox/wordings.ts';
import { VIEW_SPECS } from '../../../src/pods/kinds.ts';
import { TASKS, type TaskDoc } from '../../../src/pods/tasks/task.ts';
import { type Section, without } from '../../../src/pods/telling/notices/sent-digest.ts';
import { aWorld, refusal, START, type World } from '../../pods/build.ts';
import { memoryStore } from '../../store/memory.ts';
import { texts } from '../../texts/words.ts';

const links: Links = {
  pod: () => 'https://slack.example/pod',
  conversation: () => 'https://slack.example/thread',
  message: () => 'https://slack.example/message',
};

describe('carrying a digest', () => {
  let world: World;
  let sent: Worded[];
  let deps: DigestDeps;
  let days: number;
  let said: number;
  beforeEach(async () => {
    world = await aWorld({ store: memoryStore([...LOG_SPECS, ...VIEW_SPECS, WORDING_SPEC]) });
    [sent, days, said] = [[], 0, 0];
    deps = {
      act: world.act,
      texts,
      read: makeReader(world.store),
      clock: () => world.clock.now,
      wordings: world.store.collection<WordingDoc>('wordings'),
      links,
      slack: async (worded) => void sent.push(worded),
    };
    // The digest about the creation of the pod is sent first; the tests are about later ones.
    world.clock.now = START + 3_600_000;
    await due();
  });

  /** Closes the next day and returns the delivery. */
  async function due(person = world.ada) {
    const before = world.delivered.length;
    const day = new Date(START + ++days * 86_400_000).toISOString().slice(0, 10);
    await world.does('skein', 'close_digest', { person, day });
    const delivery = world.delivered.slice(before).find((one) => one.kind === 'digest');
    return delivery?.kind === 'digest' ? delivery : undefined;
  }
  const signal = new AbortController().signal;
  async function carried(person = world.ada): Promise<Worded | undefined> {
    const delivery = await due(person);
    if (delivery) await carryDigest(deps, delivery, signal);
    return sent.at(-1);
  }
  const textOf = ({ sections }: { sections: Section[] } = { sections: [] }) =>
    sections.map(({ title, lines }) => [title, ...lines.map(({ text }) => text)].join('\n')).join('\n');
  const wordsOf = (section: Section | undefined) => section?.lines.map(({ text }) => text) ?? [];
  /** As they are posted to Slack. */
  const posted = ({ sections, facts, time }: Worded) => {
    const digest = { sections, today: facts.today, time, zone: facts.person.timeZone, apart: false };
    return digestPosts(
      texts,
      digest,
      sections.flatMap(({ waits, lines }) => (waits ? lines : [])),
    );
  };
  /** In a new thread or in an existing one. */
  const say = async (text: string, who: World['ben'] | World['scribe'] = world.ben, conversation?: string) => {
    const origin = { kind: 'slack', team: 'T1', channel: 'C1', ts: `${++said}.0001` } as const;
    const { message } = await (conversation
      ? world.does(who, 'post_message', { text, conversation })
      : world.does(who, 'post_message', { text }, { origin }));
    return message as { id: string; conversation: string };
  };

  it('tells what others did, the most important first, each thing once and as it ended up', async () => {
    await world.does(world.ben, 'create_task', { title: 'Book the hall', assignee: 'ben' });
    await world.does(world.ben, 'complete_task', { task: '#1', note: 'Cheap too' });
    await world.does(world.ben, 'create_task', { title: 'Order chairs' });
    await world.does(world.ben, 'start_task', { task: '#2' });
    await world.does(world.ben, 'put_file', { name: 'plan.md', text: '# 1' });
    await world.does(world.ben, 'put_file', { name: 'plan.md', text: '# 2', base: 1 });
    await world.does(world.scribe, 'record_decision', { decision: 'We start on Monday.' }, { onBehalfOf: world.ben });
    await world.does(world.ada, 'create_task', { title: 'Her own work' });
    const [section] = (await carried())?.sections ?? [];
    expect(section).to.include({ title: 'Launch', url: 'https://slack.example/pod' });
    expect(wordsOf(section)).to.deep.equal([
      'Scribe, for Ben Okafor, recorded the decision “We start on Monday.”',
      'Ben Okafor completed #1 “Book the hall”: “Cheap too”',
      'Ben Okafor changed the file “plan.md” (version 2)',
      'Ben Okafor created #2 “Order chairs”',
    ]);
  });

  it('speaks to its reader as “you”, also where somebody did it for them', async () => {
    await world.does(world.ben, 'create_task', { title: 'Weigh' });
    await world.does(world.scribe, 'complete_task', { task: '#1' }, { onBehalfOf: world.ada });
    expect(textOf(await carried()))
      .to.contain('Scribe, for you, completed #1 “Weigh”')
      .and.not.to.contain('Ada');
  });

  it('tells first what others did with the tasks and files of the reader, and no pod repeats it', async () => {
    // A notice tells her that it is done otherwise.
    await world.does(world.ada, 'set_involvement', { level: 'digest' });
    await world.does(world.ada, 'create_task', { title: 'Book the hall', assignee: 'ben' });
    await world.does(world.ada, 'put_file', { name: 'plan.md', text: '# 1' });
    await world.does(world.ben, 'put_file', { name: 'plan.md', text: '# 2', base: 1 });
    await world.does(world.ben, 'put_file', { name: 'other.md', text: '# 1' });
    await world.does(world.ben, 'complete_task', { task: '#1' });
    const { sections } = (await carried()) as Worded;
    expect(sections.map(({ title }) => title)).to.deep.equal(['Your tasks and files', 'Launch']);
    const launch = '[Launch](https://slack.example/pod)';
    expect(wordsOf(sections[0])).to.deep.equal([
      `Ben Okafor completed #1 “Book the hall” in ${launch}`,
      `Ben Okafor changed the file “plan.md” (version 2) in ${launch}`,
    ]);
    expect(wordsOf(sections[1])).to.deep.equal(['Ben Okafor added the file “other.md”']);
  });

  it('joins what the same participant did alike, and says how many more', async () => {
    for (const title of ['A', 'B', 'C', 'D', 'E']) await world.does(world.ben, 'create_task', { title });
    await world.does(world.ben, 'complete_task', { task: '#1' });
    expect(wordsOf((await carried())?.sections[0])).to.deep.equal([
      'Ben Okafor completed #1 “A”',
      'Ben Okafor created #2 “B”, #3 “C” and #4 “D”, and 1 more',
    ]);
  });

  it('says which tasks of others are overdue, for as long as they are', async () => {
    await world.does(world.ben, 'create_task', { title: 'Hall', assignee: 'ben', due: '2026-11-03' });
    await carried();
    const [task] = await world.store.collection<TaskDoc>('tasks').find({ where: { pod: world.pod } });
    const late = async () => {
      const { dueAt } = (await world.doc(TASKS, task?.id ?? '')) ?? {};
      if (dueAt === undefined) return;
      world.clock.now = Math.max(world.clock.now, dueAt);
      await world.does('skein', 'fall_due', { task: task?.id, dueAt });
    };
    await late();
    await late();
    expect(textOf(await carried())).to.contain('Skein noted that #1 “Hall” is overdue');
  });

  it('says of a new task that it will not be done, and why, and no more that it was made', async () => {
    await world.does(world.ben, 'create_task', { title: 'Hall', assignee: 'ben' });
    await world.does(world.ben, 'drop_task', { task: '1', reason: 'It is closed' });
    const said = textOf(await carried());
    expect(said).to.contain('Ben Okafor dropped #1 “Hall”: “It is closed”');
    expect(said).not.to.contain('created');
  });

  it('leaves out what the reader had the last word on, for that is how it ended up', async () => {
    await world.does(world.ben, 'create_task', { title: 'Oven quote' });
    await world.does(world.ben, 'complete_task', { task: '#1', note: 'thanks!' });
    await world.does(world.ada, 'reopen_task', { task: '#1' });
    await world.does(world.ben, 'put_file', { name: 'plan.md', text: '# 1' });
    await world.does(world.ada, 'put_file', { name: 'plan.md', text: '# 2', base: 1 });
    await world.does(world.ben, 'add_member', { who: 'zoe', role: 'guest' });
    await world.does(world.ada, 'remove_member', { who: 'zoe' });
    expect(await carried()).to.equal(undefined);
    await world.does(world.ben, 'complete_task', { task: '#1' });
    expect(textOf(await carried())).to.contain('Ben Okafor completed #1 “Oven quote”');
  });

  it('counts messages by thread and names who wrote, not what the reader wrote', async () => {
    const { conversation } = await say('What about the rye?');
    await say('It sells.', world.scribe, conversation);
    await say('I know.', world.ada, conversation);
    await say('Another matter');
    expect(textOf(await carried())).to.contain(
      '3 messages by Ben Okafor and Scribe: [“What about the rye?”](https://slack.example/thread), [“Another matter”](https://slack.example/thread)',
    );
  });

  it('tells an owner of the mails that wait in quarantine, and nobody else, until they are settled', async () => {
    const about = { from: 'x', subject: 's', excerpt: '', reason: 'Not proved.' };
    const { held } = await world.does('skein', 'hold_mail', { ...about, raw: 'a' });
    await world.does('skein', 'hold_mail', { ...about, raw: 'b' });
    expect(wordsOf((await carried())?.sections[0])).to.deep.equal([
      '2 mails to [Launch](https://slack.example/pod) wait for an owner to accept or reject them',
    ]);
    sent = [];
    expect(textOf(await carried(world.ben))).not.to.contain('wait for an owner');
    await world.does(world.ada, 'reject_mail', { mail: held.id });
    expect(textOf(await carried())).to.contain('1 mail to [Launch]');
  });

  it('has no links into Slack for whoever has no account there', async () => {
    const eva = (await world.does(world.ada, 'invite_person', { email: 'eva@x.example', name: 'Eva' })).person.id;
    await world.does(world.ada, 'add_member', { who: 'Eva' });
    deps = { ...deps, mail: async (worded) => void sent.push(worded) };
    await due(eva);
    await say('@eva which flour?');
    const text = JSON.stringify((await carried(eva))?.sections);
    expect(text).to.contain('which flour?').and.not.to.contain('slack.example');
  });

  it('by mail can’t be called back: whoever erases a message that it quotes is told how many people have it', async () => {
    const invited = async (name: string) => {
      const email = `${name.toLowerCase()}@x.example`;
      const { person } = await world.does(world.ada, 'invite_person', { email, name });
      await world.does(world.ada, 'add_member', { who: name });
      return person.id;
    };
    const people = [await invited('Eva'), await invited('Maja')];
    deps = { ...deps, mail: async (worded) => void sent.push(worded) };
    for (const one of people) await due(one);
    const { id } = await say('@eva @maja the safe is open');
    for (const one of people) expect(textOf(await carried(one))).to.contain('the safe is open');
    const other = await say('@eva which flour?');
    expect(textOf(await carried(people[0]))).to.contain('which flour');
    const deleted = await world.does(world.ben, 'delete_message', { message: id });
    expect(deleted.digestMailedTo).to.equal(2);
    const redacted = await world.does(world.ada, 'redact', { what: other.id });
    expect(redacted.digestMailedTo).to.equal(1);
    const untold = await say('Nobody was told of this.');
    expect(await world.does(world.ben, 'delete_message', { message: untold.id })).not.to.have.property(
      'digestMailedTo',
    );
  });

  it('reminds of tasks by how urgent they are, and of mentions until they are answered', async () => {
    for (const [title, due] of [
      ['Later', '2026-12-24'],
      ['Late', '2026-10-01'],
      ['Today', '2026-11-02'],
    ])
      await world.does(world.ben, 'create_task', { title, assignee: 'ada', due });
    const { conversation } = await say('@ada which flour?');
    await say('@ada and which mill?');
    const lines = wordsOf((await carried())?.sections[0]);
    expect(lines.slice(0, 3).map((line) => /“\w+”/.exec(line)?.[0])).to.deep.equal(['“Late”', '“Today”', '“Later”']);
    expect(lines[0]).to.match(/^\*\*Overdue since Thu 1 Oct:\*\* /);
    expect(lines[3]).to.equal(
      'Ben Okafor [mentioned you](https://slack.example/message) in [Launch](https://slack.example/pod): “@ada and which mill?”',
    );
    await say('Rye.', world.ada, conversation);
    await say('Hm.');
    const after = textOf(await carried());
    expect(after)
      .to.contain('which mill')
      .and.not.to.match(/mentioned you.*which flour/);
  });

  it('lists no line of Skein as a mention: what it tells of has an item of its own', async () => {
    const { conversation } = await say('Who weighs the flour?');
    const { task } = await world.does(world.ben, 'create_task', { title: 'Weigh', assignee: 'ada', conversation });
    const text = `Ben Okafor assigned #${task.number} to @ada, by mail.`;
    await world.does('skein', 'post_message', { conversation, text });
    const lines = textOf(await carried());
    expect(lines).to.contain('“Weigh”').and.not.to.contain('mentioned you');
  });

  it('lists a question once, not as a mention too, and no more once a button has answered it', async () => {
    const { conversation } = await say('Who decides?');
    const asked = { conversation, to: ['ada'], question: 'Which flour?', options: ['Rye', 'Wheat'] };
    const { question } = await world.does(world.scribe, 'ask', asked);
    const times = async () => textOf(await carried()).split('Which flour?').length - 1;
    const mentioned = async () => /mentioned you[^“]*“[^”]*Which flour/.test(textOf(await carried()));
    expect([await times(), await mentioned()]).to.deep.equal([1, false]);
    await world.does(world.ada, 'answer_question', { question: question.id, choice: '1' });
    await say('Hm.');
    expect(await mentioned()).to.equal(false);
  });

  it('takes back a mention with the message, and waits a week for an answer', async () => {
    const message = await say('@ada look');
    await say('@ada here');
    await world.does(world.ben, 'edit_message', { message: message.id, text: 'look' });
    expect(textOf(await carried()))
      .to.contain('“@ada here”')
      .and.not.to.contain('“@ada look”');
    world.clock.now += 8 * 86_400_000;
    await say('Something else');
    expect(textOf(await carried())).not.to.contain('mentioned you');
  });

  it('tells nothing of a pod that the person left after the digest was closed', async () => {
    await world.does(world.ben, 'create_task', { title: 'Secret plan', assignee: 'gil', due: '2026-11-02' });
    const delivery = await due(world.gil);
    await world.does(world.ada, 'remove_member', { who: 'gil' });
    if (!delivery) throw new Error('nothing was due');
    await carryDigest(deps, delivery, signal);
    expect(sent).to.deep.equal([]);
  });

  it('keeps no old words in a post that it no longer needs once something was erased', () => {
    const line = (n: number) => ({ text: `${n} ${'word '.repeat(900)}`, about: [`m_${n}`] });
    const digest = {
      ...{ today: '2026-11-02', time: '09:00', zone: 'UTC', apart: false },
      sections: [{ title: 'Launch', lines: [1, 2, 3, 4].map(line) }],
    };
    const before = digestPosts(texts, digest, []);
    expect(before.length).to.be.above(1);
    const left = [3, 4].reduce((one, n) => without(one, `m_${n}`), without(digest, 'm_2'));
    const after = inPlaceOf(texts, before.length, digestPosts(texts, left, []));
    expect(after).to.have.length(before.length);
    const said = JSON.stringify(after);
    for (const n of [2, 3, 4]) expect(said).not.to.contain(`${n} word`);
    expect(said).to.contain('1 word').and.to.contain('What stood here was erased.');
  });

  it('tells nothing that was erased meanwhile', async () => {
    const message = await say('@ada the code is 4711');
    const { note } = await world.does(world.ben, 'record_decision', { decision: 'The code is 4711' });
    await world.does(world.ben, 'create_task', { title: 'Innocent' });
    const delivery = await due();
    for (const what of [message.id, note.id]) {
      await world.does(world.ada, 'redact', { what });
      const erase = world.delivered.at(-1);
      if (erase?.kind === 'erase') await world.store.bodies.remove(erase.bodies);
    }
    if (delivery) await carryDigest(deps, delivery, signal);
    expect(textOf(sent[0]))
      .to.contain('Innocent')
      .and.not.to.match(/4711|erased/);
  });

  it('sends nothing when only the reader did something, unless it was asked for', async () => {
    await say('Hello', world.ada);
    expect(await carried()).to.equal(undefined);
    await world.does(world.ada, 'send_digest');
    const asked = world.delivered.findLast((one) => one.kind === 'digest');
    if (asked?.kind === 'digest') await carryDigest(deps, asked, signal);
    expect(sent).to.have.length(1);
    expect(posted(sent[0] as Worded)[0]?.text).to.contain(
      'Nothing is new in your pods, and nothing is waiting for you.',
    );
  });

  it('sends nothing to who ended it or left since', async () => {
    await say('Hello');
    const delivery = await due();
    if (!delivery) throw new Error('nothing was due');
    await world.does(world.ada, 'set_digest', { state: 'off' });
    await carryDigest(deps, delivery, signal);
    expect(sent).to.deep.equal([]);
    const his = await due(world.ben);
    expect(his).to.include({ person: world.ben });
    const gone = { account: 'slack:T1:ben', name: 'Ben Okafor', handle: 'ben', role: 'member', state: 'out' };
    await world.does('skein', 'register_person', gone);
    if (his) await carryDigest(deps, his, signal);
    expect(sent).to.deep.equal([]);
  });

  it('says the same when it is sent once more, unless the facts have changed, and keeps nothing afterwards', async () => {
    let worded = 0;
    deps.word = async () => [{ title: 'Launch', lines: [{ text: `wording ${++worded}` }] }];
    let fails = true;
    deps.slack = async (one) => {
      sent.push(one);
      if (fails) throw new Error('no reply');
    };
    const message = await say('Hello');
    await say('Hello again');
    const delivery = await due();
    if (!delivery) throw new Error('nothing was due');
    const attempt = () => carryDigest(deps, delivery, signal).catch(() => undefined);
    await attempt();
    await attempt();
    expect(sent.map(textOf)).to.deep.equal(['Launch\nwording 1', 'Launch\nwording 1']);
    await world.does(world.ada, 'redact', { what: message.id });
    await attempt();
    expect(textOf(sent.at(-1))).to.equal('Launch\nwording 2');
    await forgetWordings(deps.wordings, world.pod);
    await attempt();
    expect(textOf(sent.at(-1))).to.equal('Launch\nwording 3');
    fails = false;
    await attempt();
    expect(await deps.wordings.get(delivery.id)).to.equal(undefined);
  });

  it('stays as it was, with its day, once a mail of it was begun, until something is erased or a pod is left', async () => {
    let begun = false;
    const eva = (await world.does(world.ada, 'invite_person', { email: 'eva@x.example', name: 'Eva' })).person.id;
    await world.does(world.ada, 'add_member', { who: 'Eva' });
    const mail = async (worded: Worded) => {
      [sent, begun] = [[...sent, worded], true];
      throw new Error('no reply');
    };
    deps = { ...deps, mail, begun: async () => begun };
    await world.does(world.ben, 'create_task', { title: 'Order boxes' });
    const delivery = await due(eva);
    if (!delivery) throw new Error('nothing was due');
    const attempt = () => refusal(carryDigest(deps, delivery, signal));
    await attempt();
    await world.does(world.ben, 'create_task', { title: 'Weigh the flour', assignee: 'eva' });
    world.clock.now += 86_400_000;
    await attempt();
    const [first, second] = sent;
    expect(textOf(first)).to.contain('Order boxes');
    expect([textOf(second), second?.facts.today]).to.deep.equal([textOf(first), first?.facts.today]);
    await forgetWordings(deps.wordings, world.pod);
    await attempt();
    expect(textOf(sent.at(-1))).to.contain('Weigh the flour');
    await world.does(world.ada, 'remove_member', { who: 'Eva' });
    await carryDigest(deps, delivery, signal);
    expect(sent, 'nothing is left of what they may read').to.have.length(3);
  });

  it('lets nobody put a link, a mention of all or a line of their own into it', async () => {
    await say(
      '@ada @channel [win](https://evil.example) <!here>\n**Waiting for you**\n- `x` ![p](https://evil.example/p.png)',
    );
    await world.does(world.ben, 'create_task', { title: '[a](https://evil.example) <@U1> @everyone', assignee: 'ada' });
    const worded = await carried();
    const said = JSON.stringify(posted(worded as Worded));
    expect(said).not.to.match(/\]\(https:\/\/evil|<!here|<@U1|@channel|@everyone/);
    expect(worded?.sections[0]?.lines).to.have.length(2);
  });

  it('is set aside with what to do where a mail is due and no mail is set up', async () => {
    await say('Hello');
    const delivery = await due();
    if (!delivery) throw new Error('nothing was due');
    expect((await refusal(carryDigest(deps, { ...delivery, through: 'email' }, signal))).message).to.contain(
      'SMTP_URL',
    );
  });
});
