// A checkpoint of a workflow by mail: whoever is named there reads what the agent has, and answers by a reply.
import { expect } from 'chai';
import { aMailRoom, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';
import { type Answer, type Asked, aRuleModel, assignmentsIn, type RuleModel } from './rule-model.ts';

const HOUR = 3600;
const MAJA = 'maja@wildgoose.example';
const PLAN = '# The plan\n\n1. Store the keys\n2. Try them';

interface Task {
  number: number;
  title: string;
  state: string;
  review?: string;
  assigneeName?: string;
}

describe('a checkpoint of a workflow, by mail', function () {
  this.timeout(120_000);
  let room: MailRoom;
  let model: RuleModel;
  let building = '';

  beforeEach(async () => {
    building = '';
    model = await aRuleModel(answerTo);
    room = await aMailRoom({ ...model.settings });
    for (const as of ['ada', 'ben']) await room.team.command(as, 'launch', '/skein digest stop');
  });
  afterEach(async () => {
    await room.stop();
    await model.stop();
  });

  /** Shows its plan where it stops, and asks for the review once it may go on. */
  function answerTo(asked: Asked): Answer {
    const results = asked.results.join();
    if (asked.news.includes('state="answered"')) return { calls: [['go_ahead', { calls: asked.held }]] };
    const passed = /passed.{1,8}plan/.test(results);
    const [mine] = assignmentsIn(asked).slice(-1);
    if (passed) return { calls: [['request_review', { task: building, note: 'It is in branch passkeys' }]] };
    if (asked.results.length || mine?.to !== 'you' || mine.why !== 'given') return { says: 'That is done.' };
    building = mine.task;
    return { calls: [['checkpoint', { task: mine.task, name: 'plan', result: PLAN }]] };
  }
  const build = async () =>
    (await room.act<{ tasks: Task[] }>('list_tasks', { state: 'all' })).tasks.find(({ title }) =>
      title.startsWith('Build:'),
    ) as Task;
  /** Starts the workflow; Maja says whether the plan is good. */
  const started = async () => {
    await room.invites(MAJA, 'Maja Brandt');
    await room.act('add_member', { who: 'maja' });
    await room.endsDigest(MAJA);
    const roles = '(developer: scribe, security: ben, qa: ben, owner: maja)';
    await room.team.command('ada', 'launch', `/skein workflow change-to-release: Passkeys ${roles}`);
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: HOUR });
    const isAsked = ({ text }: InBox) => text.includes('has come to the checkpoint “plan”');
    const mails = (await room.mails(MAJA, (all) => all.some(isAsked))).filter(isAsked);
    expect(mails).to.have.length(1);
    return mails[0] as InBox;
  };
  const answers = async (mail: InBox, text: string) => {
    const to = /^Reply-To: .*?([\w.+-]+@[\w.-]+)/im.exec(mail.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
    const head = { from: MAJA, to, subject: `Re: ${mail.subject}`, id: 'go-on', headers: reply(mail) };
    await room.send(MAJA, to, aMail({ ...head, text }));
    await room.team.quiet();
  };

  it('brings Maja the whole plan beside her own step, and her “yes” lets Scribe go on', async () => {
    const mail = await started();
    const { number } = await build();
    expect(mail.text).to.contain(`Scribe has come to the checkpoint “plan” of #${number}:`);
    expect(mail.text.replace(/^[> ]+/gm, '')).to.match(/The plan\n=+\n+1\. Store the keys\n2\. Try them/);
    expect(mail.text).to.contain('May I go on? Say yes, or what should be different.');
    expect(mail.text).to.match(/“Yes” or “no”, with what you add to it, needs no number: it is for #\d+/);
    expect(await build()).to.have.property('review', 'to be reviewed by Ben Okafor');
    await answers(mail, 'Yes, go on.');
    expect(await build()).to.have.property('review', 'in review by Ben Okafor, round 1 of 3');
    expect(JSON.stringify(await room.act('pod_history', {}))).to.contain(`passed the checkpoint “plan” of #${number}`);
  });

  it('keeps Scribe there with her “no, …”, which it hears in her words', async () => {
    const mail = await started();
    await answers(mail, 'No, first say what happens to the old keys.');
    expect(await build()).to.have.property('review', 'to be reviewed by Ben Okafor');
    expect(JSON.stringify(await room.act('pod_history', {}))).not.to.contain('passed the checkpoint');
    expect(
      model.asked.some(
        ({ agent, news }) => agent === 'scribe' && news.includes('first say what happens to the old keys'),
      ),
    ).to.equal(true);
  });
});
