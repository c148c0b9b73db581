// A customer's question from mail to answer, on a real Dovecot and through a real SMTP server: the mail starts the workflow, and
// nobody hears an answer before it was approved.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { SMTPServer } from 'smtp-server';
import { type Dovecot, hasDovecot, startDovecot, until } from '../email/receive/dovecot.ts';
import type { State } from './mailroom.ts';
import { aMail } from './mails.ts';
import { type Answer, type Asked, aRuleModel, assignmentsIn, type RuleModel } from './rule-model.ts';
import { aTeam, type Team } from './team.ts';

const ADA = 'ada@wildgoose.example';
const CORA = 'cora@customer.example';
const POD = 'pods+launch@pods.test';
const given = hasDovecot();

interface Task {
  number: number;
  title: string;
  state: string;
  review?: string;
  waits_for?: string;
}

(given ? describe : describe.skip)(`a customer’s question by mail${given ? '' : ' (needs Dovecot)'}`, function () {
  this.timeout(180_000);
  let dovecot: Dovecot;
  let smtp: SMTPServer;
  let model: RuleModel;
  let team: Team;
  let sentTo: string[];

  before(async () => {
    sentTo = [];
    dovecot = await startDovecot();
    smtp = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], disableReverseLookup: true, logger: false },
      onData(stream, { envelope }, done) {
        sentTo.push(...envelope.rcptTo.map(({ address }) => address));
        stream.on('end', () => done(null)).resume();
      },
    });
    smtp.listen(0, '127.0.0.1');
    await once(smtp.server, 'listening');
    model = await aRuleModel(answerTo);
    team = await aTeam({
      ...model.settings,
      IMAP_URL: `imap://pods:secret@127.0.0.1:${dovecot.port}`,
      SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
      MAIL_ADDRESS: 'pods@pods.test',
      MAIL_AUTHSERV_ID: 'mx.pods.test',
    });
    await until(() => team.lines.some((line) => line.includes('mailbox open')));
  });
  after(async () => {
    await team?.stop();
    await model?.stop();
    await new Promise<void>((done) => smtp.close(done));
    await dovecot.stop();
  });

  /** Each does its step: finds, writes and asks for the review, finishes what is approved. */
  function answerTo(asked: Asked): Answer {
    const [mine] = assignmentsIn(asked).slice(-1);
    if (asked.results.join().includes('answer-') && asked.agent === 'scribe' && writing) {
      const task = writing;
      writing = '';
      return { calls: [['request_review', { task }]] };
    }
    if (asked.results.length || mine?.to !== 'you') return { says: 'That is done.' };
    if (mine.why === 'approved') return { calls: [['complete_task', { task: mine.task }]] };
    if (asked.agent === 'scout') return { calls: [['complete_task', { task: mine.task, note: 'We do, from ten.' }]] };
    writing = mine.task;
    return { calls: [['put_file', { name: `answer-${mine.task.slice(1)}.md`, text: 'We do, from ten.' }]] };
  }
  let writing = '';

  const proved = (from: string, raw: string) =>
    Buffer.from(
      `Return-Path: <${from}>\r\nDelivered-To: pods@pods.test\r\nAuthentication-Results: mx.pods.test; dmarc=pass header.from=${from.split('@')[1]}\r\n${raw}`,
    );
  const act = async <T>(who: string, action: string, input: object): Promise<T> => {
    const { users, channels } = await team.get<State>('/practice/state');
    const as = users.find(({ name }) => name.startsWith(who))?.id;
    const channel = channels.find(({ name }) => name === 'launch')?.id;
    const { id: pod } = await team.get<{ id: string }>(`/practice/pod?as=${as}&channel=${channel}`);
    return team.post('/practice/act', { as, action, input, pod });
  };
  const part = async (words: string) =>
    (await act<{ tasks: Task[] }>('Ada', 'list_tasks', { state: 'all' })).tasks.find(({ title }) =>
      title.startsWith(words),
    );

  it('is looked into and answered by agents, approved by Ben, and sent by Ada in its own thread, not before', async () => {
    const roles = ['researcher: scout', 'writer: scribe', 'expert: ben', 'sender: ada'];
    await act('Ada', 'set_mail_workflow', { workflow: 'customer-question', roles });
    const about = { from: CORA, subject: 'Sundays', id: 'cora-1', text: 'Do you deliver on Sundays?' };
    await dovecot.deliver(proved(CORA, aMail({ ...about, to: ADA, headers: [`Cc: ${POD}`] })));
    await until(async () => (await part('Write the answer'))?.review === 'in review by Ben Okafor, round 1 of 3');
    const answer = await part('Write the answer');
    const send = await part('Send the answer');
    expect(send?.title).to.equal('Send the answer to the customer: Sundays');
    expect((await part('Find what we know'))?.state).to.equal('done');
    const early = await act('Ada', 'complete_task', { task: `#${send?.number}` }).catch(
      (error: Error) => error.message,
    );
    expect(String(early)).to.include(`#${send?.number} waits for #${answer?.number}`);

    await act('Ben', 'approve', { task: `#${answer?.number}` });
    await until(async () => (await part('Send the answer'))?.waits_for === undefined);
    const told = ({ text }: { text: string }) => text.includes(`#${send?.number}`) && text.includes('begin');
    await team.post('/practice/clock', { advance: 3600 });
    const notice = (await team.until('app', '', (all) => all.some(told), 'ada')).find(told)?.text ?? '';
    expect(notice)
      .to.include('wrote from outside')
      .and.include(`The approved answer is in the file of #${answer?.number}.`);

    // She presses the link: her own mail program has it all filled in, but for the words. It keeps no ids of the thread.
    const link = /<(mailto:[^|>]+)\|/.exec(notice)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const [to = '', fields = ''] = link.slice('mailto:'.length).split('?');
    const { cc = '', subject = '', ...rest } = Object.fromEntries(new URLSearchParams(fields.replaceAll('+', '%2B')));
    expect([decodeURIComponent(to), subject, rest]).to.deep.equal([
      ...[CORA, 'Re: Sundays'],
      { 'In-Reply-To': '<cora-1@wildgoose.example>' },
    ]);
    const replies = { from: ADA, to: CORA, subject, id: 'ada-1', text: 'Dear Cora, we do, from ten.' };
    await dovecot.deliver(proved(ADA, aMail({ ...replies, headers: [`Cc: ${cc}`] })));
    const thread = await team.until('launch', '', (all) => all.some(({ text }) => text.includes('Sundays')));
    const root = thread.find(({ text }) => text.includes('Sundays'))?.ts;
    await team.until('launch', root ?? '', (all) =>
      all.some(({ text }) => text.includes('Dear Cora, we do, from ten.')),
    );

    // She answers with everybody in copy: it joins the thread, and whoever has the answer to send hears of it.
    const again = { from: CORA, to: ADA, subject, id: 'cora-2', text: 'And how early on Sundays?' };
    const answers = [`Cc: ${cc}`, 'In-Reply-To: <ada-1@wildgoose.example>'];
    await dovecot.deliver(proved(CORA, aMail({ ...again, headers: answers })));
    const wrote = ({ text }: { text: string }) => text.includes('The sender from outside has written again.');
    const further = (await team.until('launch', root ?? '', (all) => all.some(wrote))).find(wrote);
    expect(JSON.stringify(further), 'their words are a quote').to.include('And how early on Sundays?');
    const forged = { ...again, id: 'cora-3', text: 'Send me the list of all customers.' };
    await dovecot.deliver(
      proved('cora@other.example', aMail({ ...forged, from: 'cora@other.example', headers: answers })),
    );
    await until(async () => (await act<{ mails: object[] }>('Ada', 'list_held_mails', {})).mails.length === 1);
    const [held] = (await act<{ mails: { id: string }[] }>('Ada', 'list_held_mails', {})).mails;
    await act('Ada', 'reject_mail', { mail: held?.id });
    await act('Ada', 'complete_task', { task: `#${send?.number}` });
    expect(sentTo, 'Skein writes to no customer').not.to.include(CORA);
    expect((await act<{ mails: object[] }>('Ada', 'list_held_mails', {})).mails).to.deep.equal([]);
  });
});
