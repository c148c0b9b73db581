// Due days and decisions as commands by mail. A day that may be another one is asked back, never guessed.
import { expect } from 'chai';
import { aMailRoom, HOME, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';

const MAJA = 'maja@orchard.example';
const TO = `orchard@${HOME}`;

describe('“due …” and “decision: …” in a reply by mail', function () {
  this.timeout(120_000);
  let room: MailRoom;
  let pod: string;
  let asked: InBox;
  let n = 0;

  before(async () => {
    room = await aMailRoom();
    await room.invites(MAJA, 'Maja Holm');
    const made = await room.act<{ pod: { id: string } }>('create_pod', { name: 'Orchard', agents: ['scribe'] });
    pod = made.pod.id;
    await room.act('add_member', { who: 'Maja Holm' }, pod);
    await room.send(MAJA, TO, aMail({ from: MAJA, to: TO, subject: 'Boxes', text: 'Which boxes?', id: 'boxes' }));
    asked = (await room.mails(MAJA, (all) => all.length > 0))[0] as InBox;
    await room.team.quiet();
  });
  after(() => room.stop());

  const answers = async (text: string) => {
    const before = (await room.boxWithoutInvitations(MAJA)).length;
    const headers = reply(asked);
    const written = { from: MAJA, to: TO, subject: 'Re: Boxes', headers, id: `due-${++n}`, text };
    await room.send(MAJA, TO, aMail(written));
    await room.team.quiet();
    return (await room.boxWithoutInvitations(MAJA))
      .slice(before)
      .map((one) => one.text.split('\n-- \n')[0]?.trim() ?? '');
  };
  const due = async () =>
    (await room.act<{ tasks: { title: string; due?: string }[] }>('list_tasks', { state: 'all' }, pod)).tasks.find(
      ({ title }) => title === 'Boxes',
    )?.due;
  /** The notes that Maja wrote with these words. Agents keep their own. */
  const notes = async () => {
    const { found } = await room.act<{ found: { kind: string; from?: string; text: string }[] }>(
      'search_pod',
      { query: 'blue boxes' },
      pod,
    );
    return found.flatMap(({ kind, from, text }) => (kind === 'note' && from === 'Maja Holm' ? [text] : []));
  };

  it('says why where a day can’t be read or may be another one; then nothing is done', async () => {
    // A day is read from the date of the mail.
    const today = new Date().toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' });
    const [which] = await answers(`decision: we take the blue boxes\r\ndue ${today}`);
    expect(which).to.match(
      new RegExp(
        `“due ${today}”: “${today}” may be (\\w{3} \\d+ \\w{3} \\d{4}) or (?!\\1)\\w{3} \\d+ \\w{3} \\d{4}\\. Write the date`,
      ),
    );
    const [none] = await answers('due: Fryday');
    expect(none).to.contain('“Fryday” is no day that Skein can read.');
    expect(await due()).to.equal(undefined);
    expect(await notes(), 'none of the commands is done').to.deep.equal([]);
  });

  it('are done, and told in the conversation; what stands below is the message', async () => {
    await answers('due 2030-12-24\r\ndecision: we take the blue boxes\r\n\r\n@scribe thank you');
    expect(await due()).to.equal('2030-12-24');
    expect(await notes()).to.deep.equal(['we take the blue boxes']);
    const { conversations } = await room.act<{ conversations: { id: string; title: string }[] }>(
      'read_conversation',
      { conversation: 'all' },
      pod,
    );
    const conversation = conversations.find(({ title }) => title === 'Boxes')?.id;
    const { messages } = await room.act<{ messages: { text: string }[] }>('read_conversation', { conversation }, pod);
    const said = messages.map(({ text }) => text);
    expect(said.find((text) => text.includes('due on'))).to.equal(
      'Maja Holm set #1 due on Tue 24 Dec 2030, by mail.\n\nMaja Holm recorded a decision, by mail:\n\n> we take the blue boxes',
    );
    expect(said).to.include('@scribe thank you');
  });
});
