// The weekly slides, week after week by their schedule: agents build them ahead, people are told when their part comes, one
// lives in mail, somebody is away, and each week ends with slides of its own that were approved.
import { expect } from 'chai';
import { aMailRoom, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';
import { type Answer, type Asked, aRuleModel, assignmentsIn, type RuleModel } from './rule-model.ts';
import type { Seen } from './team.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const MAJA = 'maja@wildgoose.example';

interface Task {
  number: number;
  title: string;
  state: string;
  review?: string;
  files?: string[];
}

type Call = [name: string, input: Record<string, unknown>];

const plain = ({ text }: { text: string }) => text.replace(/<[^|>]*\|([^>]*)>/g, '$1').replaceAll('*', '');

describe('weekly slides', function () {
  this.timeout(240_000);
  let room: MailRoom;
  let model: RuleModel;
  /** The calls that an agent has still to make for its task, each in a turn of its own. */
  let ahead: Map<string, Call[]>;
  /** How many versions each file has. */
  let versions: Map<string, number>;

  before(async () => {
    ahead = new Map();
    versions = new Map();
    model = await aRuleModel(answerTo);
    room = await aMailRoom({ ...model.settings });
    for (const as of ['ada', 'ben', 'chiara']) await room.team.command(as, 'launch', '/skein digest stop');
    await room.invites(MAJA, 'Maja Brandt');
    await room.act('add_member', { who: 'maja' });
    await room.endsDigest(MAJA);
    for (const { number } of await tasks('active')) await room.act('complete_task', { task: `#${number}` });
  });
  after(async () => {
    await room.stop();
    await model.stop();
  });

  function answerTo(asked: Asked): Answer {
    const { agent, results, news } = asked;
    if (!results.length) ahead.set(agent, callsFor(asked));
    const next = ahead.get(agent)?.shift();
    // The version that is written over is the newest at that moment.
    if (next) return { calls: [next[0] === 'put_file' ? put(next[1]) : next] };
    return { says: news.includes('<assignment') || results.length ? 'That is done.' : 'Nothing to do.' };
  }

  function put({ name, text }: Record<string, unknown>): Call {
    const base = versions.get(String(name)) ?? 0;
    versions.set(String(name), base + 1);
    return ['put_file', { name, text, ...(base ? { base } : {}) }];
  }

  function callsFor(asked: Asked): Call[] {
    const [mine] = assignmentsIn(asked)
      .filter(({ to }) => to === 'you')
      .slice(-1);
    if (!mine) return [];
    const { task, why, review } = mine;
    const done: Call = ['complete_task', { task }];
    if (why === 'approved') return [done];
    // Its day has come while others look at it: it waits for them.
    if (why !== 'given' && why !== 'unblocked') return [];
    const name = [...asked.news.matchAll(/It makes the file “([^”]+)”/g)].at(-1)?.[1];
    const text = `What ${asked.agent} has of it, ${task}`;
    const write: Call[] = [
      ['read_file', { name }],
      ['put_file', { name, text }],
    ];
    return [...write, review ? ['request_review', { task, note: 'What changed: the prices.' }] : done];
  }

  const tasks = async (state = 'all') => (await room.act<{ tasks: Task[] }>('list_tasks', { state })).tasks;
  const wholes = async () => (await tasks()).filter(({ title }) => title.startsWith('Weekly slides:'));
  const numbered = async (number: number) => (await tasks()).find((one) => one.number === number);
  const notices = async (as: string) =>
    (await room.team.messages('app', '', as)).filter(({ text }) => !text.startsWith('Your digest'));
  /** Moves the clock until it is there: the people are told in their hours. */
  const comes = async <T>(find: () => Promise<T | undefined>, what: string, step = 4 * HOUR): Promise<T> => {
    for (let n = 0; n < 24; n += 1) {
      await room.team.quiet();
      const found = await find();
      if (found !== undefined) return found;
      await room.team.passes(step);
    }
    const heard = (await Promise.all(['ada', 'ben', 'chiara'].map(notices))).flat().map(plain);
    throw new Error(`${what} never comes.\n${heard.join('\n')}\n${room.team.lines.slice(-15).join('\n')}`);
  };
  const hears = (as: string, words: RegExp): Promise<Seen> =>
    comes(async () => (await notices(as)).findLast((one) => words.test(plain(one))), `${as}: ${words}`);
  const press = async (as: string, { ts }: Seen, actionId: string) => {
    await room.team.post('/practice/click', { as, channel: 'app', ts, actionId });
    await room.team.quiet();
  };
  /** Maja answers the mail that says so. */
  const answers = async (words: RegExp, text: string): Promise<InBox> => {
    const mail = await comes(
      async () => (await room.boxWithoutInvitations(MAJA)).findLast((one) => words.test(one.text)),
      `Maja: ${words}`,
    );
    const to = /^Reply-To: .*?([\w.+-]+@[\w.-]+)/im.exec(mail.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
    const id = `maja-${text.replace(/\W+/g, '-')}`;
    const raw = aMail({ from: MAJA, to, subject: `Re: ${mail.subject}`, id, text, headers: reply(mail) });
    await room.send(MAJA, to, raw);
    await room.team.quiet();
    return mail;
  };
  const isDone = (number: number) =>
    comes(async () => ((await numbered(number))?.state === 'done' ? true : undefined), `#${number} done`, 60);
  /** Days pass until so many weeks were begun. Returns the number of the newest one's whole. */
  const week = (count: number) =>
    comes(
      async () => ((await wholes()).length === count ? (await wholes()).at(-1)?.number : undefined),
      `week ${count}`,
      DAY,
    );
  /** The agents have put the slides together; Maja approves them and has shown them, both by mail. */
  const majaEnds = async (number: number, file: string) => {
    await answers(new RegExp(`Scribe\\W+asks you to review #?\\[?#${number + 4}`), `#${number + 4} approve`);
    await isDone(number + 4);
    expect(await numbered(number + 4)).to.deep.include({ review: 'approved by Maja Brandt', files: [file] });
    // Where a week is late she is told that its day is there.
    await answers(new RegExp(`#${number + 5}[^]*(?:can begin|[Ii]t is with you)`), `#${number + 5} done`);
    await isDone(number + 5);
  };

  it('are built ahead by the agents; Ben is told when his part comes, and Maja by mail when she is to approve', async () => {
    const started = await room.team.command(
      'ada',
      'launch',
      '/skein start_workflow --workflow weekly-slides --about "week 1" --roles "contributor: @ben" --roles "presenter: Maja Brandt" --repeat',
    );
    expect(started).to.include('every Monday at 09:00');
    const number = await week(1);
    const told = await hears('ben', /can begin/);
    expect(plain(told)).to.match(
      new RegExp(
        `#${number + 3} “Add your part to the slides: week 1” in launch can begin.*: #${number + 2} is done\\.`,
      ),
    );
    for (const step of [1, 2]) expect(await numbered(number + step)).to.include({ state: 'done' });
    expect((await notices('ben')).filter((one) => plain(one).includes('Add your part'))).to.have.length(1);
    await press('ben', told, 'item.done');
    await majaEnds(number, 'slides-2026-W50.md');
  });

  it('come again on Monday; the deputy hears of the part of somebody who is away, and does it in their place', async () => {
    await room.team.command('ben', 'launch', '/skein away until 2031-01-07 deputy @chiara');
    const before = (await notices('ben')).length;
    const number = await week(2);
    expect((await wholes())[0]).to.include({ state: 'done' });
    expect((await wholes())[1]).to.include({ title: 'Weekly slides: Mon 14 Dec' });
    const told = await hears('chiara', new RegExp(`#${number + 3} “Add your part[^]*you stand in for them`));
    await press('chiara', told, 'item.done');
    await majaEnds(number, 'slides-2026-W51.md');
    expect((await notices('ben')).slice(before).map(plain), 'left alone').to.deep.equal([]);
  });

  it('go on without the part of somebody who is away without a deputy, as Ada says', async () => {
    await room.team.command('ben', 'launch', '/skein away until 2031-01-07');
    const number = await week(3);
    const asked = await hears('ada', new RegExp(`#${number + 4} .*can’t begin: it waits for #${number + 3}, with Ben`));
    await press('ada', asked, 'item.go-on-without');
    await majaEnds(number, 'slides-2026-W52.md');
    const dropped = `/skein drop_task --task ${number + 3} --reason "Ben was away"`;
    expect(await room.team.command('ada', 'launch', dropped)).to.include('dropped');
  });

  it('have files of their own each week, as they were approved', async () => {
    const { files } = await room.act<{ files: { name: string; version: number }[] }>('list_files');
    const made = files.filter(({ name }) => /-W\d\d\.md$/.test(name)).map(({ name, version }) => `${name} ${version}`);
    expect(made.sort()).to.deep.equal(
      ['W50', 'W51', 'W52'].flatMap((one) => [`slides-2026-${one}.md 2`, `week-2026-${one}.md 1`]).sort(),
    );
    const ends = (await tasks()).filter(({ title }) => title.startsWith('Put the slides together'));
    expect(ends.map(({ state, review }) => `${state}, ${review}`)).to.deep.equal(
      Array(3).fill('done, approved by Maja Brandt'),
    );
  });

  it('are not made a second time while a week is open: the next Mondays join it, and after three Ada is asked', async () => {
    const number = await week(4);
    await hears('ada', /comes again/);
    const asked = await comes(
      async () => (await notices('ada')).findLast((one) => plain(one).includes('Does it go on?')),
      'Ada is asked',
      DAY,
    );
    expect(plain(asked)).to.match(
      /“Weekly slides: .*” in launch repeats every Monday at 09:00 .*still open from 3 times before/,
    );
    expect(await wholes(), 'at most one that is open').to.have.length(4);
    const steps = (await tasks('active')).filter((one) => one.number >= number);
    expect(steps.map(({ title }) => title.replace(/:.*/, ''))).to.deep.equal([
      'Weekly slides',
      'Add your part to the slides',
      'Put the slides together',
      'Show the slides',
    ]);
    await press('ada', asked, 'item.end-repeat');
    await room.team.passes(8 * DAY);
    expect(await wholes()).to.have.length(4);
  });
});
