// Whoever has a step of a workflow is swapped in the midst of the work, agents and people, in Slack and by mail: the new one begins
// or hears once, the old one changes nothing more, and what stands goes along.
import { expect } from 'chai';
import { aMailRoom, HOME, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';
import { type Answer, type Asked, aRuleModel, assignmentsIn, type RuleModel } from './rule-model.ts';
import type { Seen } from './team.ts';

const HOUR = 3600;
const MAJA = 'maja@orchard.example';
const STANDS = 'Half of it stands: rye cost 1.20 in March.';

interface Task {
  number: number;
  title: string;
  state: string;
  assigneeName?: string;
}

interface View {
  id: string;
  title: { text: string } | null;
  blocks: { block_id?: string; element?: { options?: { text: { text: string }; value: string }[] } }[];
}

/** An agent that has begun, and whose next step waits. */
function aGate() {
  let begins = () => {};
  let release = () => {};
  const begun = new Promise<void>((done) => {
    begins = done;
  });
  const released = new Promise<void>((done) => {
    release = done;
  });
  return { begun, begins: () => begins(), released, release: () => release() };
}

describe('a step of a workflow whose holder is swapped', function () {
  this.timeout(120_000);
  let room: MailRoom;
  let model: RuleModel;
  let gates: Map<string, ReturnType<typeof aGate>>;
  /** The tasks that a reviewer has sent back once. */
  let found: Set<string>;

  beforeEach(async () => {
    gates = new Map();
    found = new Set();
    model = await aRuleModel(answerTo);
    room = await aMailRoom({ ...model.settings });
    for (const as of ['ada', 'ben']) await room.team.command(as, 'launch', '/skein digest stop');
    for (const { number } of (await room.act<{ tasks: Task[] }>('list_tasks')).tasks)
      await room.act('complete_task', { task: `#${number}` });
    await room.invites(MAJA, 'Maja Holm');
    await room.endsDigest(MAJA);
  });
  afterEach(async () => {
    for (const { release } of gates.values()) release();
    await room.stop();
    await model.stop();
  });

  async function answerTo(asked: Asked): Promise<Answer> {
    if (asked.results.join().includes('given on while you worked')) return { says: STANDS };
    if (asked.results.length) return { says: 'That is done.' };
    const [newest] = assignmentsIn(asked).slice(-1);
    if (newest?.why === 'review') {
      const isFirst = !found.has(newest.task);
      found.add(newest.task);
      if (isFirst) return { calls: [['send_back', { task: newest.task, comments: 'A stranger could read the keys' }]] };
      return { calls: [['approve', { task: newest.task }]] };
    }
    const [mine] = assignmentsIn(asked)
      .filter(({ to }) => to === 'you')
      .slice(-1);
    if (!mine) return { says: 'Nothing to do.' };
    if (mine.why === 'approved')
      return { calls: [['complete_task', { task: mine.task, note: 'Built, and approved' }]] };
    const gate = gates.get(asked.agent);
    gate?.begins();
    await gate?.released;
    gates.delete(asked.agent);
    if (mine.review) return { calls: [['request_review', { task: mine.task, note: 'It is in branch passkeys' }]] };
    return { calls: [['complete_task', { task: mine.task, note: `Found by ${asked.agent}` }]] };
  }

  const held = (agent: string) => {
    const gate = aGate();
    gates.set(agent, gate);
    return gate;
  };
  const part = async (words: string, pod?: string) =>
    (await room.act<{ tasks: Task[] }>('list_tasks', { state: 'all' }, pod)).tasks.find(({ title }) =>
      title.startsWith(words),
    ) as Task;
  const find = (pod?: string) => part('Find what we know', pod);
  const begun = (agent: string) => model.asked.filter((one) => one.agent === agent && !one.results.length);
  const refusedTo = (agent: string) =>
    model.asked.filter((one) => one.agent === agent && one.results.join().includes('given on while you worked'));
  const plain = ({ text }: Pick<Seen, 'text'>) => text.replace(/<[^|>]*\|([^>]*)>/g, '$1').replaceAll('*', '');
  const later = async () => {
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: HOUR });
    await room.team.quiet();
  };
  let sent = 0;
  const answers = async (mail: InBox, text: string) => {
    const to = /^Reply-To: .*?([\w.+-]+@[\w.-]+)/im.exec(mail.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
    const head = { from: MAJA, to, subject: `Re: ${mail.subject}`, id: `swap-${++sent}`, headers: reply(mail) };
    await room.send(MAJA, to, aMail({ ...head, text }));
  };

  it('from Scribe to Ben in Slack, on to Maja, and by her reply to Scout: each hears once, and what stands goes along', async () => {
    await room.act('add_member', { who: 'maja' });
    const gate = held('scribe');
    const roles = '(researcher: scribe, writer: pilot, expert: ben, sender: ada)';
    await room.team.command('ada', 'launch', `/skein workflow customer-question: Rye ${roles}`);
    await gate.begun;
    const { number } = await find();
    const given = ({ text }: Seen) => text.includes(`gave #${number} `);
    const root = (await room.team.until('launch', '', (all) => all.some(({ text }) => text.includes(': Rye')))).find(
      ({ text }) => text.includes(': Rye'),
    );
    const card = (await room.team.until('launch', root?.ts ?? '', (all) => all.some(given))).find(given);
    await room.team.post('/practice/click', { as: 'ada', channel: 'launch', ts: card?.ts, actionId: 'item.give' });
    const form = await view('Give a task on');
    const ben = form.blocks
      .find(({ block_id: id }) => id === 'assignee')
      ?.element?.options?.find(({ text }) => text.text === 'Ben Okafor')?.value;
    await room.team.post('/practice/submit', { as: 'ada', viewId: form.id, values: { assignee: ben } });
    await until(async () => (await find()).assigneeName === 'Ben Okafor');
    gate.release();
    await later();
    expect(await find()).to.include({ state: 'open', assigneeName: 'Ben Okafor' });
    expect(refusedTo('scribe')).to.have.length(1);
    expect(begun('scribe')).to.have.length(1);
    const thread = (await room.team.messages('launch', root?.ts)).map((one) => `${one.username}: ${plain(one)}`);
    expect(thread).to.include(`Scribe: ${STANDS}`);
    const toBen = (await room.team.messages('app', '', 'ben')).filter((one) => plain(one).includes(`#${number} `));
    expect(toBen.map(plain)).to.have.length(1);
    expect(plain(toBen[0] as Seen)).to.match(/^Ada Lindqvist gave you #\d+ “Find what we know about: Rye” in launch/);

    await room.team.command('ben', 'launch', `/skein do assign_task --task #${number} --assignee maja`);
    await later();
    const hers = ({ text }: InBox) => text.includes(`#${number} `);
    const [mail, ...more] = (await room.mails(MAJA, (all) => all.some(hers))).filter(hers);
    expect(more.map(({ text }) => text)).to.deep.equal([]);
    expect(mail?.text).to.match(/Ben Okafor gave you #\d+ “Find what we know about: Rye”/);
    await answers(mail as InBox, 'assign to scout');
    await room.team.quiet();
    const [first, ...others] = begun('scout');
    expect(others).to.have.length(0);
    expect(first?.news).to.include(STANDS).and.include('Say in one line what is asked.');
    expect(await find()).to.include({ state: 'done', assigneeName: 'Scout' });
    expect(begun('pilot'), 'the next step begins').to.have.length(1);
  });

  it('from Scribe to Maja herself by mail, in a pod without Slack, and on to Ada, who hears once', async () => {
    const { pod } = await room.act<{ pod: { id: string } }>('create_pod', {
      name: 'Orchard',
      agents: ['scribe', 'scout'],
    });
    await room.act('add_member', { who: 'Maja Holm' }, pod.id);
    const to = `orchard@${HOME}`;
    await room.send(MAJA, to, aMail({ from: MAJA, to, subject: 'Sundays', text: 'Do we deliver?', id: 'q' }));
    const [asked] = await room.mails(MAJA, (all) => all.some(({ subject }) => subject.includes('Sundays')));
    await room.team.quiet();
    const gate = held('scribe');
    const opened = (await room.boxWithoutInvitations(MAJA)).find(({ subject }) => subject.includes('Sundays'));
    const roles = '(researcher: scribe, writer: Maja Holm, expert: Ada, sender: Maja Holm)';
    await answers((opened ?? asked) as InBox, `workflow customer-question ${roles}`);
    await gate.begun;
    const { number } = await find(pod.id);
    await answers((opened ?? asked) as InBox, `assign #${number} to Maja Holm`);
    await until(async () => (await find(pod.id)).assigneeName === 'Maja Holm');
    gate.release();
    await room.team.quiet();
    expect(refusedTo('scribe')).to.have.length(1);
    expect(await find(pod.id)).to.include({ state: 'open', assigneeName: 'Maja Holm' });
    await later();
    expect(JSON.stringify((await room.boxWithoutInvitations(MAJA)).map(({ text }) => text))).to.include(STANDS);
    await answers((opened ?? asked) as InBox, `assign #${number} to Ada`);
    await later();
    const toAda = (await room.team.messages('app', '', 'ada')).filter((one) =>
      plain(one).includes(`gave you #${number} “Find what we know`),
    );
    expect(toAda).to.have.length(1);
  });

  it('of a change goes from Scribe to Ben, who is away, and by his deputy to Scout; security sends it back, and it is released', async () => {
    const gate = held('scribe');
    const roles = '(developer: scribe, security: pilot, qa: ada, owner: pilot)';
    await room.team.command('ada', 'launch', `/skein workflow change-to-release: Passkeys ${roles}`);
    await gate.begun;
    const { number } = await part('Build:');
    await room.team.command('ben', 'launch', '/skein away until 2031-01-07 deputy @chiara');
    await room.act('assign_task', { task: `#${number}`, assignee: 'ben' });
    gate.release();
    await later();
    const [refused, ...again] = refusedTo('scribe');
    expect(again).to.deep.equal([]);
    expect(refused?.results.join()).to.include(`#${number} is with Ben Okafor now`);
    expect(await part('Build:')).to.include({ state: 'open', assigneeName: 'Ben Okafor' });
    const about = (seen: Pick<Seen, 'text'>) => plain(seen).includes(`#${number} `);
    expect((await room.team.messages('app', '', 'ben')).filter(about), 'Ben is away').to.deep.equal([]);
    // She may have been told of the demo's tasks first, and the next message waits for its own time.
    await later();
    const toChiara = (await room.team.messages('app', '', 'chiara')).filter(about);
    expect(toChiara.map(plain)).to.have.length(1);
    expect(plain(toChiara[0] as Seen))
      .to.include('Build: Passkeys')
      .and.include('Ben Okafor');

    await room.team.command('chiara', 'launch', `/skein do assign_task --task #${number} --assignee scout`);
    await until(async () => (await part('Build:')).state === 'done');
    expect(begun('scout')[0]?.news).to.include(STANDS).and.include('First show the plan');
    expect(await part('Build:')).to.include({ state: 'done', assigneeName: 'Scout' });
    expect(begun('scout').map((one) => assignmentsIn(one).at(-1)?.why)).to.deep.equal([
      'given',
      'sent_back',
      'approved',
    ]);
    const qa = await part('Bring through QA');
    await until(async () =>
      begun('scribe').some((one) => assignmentsIn(one).some(({ task }) => task === `#${qa.number}`)),
    );
    await room.team.quiet();
    await room.act('approve', { task: `#${qa.number}` });
    await until(async () => (await part('Decide on the release')).state === 'done');
    expect(await part('Bring through QA')).to.include({ state: 'done', assigneeName: 'Scribe' });
  });

  async function view(title: string): Promise<View> {
    let found: View | undefined;
    await until(async () => {
      found = (await room.team.get<View[]>('/practice/views?as=ada')).find((one) => one.title?.text === title);
      return found !== undefined;
    });
    return found as View;
  }

  /** While an agent is at work Skein is never quiet. */
  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((done) => setTimeout(done, 25)))
      if (await holds()) return;
    throw new Error(`Not in time.\n${room.team.lines.slice(-15).join('\n')}`);
  }
});
