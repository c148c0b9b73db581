// Replies: commands first, then text; who gets it, and which part of a forward is only data.

import { expect } from 'chai';
import { newsText } from '../../../src/agents/sessions/hearing/news-text.ts';
import { readMessages } from '../../../src/agents/sessions/hearing/read-messages.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { ADA, aMailWorld, type MailWorld, POD } from './mail-world.ts';

const BEN = 'ben@example.org';
const NOTHING_MORE = { lines: new Map(), edited: new Set<string>(), position: 0 };

describe('a reply by mail', () => {
  let room: MailWorld;
  let n: number;
  beforeEach(async () => {
    room = await aMailWorld();
    n = 1;
    await room.arrives({});
  });

  const reply = (body: string, headers: Record<string, string> = {}, from = ADA) => {
    n += 1;
    const all = { 'Message-ID': `<m${n}@example.org>`, Subject: 'Re: The list', 'In-Reply-To': '<m1@example.org>' };
    return room.arrives({ headers: { ...all, From: from, ...headers }, body: `${body}\r\n` }, { from });
  };
  const task = async () =>
    (await room.world.does(room.world.ada, 'list_tasks', { state: 'all' })).tasks[0] as Record<string, string>;
  const messages = () => room.mail.read.find(MESSAGES, { where: { pod: room.world.pod }, sort: [['posted', 'asc']] });
  const words = async () => [...(await room.mail.read.texts((await messages()).map(({ body }) => body))).values()];
  const last = async () => (await room.world.commits()).at(-1);

  it('changes the task by its first lines, and says nothing where nothing is said', async () => {
    await reply('assign to Ben\r\n\r\ndone: it is here');
    expect(await task()).to.include({ state: 'done', assigneeName: 'Ben Okafor' });
    expect((await words()).at(-1)).to.equal(
      'Ada Lindqvist assigned #1 to @ben, by mail.\n\nAda Lindqvist marked #1 done, by mail.\n\n> it is here',
    );
    await reply('reopen #1\r\n\r\nOne is missing.');
    expect(await task()).to.include({ state: 'open' });
    expect((await words()).slice(-2)).to.deep.equal(['Ada Lindqvist reopened #1, by mail.', 'One is missing.']);
    expect(room.answers).to.deep.equal([]);
  });

  it('tells all who follow by mail what became of the task, and whoever got it; not its author again', async () => {
    await reply('assign to Ben');
    const mails = ((await last())?.deliveries ?? []).filter(({ kind }) => kind === 'mail');
    expect(mails).to.have.length(1);
    expect(mails[0]).to.deep.include({ about: 'message', to: [room.world.ben] });
    const told = (await messages()).at(-1);
    expect(told).to.deep.include({ by: 'skein', mentions: [room.world.ben] });
    await reply('done', { From: BEN }, BEN);
    expect(((await last())?.deliveries ?? []).filter(({ kind }) => kind === 'mail')[0]).to.deep.include({
      to: [room.world.ada],
    });
  });

  it('commands nothing by what it forwards: where no beginning of that is known, its first line may be another’s', async () => {
    await reply('done', { Subject: 'Fwd: Offer' });
    expect(await task()).to.include({ state: 'open' });
    expect((await words()).at(-1)).to.contain('done');
    const marked = [
      'done',
      '',
      'From: Mill <post@mill.test>',
      'Date: 16 November 2026',
      'Subject: Offer',
      '',
      'Buy now!',
    ];
    await reply(marked.join('\r\n'), { Subject: 'Fwd: Offer' });
    expect(await task()).to.include({ state: 'done' });
  });

  it('has its words in the subject, too, where its writer put a new one there', async () => {
    await reply('', { Subject: 'Forty sacks, please' });
    expect((await words()).at(-1)).to.equal('**Forty sacks, please**');
    await reply('As I wrote above.', { Subject: 'Fifty sacks after all' });
    expect((await words()).at(-1)).to.equal('**Fifty sacks after all**\n\nAs I wrote above.');
    for (const Subject of ['Re: The list', 'The list', 'Antwoord: the list', 'Fwd: Offer']) {
      await reply('Yes.', { Subject });
      expect((await words()).at(-1), Subject).to.equal('Yes.');
    }
  });

  it('that says nothing at all is no message, and whoever looks for it finds it', async () => {
    const before = (await words()).length;
    await reply('');
    expect(await words()).to.have.length(before);
    const [ignored] = await room.mail.ignored.find({ where: {} });
    expect(ignored).to.include({ subject: 'Re: The list', reason: 'It answers a mail and says nothing.' });
  });

  it('that only begins like a command is words', async () => {
    for (const text of [
      'Assign seats for the tasting please. The rest of this is important text.',
      'Assign seats please.\nThe rest of this is important text.',
    ]) {
      await reply(text);
      expect((await words()).at(-1)).to.equal(text);
    }
    expect(room.answers).to.deep.equal([]);
  });

  it('asks politely', async () => {
    await reply('Assign to @scribe please');
    expect(await task()).to.include({ assigneeName: 'Scribe' });
  });

  it('that finds the task done already changes nothing and is told nothing; its note stays', async () => {
    await room.world.does(room.world.pilot, 'complete_task', { task: '#1' });
    const before = (await words()).length;
    await reply('done');
    expect(await words()).to.have.length(before);
    await reply('done: the price stands');
    expect((await words()).at(-1)).to.equal('done: the price stands');
    expect(room.answers).to.deep.equal([]);
  });

  it('that is refused stays in the conversation, with the mail it came in', async () => {
    const refused = await reply('done #7: as we said');
    expect((await words()).at(-1)).to.equal('done #7: as we said');
    expect((await messages()).at(-1)).to.include({ by: room.world.ada, raw: refused });
    expect(await room.mail.blobs.open(room.world.pod, refused)).not.to.equal(undefined);
    expect(room.answers[0]?.text).to.contain('“done #7: as we said”: There is no task “#7”');
  });

  it('wakes nobody by commands that are refused; agents hear what stands below them, and see those as data', async () => {
    const wakes = async () => (await last())?.deliveries.filter(({ kind }) => kind === 'wake') ?? [];
    const heard = async () => newsText(await readMessages(room.mail.read, (await messages()).slice(-1), NOTHING_MORE));
    await reply('The price is 3.');
    expect(await wakes(), 'words are heard').to.have.length(1);
    await reply('#1 done\r\n#99 done');
    expect((await words()).at(-1)).to.equal('#1 done\n#99 done');
    expect((await messages()).at(-1)).to.include({ by: room.world.ada, note: true });
    expect(await wakes()).to.deep.equal([]);
    await reply('#1 done\r\n#99 done\r\n\r\nThe price is 4.');
    expect((await words()).at(-1)).to.equal('#1 done\n#99 done\n\nThe price is 4.');
    expect((await messages()).at(-1)).not.to.have.property('note');
    expect(await wakes()).to.have.length(1);
    const [before = '', after] = (await heard()).split('</outside>');
    expect(before).to.match(/<outside source="command that was refused and answered">\s*#1 done\n#99 done/);
    expect(after).to.match(/^\s*The price is 4\.<\/message>$/);
    expect(await task()).to.include({ state: 'open' });
    expect(room.answers).to.have.length(2);
  });

  it('leaves no copy of a mail that became no message', async () => {
    const [done, said] = [await reply('done'), await reply('It was late.')];
    expect(await room.mail.blobs.open(room.world.pod, done)).to.equal(undefined);
    expect(await room.mail.blobs.open(room.world.pod, said)).not.to.equal(undefined);
  });

  it('does all of its commands or none, and is told once which could not be done', async () => {
    await reply('done\r\ndone #7\r\nassign to Nobody Here');
    expect(await task()).to.include({ state: 'open' });
    expect((await words()).at(-1)).to.equal('done\ndone #7\nassign to Nobody Here');
    expect(room.answers).to.have.length(1);
    expect(room.answers[0]?.text).to.contain('None of the commands');
    expect(room.answers[0]?.text)
      .to.contain('“done #7”: There is no task “#7”')
      .and.to.contain('“assign to Nobody Here”: Nobody in this pod');
  });

  it('asks back for what a command lacks, with an example, and does none of them', async () => {
    await reply('due: 2026-12-04\r\ndrop #1');
    expect(await task()).to.include({ state: 'open' });
    expect(room.answers).to.have.length(1);
    expect(room.answers[0]?.text).to.include('“drop #1”: Say why, behind a colon: “#1 drop: the hall is closed”.');
    await reply('workflow', {}, BEN);
    expect(room.answers.at(-1)?.text).to.include('“workflow”: Write the name of a workflow');
  });

  it('checks a command against the task as those above it leave it', async () => {
    await reply('done\r\nstart #1');
    expect(await task()).to.include({ state: 'open' });
    expect(room.answers[0]?.text).to.contain('“start #1”: #1 is done; only an open task can be started.');
    await reply('done\r\nreopen\r\nstart #1\r\nassign to Ben');
    expect(await task()).to.include({ state: 'started', assigneeName: 'Ben Okafor' });
    expect(room.answers).to.have.length(1);
  });

  it('that asks for silence hears nothing of what was refused, and makes its author no follower', async () => {
    await reply('done #7\r\n\r\nAnd more', { 'X-Auto-Response-Suppress': 'All', From: BEN }, BEN);
    expect(room.answers).to.deep.equal([]);
    const [conversation] = await room.mail.read.find(CONVERSATIONS, { where: { pod: room.world.pod } });
    expect(conversation?.mail?.people).to.deep.equal([room.world.ada]);
  });

  it('goes to the agent whose address alone it was sent to, though people talk there; in copy the agent listens', async () => {
    await reply('I will ask Ada.', { From: BEN, To: ADA, Cc: POD }, BEN);
    await reply('Thanks.', { To: BEN, Cc: 'launch+scribe@pods.test' });
    expect((await last())?.deliveries.filter(({ kind }) => kind === 'wake')).to.deep.equal([]);
    await reply('And you?', { To: 'launch+scribe@pods.test' });
    expect(
      (await last())?.deliveries.filter(({ kind }) => kind === 'wake').map((one) => 'agent' in one && one.agent),
    ).to.deep.equal([room.world.scribe]);
  });

  it('makes members in copy followers, sends them no second copy, and invites no stranger', async () => {
    await reply('Hello', { Cc: `${BEN}, zoe@example.org, x@stranger.test` });
    const [conversation] = await room.mail.read.find(CONVERSATIONS, { where: { pod: room.world.pod } });
    expect(conversation?.mail?.people).to.deep.equal([room.world.ada, room.world.ben]);
    expect((await last())?.deliveries.filter(({ kind }) => kind === 'mail')).to.deep.equal([]);
    await reply('To the pod only');
    const [mail] = (await last())?.deliveries.filter(({ kind }) => kind === 'mail') ?? [];
    expect(mail).to.deep.include({ about: 'message', to: [room.world.ben] });
  });

  it('keeps a forward in it apart, as text from outside', async () => {
    const forward =
      'See below.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Mill <m@mill.test>\r\nDate: Fri, Nov 20, 2026\r\nSubject: Price\r\nTo: <ada@example.org>\r\n\r\nPay 1.30.';
    await reply(forward, { Subject: 'Fwd: Price' });
    const message = (await messages()).at(-1);
    const texts = await room.mail.read.texts([message?.body, message?.brought]);
    expect(texts.get(message?.body ?? '')).to.equal('See below.');
    expect(texts.get(message?.brought ?? '')).to.contain('Pay 1.30.');
  });

  it('longer than a message is cut, and kept whole beside it', async () => {
    const whole = await reply('word '.repeat(40_000));
    expect((await words()).at(-1)).to.match(/more characters stand in the mail itself/);
    expect((await messages()).at(-1)?.raw).to.equal(whole);
    expect((await room.mail.read.blob(room.world.pod, whole))?.byteLength).to.be.at.least(200_000);
    expect(room.answers).to.deep.equal([]);
  });
});
