// The command line as people use it: typed words in, text and an exit code out, with the real door behind it.

import { expect } from 'chai';
import { readText } from '../../src/cli/skein.ts';
import { UserFacingError } from '../../src/errors.ts';
import { ALL_ACTIONS } from '../../src/pods/actions.ts';
import { PODS } from '../../src/pods/pod/pod.ts';
import type { RunDoc } from '../../src/pods/runs/run.ts';
import { aDesk, type Desk, run } from './desk.ts';

describe('cli/skein', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await aDesk();
  });
  afterEach(() => desk.close());

  const typed = (line: string, over?: Parameters<Desk['skein']>[1]) => desk.skein(line.split(' '), over);

  it('says which version it is', async () => {
    for (const line of ['version', '--version'])
      expect((await typed(line)).out, line).to.match(/^Skein \d+\.\d+\.\d+, for Node >=/);
  });

  describe('an action', () => {
    it('is done in the name given, and shown in short', async () => {
      const { code, out, err } = await desk.skein([
        ...['create-task', '--as', 'ada', '--pod', 'launch', '--title', 'Book the hall', '--assignee', 'Ben Okafor'],
      ]);
      expect({ code, err }).to.deep.equal({ code: 0, err: '' });
      expect(out).to.match(/^task:\n {2}id: t_\w+\n {2}number: 1\n {2}title: Book the hall\n/);
      expect(out).to.match(/assigneeName: Ben Okafor\n\(commit \d+ in p_launch\)\n$/);
      const [commit] = (await desk.world.commits()).slice(-1);
      expect(commit).to.include({ actor: desk.world.ada, via: 'cli', action: 'create_task' });
      expect(commit).to.not.have.property('onBehalfOf');
    });

    it('takes words without a flag as the one field that it needs', async () => {
      const { code, out } = await typed('create_task --as ada --pod launch Book the hall --assignee ben');
      expect(code).to.equal(0);
      expect(out).to.contain('title: Book the hall').and.to.contain('assigneeName: Ben Okafor');
    });

    it('is shown as JSON to programs', async () => {
      const { out } = await typed('list_tasks --as ada --pod p_launch --json');
      expect(JSON.parse(out)).to.deep.equal({ result: { tasks: [] }, repeated: false });
    });

    it('is done by whoever SKEIN_AS says, unless --as says another', async () => {
      await typed('create_task --pod launch --title A', { env: { SKEIN_AS: 'ben' } });
      await typed('create_task --pod launch --title B --as ada', { env: { SKEIN_AS: 'ben' } });
      const { ben, ada } = desk.world;
      expect((await desk.world.commits()).slice(-2).map(({ actor }) => actor)).to.deep.equal([ben, ada]);
    });

    it('is done by an agent on behalf of a person', async () => {
      expect((await typed('create_task --as scribe --for ben --pod launch --title A')).code).to.equal(0);
      const [commit] = (await desk.world.commits()).slice(-1);
      expect(commit).to.include({ actor: desk.world.scribe, onBehalfOf: desk.world.ben });
    });

    it('is done once with one key, however often it is run', async () => {
      const line = 'create_task --as ada --pod launch --title A --key night-1';
      const first = await typed(line);
      const second = await typed(line);
      expect(second.out).to.equal(first.out.replace(')\n', ', done before with this key)\n'));
      const other = await typed(line.replace('title A', 'title B'));
      expect(other.code).to.equal(1);
      expect(other.err).to.match(/already used for “create_task” with another input/);
    });

    it('takes a text from standard input, byte for byte', async () => {
      const text = '# Plan\n\n- ünïcode\t🪿\n';
      const put = ['put_file', '--as', 'ada', '--pod', 'launch', '--name', 'plan.md', '--text', '-'];
      expect((await desk.skein(put, { stdin: text })).code).to.equal(0);
      const { out } = await typed('read_file --as ada --pod launch --name plan.md --json');
      expect(JSON.parse(out).result.text).to.equal(text);
    });

    it('takes all its fields at once, from standard input too', async () => {
      const stdin = JSON.stringify({ title: 'A', assignee: 'ben' });
      const { out } = await typed('create_task --as ada --pod launch --input - --json', { stdin });
      expect(JSON.parse(out).result.task).to.include({ title: 'A', assigneeName: 'Ben Okafor' });
    });

    it('needs no pod where it belongs to none', async () => {
      expect((await typed('list_agents --as ada')).out).to.include('handle: pilot');
      expect((await typed('list_pods --as ben')).out).to.include('name: Launch');
    });

    it('makes a new pod, and the same again with the same key', async () => {
      const made = JSON.parse((await typed('create_pod --as ben --name Offsite --key k --json')).out);
      const again = JSON.parse((await typed('create_pod --as ben --name Offsite --key k --json')).out);
      expect(again).to.deep.equal({ ...made, repeated: true });
      expect(made.commit).to.deep.equal({ pod: made.result.pod.id, seq: 1 });
      expect((await typed('read_pod --as ben --pod offsite')).out).to.include('name: Offsite');
    });

    it('sends a whole file of many megabytes', async () => {
      const stdin = '"\\\n'.repeat(5_000_000);
      const put = await typed('put_file --as ada --pod launch --name big.txt --text - --json', { stdin });
      expect(put.err).to.equal('');
      expect(JSON.parse(put.out).result.file.version).to.equal(1);
    });
  });

  describe('refuses, with a sentence and exit code 1,', () => {
    const cases: [string, string, RegExp][] = [
      ['to act for nobody', 'list_tasks --pod launch', /^Who does this\? Add --as .* or set SKEIN_AS\.\n$/],
      ['somebody unknown', 'list_tasks --pod launch --as eve', /Nobody here goes by “eve”/],
      ['to act as Skein itself', 'list_tasks --pod launch --as skein', /Nobody here goes by “skein”/],
      ['to act as an app', 'list_tasks --pod launch --as app:B1', /Nobody here goes by “app:B1”/],
      ['a person who acts for another', 'list_tasks --pod launch --as ada --for ben', /Only agents act for somebody/],
      ['an agent that acts for an agent', 'list_tasks --pod launch --as scribe --for pilot', /Agents act for people/],
      ['no pod where one is needed', 'list_tasks --as ada', /In which pod\? .* Theirs: Launch \(p_launch\)\./],
      ['a pod nobody has', 'list_tasks --as ada --pod nope', /Ada Lindqvist is in no pod “nope”\. Theirs: Launch/],
      ['a pod of others by name, telling nothing', 'list_tasks --as zoe --pod launch', /They are in none yet/],
      ['a pod of others by id', 'list_tasks --as zoe --pod p_launch', /Zoe Marsh is in no pod “p_launch”/],
      ['a pod for what makes one', 'create_pod --as ada --name A --pod launch', /name none/],
      ['what one may not do', 'archive_pod --as ben --pod launch', /takes the role owner in Launch/],
      ['an unknown flag', 'list_tasks --as ada --pod launch --stat all', /There is no --stat here\. .*--state/],
      [
        'a value the action refuses',
        'list_tasks --as ada --pod launch --state late',
        /list_tasks: Invalid option.*state/,
      ],
      ['a missing field', 'create_task --as ada --pod launch', /create_task: .*title/],
      ['stray words', 'create_task --as ada --pod launch --title Book the hall', /“the hall” is not understood here/],
      [
        "Skein's own actions",
        'register_person --as ada --account mail:x --name X --handle x',
        /no command “register_person”/,
      ],
      ['a misspelt command', 'list_taks', /Did you mean list_tasks\?/],
      ['an unknown command', 'task', /Did you mean create_task, .*reopen_task\b.*\?/],
      ['a command of the prototype', 'constructor', /There is no command “constructor”/],
      ['arguments that start does not take', 'start --port 1', /There is no --port here/],
    ];
    for (const [what, line, sentence] of cases)
      it(what, async () => {
        const { code, out, err } = await typed(line);
        expect(err).to.match(sentence);
        expect({ code, out, lines: err.trimEnd().split('\n').length }).to.deep.equal({ code: 1, out: '', lines: 1 });
      });

    it('a name that several pods have', async () => {
      await typed('create_pod --as ada --name LAUNCH');
      const { err } = await typed('list_tasks --as ada --pod launch');
      expect(err).to.match(/“launch” could be .*\(p_launch\).* Give the id/);
    });

    it('a person who has left', async () => {
      const { world } = desk;
      const gone = { account: 'slack:T1:ben', name: 'Ben Okafor', handle: 'ben', role: 'member', state: 'out' };
      await world.does('skein', 'register_person', gone);
      expect((await typed('list_tasks --as ben --pod launch')).err).to.match(/Ben Okafor has left/);
    });
  });

  it('lets nothing that others wrote steer the terminal', async () => {
    const evil = 'hall\u001b[2J\u009b31m\u0007\u007f';
    await desk.world.does(desk.world.ada, 'record_learning', { learning: evil });
    const search = 'search_pod --as ada --pod launch --query hall';
    for (const line of [search, `${search} --json`]) {
      const { out } = await typed(line);
      expect(out)
        .to.include('hall')
        .and.not.match(/[^\P{Cc}\n]/u);
    }
    const { err } = await desk.skein(['list_tasks', '--as', evil, '--pod', 'launch']);
    expect(err).to.include('hall').and.not.include('\u001b').and.not.include('\u009b');
  });

  it('passes on any input without loss, hostile ones too', async () => {
    const texts = ["'; drop table commits;--", '$(reboot) `reboot`', '{"$ne":null}', '../../etc/passwd', '\\u0000'];
    for (const text of texts) {
      const { out } = await desk.skein(['create_task', '--as', 'ada', '--pod', 'launch', `--title=${text}`, '--json']);
      expect(JSON.parse(out).result.task.title).to.equal(text);
    }
    const backwards = await desk.skein(['create_task', '--as', 'ada', '--pod', 'launch', '--title=\u202eabc']);
    expect(backwards.code).to.equal(1);
    expect(backwards.err).to.include('A title is one line, without control characters');
  });

  describe('inbox and outbox', () => {
    const aside = async () => {
      const { queues, world } = desk;
      await queues.outbox.save([
        { id: 'p_launch:4:0', lane: 'c_1', kind: 'post', payload: { secret: 'the body' } },
        { id: 'p_launch:5:0', lane: 'c_1', kind: 'wake', payload: {}, dueAt: world.clock.now + 600_000 },
      ]);
      const item = await queues.outbox.items.get('p_launch:4:0');
      if (!item) throw new Error('It was not saved.');
      const put = { ...item, state: 'aside' as const, attempts: 3, reason: 'Slack refused: channel_not_found' };
      await queues.outbox.items.replace(put, item.rev);
      world.clock.now += 300_000;
    };

    it('show what waits and what lies aside, with reason, attempts and age, and no bodies', async () => {
      await aside();
      const { out, code } = await typed('outbox');
      expect(code).to.equal(0);
      expect(out).to.equal(
        [
          'outbox: 1 waiting, 1 aside',
          'aside    p_launch:4:0  post  3 tries  5 min  Slack refused: channel_not_found',
          'waiting  p_launch:5:0  wake  0 tries  5 min  again in 5 min\n',
        ].join('\n'),
      );
      expect((await typed('outbox --json')).out).to.not.include('the body');
      expect((await typed('inbox')).out).to.equal('inbox: 0 waiting, 0 aside\n');
    });

    it('take up again what lies aside or waits, and only that', async () => {
      await aside();
      expect((await typed('outbox retry p_launch:4:0')).out).to.equal('p_launch:4:0 is tried again.\n');
      expect((await desk.queues.outbox.items.get('p_launch:4:0'))?.state).to.equal('waiting');
      expect((await typed('outbox retry p_launch:5:0')).out).to.equal('p_launch:5:0 is tried again.\n');
      const again = await typed('outbox retry p_launch:6:0');
      expect(again.code).to.equal(1);
      expect(again.err).to.match(/Nothing with the id “p_launch:6:0” waits or lies aside in the outbox/);
    });

    it('show with --ignored whose machines’ mails were left alone, about what, when and why', async () => {
      const at = Date.UTC(2026, 10, 29, 12);
      const reason = 'It says that a machine sent it (Auto-Submitted: auto-replied).';
      desk.ignored.push({ at, from: 'Ada <ada@x.test>', subject: 'Automatic reply: \u001b[2J', reason });
      const { out, code } = await typed('inbox --ignored');
      expect(code).to.equal(0);
      expect(out).to.equal(
        [
          '1 mail was left alone in the last 30 days',
          `2026-11-29 12:00 UTC  Ada <ada@x.test>  Automatic reply: \ufffd[2J  ${reason}`,
          'If a person wrote one of them, ask them to send it again from their own mail program.\n',
        ].join('\n'),
      );
      expect(JSON.parse((await typed('inbox --ignored --json')).out).mails).to.deep.equal(desk.ignored);
      expect((await typed('help inbox')).out).to.contain('--ignored shows the mails of machines');
      desk.events.push({ at, since: at, count: 3, reason: 'no use for message.brand_new', event: 'Ev1' });
      expect((await typed('inbox --ignored')).out).to.contain(
        'Events of Slack from which nothing came in the last 30 days, with the reason\n2026-11-29 12:00 UTC  3 ×  no use for message.brand_new',
      );
      expect((await typed('outbox --ignored')).err).to.contain('There is no --ignored here');
    });

    for (const [line, sentence] of [
      ['inbox retry', /Retry what\?/],
      ['inbox drop x', /“drop x” is not understood here\. It is “skein inbox retry <id>”/],
      ['inbox retry a b', /“b” is not understood here/],
    ] as const)
      it(`refuse “${line}”`, async () => {
        const { code, err } = await typed(line);
        expect(code).to.equal(1);
        expect(err).to.match(sentence);
      });
  });

  describe('take', () => {
    it('takes in the one that is named', async () => {
      expect((await typed('take --agent scribe')).out).to.equal('Taken in: agent scribe, now version 2.\n');
      expect((await typed('take --skill weekly-review --json')).out).to.include('"took":');
    });

    it('asks which one', async () => {
      for (const args of ['take', 'take --agent a --skill b', 'take scribe'])
        expect((await typed(args)).err, args).to.include(
          'It is “skein take --agent <handle>” or “skein take --skill <name>”.',
        );
    });
  });

  describe('rebuild', () => {
    it('makes the views again from the log, of all pods or of one', async () => {
      const before = await desk.world.doc(PODS, 'p_launch');
      const { out } = await typed('rebuild');
      expect(out).to.match(/^org\s+\d+ commits\np_launch\s+2 commits\n$/);
      expect(await desk.world.doc(PODS, 'p_launch')).to.deep.equal(before);
      expect((await typed('rebuild --pod launch --json')).out).to.equal(
        `${JSON.stringify({ pods: [{ pod: 'p_launch', commits: 2 }] }, null, 2)}\n`,
      );
    });

    it('names the pods there are when there is none of that name', async () => {
      expect((await typed('rebuild --pod nope')).err).to.match(/no pod “nope”\. There are: Launch \(p_launch\)/);
    });
  });

  describe('what agents are doing', () => {
    async function aRun(over: Partial<RunDoc> = {}): Promise<RunDoc> {
      const { world } = desk;
      const { pod, ...rest } = { pod: world.pod, ...over };
      const [{ seq = 0 } = {}] = (await world.commits(pod)).slice(-1);
      const run = {
        rev: 1,
        conversation: 'c_1',
        agent: world.scribe,
        root: 'r',
        at: world.clock.now,
        state: 'working',
      } as const;
      const used = { turns: 2, tokens: 12_400, cached: 0, steps: [{ n: 2, at: 0, tools: ['search_pod'], tokens: 1 }] };
      const doc: RunDoc = { ...run, id: `${pod}:${seq}:${runs++}`, pod, seq, ...used, ...rest };
      await world.store.collection<RunDoc>('runs').insert([doc]);
      return doc;
    }
    let runs = 0;

    it('is shown for all pods or for one, with how to stop it, and what was done last', async () => {
      const { world } = desk;
      expect((await typed('runs')).out).to.equal('No agent is at work.\n');
      await world.does(world.ada, 'start_conversation', { title: 'Secret plan', text: '@scribe go' });
      await aRun();
      await aRun({ agent: world.pilot, state: 'waiting', waits: { until: 0, for: 'model' } });
      await aRun({ state: 'ended', endedAt: world.clock.now, ending: { as: 'answered' } });
      await world.does(world.ben, 'create_pod', { name: 'Other' }, { pod: 'p_other' });
      await aRun({ pod: 'p_other' });
      const { out, code } = await typed('runs');
      expect(code).to.equal(0);
      expect(out).to.match(
        /^2 at work, 1 waiting\nLaunch +c_1 +(?:just now|\d+ \w+) +Scribe has been working since \S+, for Ada Lindqvist: 2 steps, last: search_pod; 12,400 tokens$/m,
      );
      expect(out)
        .to.match(/^Launch +c_1 +\w.* +Pilot waits for the model/m)
        .and.match(/^Other +c_1 +\w.* +Scribe has been working/m);
      expect(out).to.match(/^Stop one: “stop” in its thread, or skein stop_run/m);
      expect(out).to.match(
        /Last:\nLaunch +p_\w+:\d+:\d+ +(?:just now|\d+ min) +Scribe answered at .*\nRead one step by step: skein read_run /,
      );
      expect(out).not.to.include('Secret');
      const one = JSON.parse((await typed('runs --pod other --json')).out);
      expect(one).to.deep.include({ over: [] });
      expect(one.live).to.have.length(1);
      expect((await typed('runs --pod nowhere')).err).to.include('There is no pod “nowhere”');
    });

    it('says whose wishes there are and how many messages wait, without their words, which list_runs tells members', async () => {
      const { world } = desk;
      const { ada, ben } = world;
      const made = await world.does(ada, 'start_conversation', { title: 'Sign', text: '@scribe paint it brown' });
      const { id: conversation } = made.conversation;
      await aRun({ conversation });
      await world.does(ben, 'post_message', { conversation, text: 'no, green' });
      expect((await typed('runs')).out).not.to.match(/messages? wait/);
      await world.does(ben, 'pause_run', { conversation });
      await world.does(ada, 'post_message', { conversation, text: '@scribe and the fence' });
      await world.does(ben, 'post_message', { conversation, text: 'thanks' });
      const { out } = await typed('runs');
      expect(out).to.match(/Scribe is paused since \S+ \(Ben Okafor\).*; 1 message waits until it goes on$/m);
      const wishes = out.split('\n').filter((line) => /^ {2}i\d/.test(line));
      expect(wishes.map((line) => line.replace(/^ {2}i\d+ {2}|(?:just now|\d+ min ago): /g, ''))).to.deep.equal([
        'Ada Lindqvist, open',
        'Ben Okafor, not weighed yet',
        'Ada Lindqvist, not weighed yet',
      ]);
      expect(out).not.to.include('green');
      const { live } = JSON.parse((await typed('runs --json')).out);
      expect(live[0].instructions.map(({ by }: { by: string }) => by)).to.have.length(3);
      expect((await typed('list_runs --as ada --pod launch')).out).to.include('no, green');
    });

    it('does not say whose a direct conversation is', async () => {
      const { world } = desk;
      const origin = { kind: 'slack', team: 'T1', channel: 'D1', direct: true } as const;
      await world.does(world.ada, 'create_pod', { name: 'Ada', agents: ['scribe'] }, { pod: 'p_dm', origin });
      await aRun({ pod: 'p_dm' });
      const { out } = await typed('runs');
      expect(out).to.include('(direct)').and.not.include('Ada');
    });
  });

  it('explains every command and every action without a server', async () => {
    for (const { name, description } of ALL_ACTIONS.filter(({ internal }) => !internal)) {
      const { out, code } = await run([name, '--help']);
      expect(code, name).to.equal(0);
      expect(out, name).to.include(description).and.include(`skein ${name} --as <who>`);
      expect((await run(['help', name])).out).to.equal(out);
    }
    const { out } = await run([]);
    for (const name of ['start', 'inbox', 'outbox', 'rebuild', 'actions', 'help']) {
      expect(out).to.include(`  skein ${name}`);
      expect((await run([name, '-h'])).code).to.equal(0);
    }
    expect((await run(['actions'])).out).to.match(/^create_pod\s+outside\s+Create a pod\n/);
  });

  describe('standard input', () => {
    async function* bytes(...chunks: number[][]) {
      for (const chunk of chunks) yield Uint8Array.from(chunk);
    }

    it('is read as it is, with a character split over two chunks', async () => {
      expect(await readText(bytes([0xef, 0xbb, 0xbf, 0xc3], [0xbc, 0x0a]))).to.equal('\ufeffü\n');
    });

    it('is refused when it is no text', async () => {
      const error = await readText(bytes([0xff, 0xd8])).catch((caught: unknown) => caught);
      expect(error).to.be.instanceOf(UserFacingError).with.property('message').that.includes('--base64');
    });
  });
});
