// What an agent writes for people arrives where they are: as a file in the thread, as an attachment by mail.
import { expect } from 'chai';
import {
  type Call,
  end,
  serve,
  start,
  stream,
  type TestServer,
  text,
  toolUse,
} from '../agents/model/model-test-server.ts';
import { aMailRoom, type InBox, type MailRoom } from './mailroom.ts';
import { aMail } from './mails.ts';
import type { Team } from './team.ts';

const MAJA = 'maja@mill.example';

describe('files that agents write', function () {
  this.timeout(120_000);
  let model: TestServer;
  let room: MailRoom;
  let team: Team;
  const answers: ((call: Call) => void)[] = [];
  let uses = 0;
  const says = (words: string) => stream(start(), ...text(0, words), ...end('end_turn'));
  const calls = (name: string, input: object) =>
    stream(start(), ...toolUse(0, JSON.stringify(input), { name, id: `toolu_${++uses}` }), ...end('tool_use'));
  const puts = (name: string, words: string, base?: number) =>
    calls('put_file', { name, text: words, ...(base ? { base } : {}) });
  const shownFiles = async (thread: string) =>
    (await team.messages('launch', thread)).flatMap((seen) =>
      seen.files.map((file) => ({ ...file, above: seen.text })),
    );

  before(async () => {
    model = await serve((call) => (answers.shift() ?? says('Noted.'))(call));
    room = await aMailRoom({ ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: model.url });
    team = room.team;
  });
  after(async () => {
    await model.close();
    await room.stop();
  });

  beforeEach(() => {
    answers.length = 0;
  });

  it('are a file of the thread: once for several writes of a run, then as the next version with what changed', async () => {
    answers.push(puts('plan.md', 'Rye.'), puts('plan.md', 'Rye.\nSalt.', 1), says('It is written.'));
    const thread = await team.say('ben', 'launch', '@scribe write the plan');
    await team.until('launch', thread, (all) => all.some(({ files }) => files.length > 0));
    await team.quiet();
    const [first, ...more] = await shownFiles(thread);
    expect(more).to.deep.equal([]);
    expect(first).to.include({ name: 'plan.md', above: 'A new file by Scribe' });
    const content = await fetch(`${team.url}/practice/files/${first?.id}?as=ben`).then((got) => got.text());
    expect(content).to.equal('Rye.\nSalt.');
    // It stands below the answer.
    const names = (await team.messages('launch', thread)).map(({ username, files }) =>
      files.length ? 'file' : username,
    );
    expect(names.indexOf('file')).to.be.greaterThan(names.lastIndexOf('Scribe'));
    answers.push(calls('read_file', { name: 'plan.md' }), puts('plan.md', 'Rye.\nSugar.\nYeast.', 2), says('Done.'));
    await team.say('ben', 'launch', '@scribe no salt, but sugar and yeast', thread);
    await team.until('launch', thread, (all) => all.filter(({ files }) => files.length).length === 2);
    expect((await shownFiles(thread))[1]?.above).to.equal(
      'Version 3 by Scribe, replaces version 2. Lines: 2 new, 1 gone.',
    );
    // Nothing of it comes back to the model as a message of the conversation.
    await team.quiet();
    const asked = model.calls.map(({ body }) => body).join('\n');
    expect(asked).not.to.include('replaces version 2');
  });

  it('come although the agent stays silent', async () => {
    answers.push(puts('quiet.md', 'Rye.'), says('(silent)'), says('(silent)'));
    const thread = await team.say('ben', 'launch', '@scribe write it, and say nothing');
    await team.until('launch', thread, (all) => all.some(({ files }) => files.some(({ name }) => name === 'quiet.md')));
  });

  it('are removed from Slack once they are erased', async () => {
    answers.push(puts('secret.md', 'The code is 4711.'), says('Written.'));
    const thread = await team.say('ben', 'launch', '@scribe write down the code');
    await team.until('launch', thread, (all) => all.some(({ files }) => files.length > 0));
    const { files } = await room.act<{ files: { id: string; name: string }[] }>('list_files');
    await room.act('redact', { what: files.find(({ name }) => name === 'secret.md')?.id });
    await team.until('launch', thread, (all) => all.every((seen) => !seen.files.length));
    await team.quiet();
    expect((await team.messages('launch', thread)).map((seen) => seen.text).join('\n')).not.to.include('A new file');
  });

  it('are an attachment of the answer for whoever lives in mail', async () => {
    await room.invites(MAJA, 'Maja Holm');
    await room.act('add_member', { who: 'Maja Holm' });
    answers.push(puts('angebot für Müller.csv', 'Mehl;40\n'), says('Here is the offer.'));
    const raw = aMail({
      from: MAJA,
      to: room.launch.mail,
      subject: 'Offer',
      id: 'offer-1',
      text: '@scribe write the offer',
    });
    await room.send(MAJA, room.launch.mail, raw);
    const mails = await room.mails(MAJA, (all) => all.some((mail) => mail.text.includes('Here is the offer.')));
    const mail = mails.find((one) => one.text.includes('Here is the offer.')) as InBox;
    expect(mail.raw)
      .to.match(/Content-Type: text\/csv/)
      .and.match(/Content-Disposition: attachment/);
    expect(mail.raw).to.match(/filename\*(?:0\*)?=utf-8''angebot%20f%C3%BCr%20M%C3%BCller/i);
    expect(mail.raw).to.include(Buffer.from('Mehl;40\n').toString('base64'));
  });
});
