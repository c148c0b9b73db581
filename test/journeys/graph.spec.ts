// Tasks that wait for tasks, as people meet them: in Slack, and by mail.
import { expect } from 'chai';
import { shownDay } from '../../src/pods/local-time.ts';
import { aMailRoom, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';
import type { Seen } from './team.ts';

const DAYS = 4 * 86_400;
const MAJA = 'maja@wildgoose.example';

describe('tasks that wait for tasks', function () {
  this.timeout(90_000);
  let room: MailRoom;
  let first: string;

  beforeEach(async () => {
    room = await aMailRoom();
    for (const as of ['ada', 'ben']) await room.team.command(as, 'launch', '/skein digest stop');
    const { tasks } = await room.act<{ tasks: { id: string }[] }>('list_tasks', { assignee: 'ben' });
    for (const { id } of tasks) await room.act('complete_task', { task: id });
    first = await made('Bake the rye', {});
  });
  afterEach(() => room.stop());

  const made = async (title: string, input: object): Promise<string> => {
    const { task } = await room.act<{ task: { number: number } }>('create_task', { title, ...input });
    return `#${task.number}`;
  };
  const labels = ({ blocks }: Seen) =>
    blocks.flatMap(({ elements = [] }) =>
      (elements as { type: string; text?: { text: string } }[]).flatMap(({ type, text }) =>
        type === 'button' ? [text?.text] : [],
      ),
    );
  const notice = async (words: string, as = 'ben'): Promise<Seen> => {
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: DAYS });
    const one = ({ text }: Seen) => !text.startsWith('Your digest') && text.includes(words);
    const seen = await room.team.until('app', '', (all) => all.some(one), as);
    return seen.findLast(one) as Seen;
  };
  const click = async ({ ts }: Seen, actionId: string, as = 'ben') => {
    await room.team.post('/practice/click', { as, channel: 'app', ts, actionId });
    await room.team.quiet();
  };
  const plain = ({ text }: Seen) => text.replace(/<[^|>]*\|([^>]*)>/g, '$1').replaceAll('*', '');

  it('tell Ben in Slack that his waits, and then that it can begin, with Start and Done', async () => {
    const second = await made('Pack the rye', { assignee: 'ben', depends_on: [first] });
    const waits = await notice('Pack the rye');
    expect(plain(waits)).to.equal(`Ada Lindqvist gave you ${second} “Pack the rye” in launch. It waits for ${first}.`);
    expect(labels(waits), 'nothing to begin').to.deep.equal(['Tomorrow', 'Give to…', 'Not me…']);
    expect(await room.team.command('ben', 'launch', `/skein start_task --task ${second}`)).to.contain(
      `${second} waits for ${first}. It can begin when that is done`,
    );
    expect(await room.team.command('ben', 'launch', '/skein tasks')).to.contain(
      `open, waits for ${first} · Ben Okafor`,
    );
    await room.team.command('ben', 'launch', '/skein digest');
    await room.team.quiet();
    const digests = ({ text }: Seen) => text.startsWith('Your digest');
    const told = await room.team.until('app', '', (all) => all.some(digests), 'ben');
    expect(plain(told.findLast(digests) as Seen)).to.match(
      new RegExp(`“Pack the rye”[^\\n]*; waits for ${first}(\\n|$)`),
    );
    await room.team.post('/practice/home', { as: 'ben' });
    await room.team.quiet();
    const home = JSON.stringify(await room.team.get('/practice/views?as=ben'));
    expect(home).to.contain(`Pack the rye* (launch ${second})\\nopen, waits for ${first}`);
    await room.act('complete_task', { task: first });
    const begins = await notice('can begin');
    expect(plain(begins)).to.equal(`${second} “Pack the rye” in launch can begin: ${first} is done.`);
    expect(labels(begins)).to.deep.equal(['Start', 'Done', 'Tomorrow', 'Give to…', 'Not me…']);
    await click(begins, 'item.start');
    const { tasks } = await room.act<{ tasks: { title: string; state: string }[] }>('list_tasks', { state: 'started' });
    expect(tasks.map(({ title }) => title)).to.include('Pack the rye');
  });

  it('ask Ben in Slack how his goes on without what Ada dropped, and one press goes on', async () => {
    const second = await made('Pack the rye', { assignee: 'ben', depends_on: [first] });
    await room.act('drop_task', { task: first, reason: 'No flour' });
    const asks = await notice('Go on without it');
    expect(plain(asks)).to.contain(
      `${second} “Pack the rye” in launch waits for ${first}, dropped by Ada Lindqvist (“No flour”). Go on without it, wait for another task instead, or drop this one too.`,
    );
    expect(labels(asks)).to.include.members([`Go on without ${first}`, 'Wait for another…', 'Drop it too…']);
    await click(asks, 'item.go-on-without');
    const { tasks } = await room.act<{ tasks: { title: string; waits_for?: string }[] }>('list_tasks', {});
    const task = tasks.find(({ title }) => title === 'Pack the rye');
    expect(task).not.to.have.property('waits_for');
    const shown = await room.team.until(
      'app',
      '',
      (all) => all.some(({ ts, text }) => ts === asks.ts && !text.includes('Go on without it')),
      'ben',
    );
    expect(shown.find(({ ts }) => ts === asks.ts)?.text).not.to.include('waits for');
  });

  it('ask Ben in the form what becomes of the parts, which Chiara hears are dropped with it, once', async () => {
    const whole = await made('Pack the rye', { assignee: 'ben', depends_on: [first] });
    const parts = [
      await made('Find boxes', { assignee: 'chiara', parent: whole }),
      await made('Find labels', { assignee: 'chiara', parent: whole }),
    ];
    await room.team.command('chiara', 'launch', '/skein digest stop');
    await room.act('drop_task', { task: first, reason: 'No flour' });
    const asks = await notice('Go on without it');
    await click(asks, 'item.drop');
    const views = await room.team.get<{ id: string; type: string }[]>('/practice/views?as=ben');
    const form = views.find(({ type }) => type === 'modal');
    expect(JSON.stringify(form))
      .to.contain(`Not done yet: ${parts.join(' and ')}.`)
      .and.contain('They go on');
    const values = { reason: 'No flour, no bread', parts: 'drop' };
    await room.team.post('/practice/submit', { as: 'ben', viewId: form?.id, values });
    const told = await notice('No flour, no bread', 'chiara');
    expect(plain(told)).to.contain(
      `Ben Okafor dropped ${whole} “Pack the rye” in launch: “No flour, no bread” With it ${parts.join(' and ')} of yours will not be done.`,
    );
    await room.act('reopen_task', { task: whole });
    const { tasks } = await room.act<{ tasks: { title: string }[] }>('list_tasks', { assignee: 'chiara' });
    expect(tasks.map(({ title }) => title)).to.include.members(['Find boxes', 'Find labels']);
  });

  it('tell Ada, who gave one to Scribe, that its day has come and Scribe can’t begin; one press lets it begin', async () => {
    const due = new Date(room.team.clock() + 2 * 86_400_000).toISOString().slice(0, 10);
    const second = await made('Pack the rye', { assignee: 'scribe', depends_on: [first], due });
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: DAYS });
    const asks = await notice('can’t begin', 'ada');
    expect(plain(asks)).to.equal(
      `${second} “Pack the rye” in launch, due ${shownDay(due)}, can’t begin: it waits for ${first}, with nobody. Scribe begins by itself once it waits for nothing. You can let it go on without, wait for another task instead, or drop it.`,
    );
    expect(labels(asks)).to.deep.equal([`Go on without ${first}`, 'Wait for another…', 'Drop it…', 'Tomorrow']);
    await click(asks, 'item.go-on-without', 'ada');
    await room.team.until(
      'app',
      '',
      (all) => all.some(({ ts, text }) => ts === asks.ts && !text.includes('can’t begin')),
      'ada',
    );
    const begun = (all: Seen[]) => all.some(({ text }) => text.includes('Pack the rye') && text.includes('can begin'));
    await room.team.until('launch', '', begun);
  });

  it('lose the reason in Ben’s notice once what was dropped is erased', async () => {
    const second = await made('Pack the rye', { assignee: 'ben', depends_on: [first] });
    await room.act('drop_task', { task: first, reason: 'No flour' });
    const asks = await notice('No flour');
    await room.act('redact', { what: first });
    await room.team.until(
      'app',
      '',
      (all) =>
        all.some(({ ts, text, blocks }) => ts === asks.ts && !JSON.stringify([text, blocks]).includes('No flour')),
      'ben',
    );
    expect(await room.team.command('ben', 'launch', '/skein tasks'))
      .to.contain(second)
      .and.to.contain('erased');
  });

  it('let Maja say by mail what hers waits for instead', async () => {
    await room.invites(MAJA, 'Maja Brandt');
    await room.act('add_member', { who: 'maja' });
    await room.endsDigest(MAJA);
    const second = await made('Pack the rye', { assignee: 'maja', depends_on: [first] });
    const third = await made('Bake the wheat', {});
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: DAYS });
    await room.mails(MAJA, (all) => all.some(({ text }) => text.includes(`It waits for ${first}.`)));
    await room.act('drop_task', { task: first, reason: 'No flour' });
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: DAYS });
    const asks = ({ subject, text }: InBox) => `${subject} ${text}`.includes(`dropped by Ada Lindqvist`);
    const mail = (await room.mails(MAJA, (all) => all.some(asks))).find(asks) as InBox;
    expect(mail.text).to.contain(`waits for ${first}, dropped by Ada Lindqvist (“No flour”).`);
    const to = /^Reply-To: .*?([\w.+-]+@[\w.-]+)/im.exec(mail.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
    const text = `${second} wait for ${third} instead of ${first}`;
    const raw = aMail({ from: MAJA, to, subject: `Re: ${mail.subject}`, id: 'instead', text, headers: reply(mail) });
    await room.send(MAJA, to, raw);
    await room.team.quiet();
    const { tasks } = await room.act<{ tasks: { title: string; waits_for?: string }[] }>('list_tasks', {});
    expect(tasks.find(({ title }) => title === 'Pack the rye')?.waits_for).to.equal(third);
  });
});
