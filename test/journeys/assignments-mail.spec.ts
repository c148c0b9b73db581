// Tasks and agents by mail alone: a reply gives a task to an agent, and brings in one that was called.
import { expect } from 'chai';
import { ADA, aMailRoom, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';

describe('by mail', function () {
  this.timeout(60_000);
  let room: MailRoom;
  before(async () => {
    room = await aMailRoom();
  });
  after(() => room.stop());

  const sends = (id: string, text: string, headers: string[] = [], subject = 'Rye flour') =>
    room.send(ADA, room.launch.mail, aMail({ from: ADA, to: room.launch.mail, subject, id, headers, text }));

  it('a task that a reply gives to an agent is begun, and its answer comes as a mail', async () => {
    await sends('a-1', 'Where do we buy the flour?');
    const [first] = await room.mails(ADA, (all) => all.length >= 1);
    await room.team.quiet();
    const seen = (await room.boxWithoutInvitations(ADA)).length;
    await sends('a-2', 'assign to @scout', first ? reply(first) : [], 'Re: Rye flour');
    const byScout = ({ from }: { from: string }) => from.includes('Scout');
    const mails = await room.mails(ADA, (all) => all.slice(seen).some(byScout));
    expect(mails.slice(seen).filter(byScout)).to.have.length(1);
    const { tasks } = await room.act<{ tasks: { title: string; state: string; assigneeName: string }[] }>('list_tasks');
    expect(tasks.find(({ title }) => title === 'Rye flour')).to.include({ state: 'started', assigneeName: 'Scout' });
  });

  it('an agent that is not in the pod is brought in by a reply, and answers what was written', async () => {
    const ledger = {
      handle: 'ledger',
      name: 'Ledger',
      purpose: 'Counts.',
      instructions: 'Count.',
      tools: ['list_tasks'],
    };
    await room.act('create_agent', ledger, 'org');
    await sends('b-1', '@ledger what is open?', [], 'Accounts');
    const offers = ({ text }: { text: string }) => text.includes('reply with the line “add @ledger”');
    const offer = (await room.mails(ADA, (all) => all.some(offers))).find(offers);
    await room.team.quiet();
    await sends('b-2', 'add @ledger', offer ? reply(offer) : [], 'Re: Accounts');
    const byLedger = ({ from }: { from: string }) => from.includes('Ledger');
    const answered = await room.mails(ADA, (all) => all.some(byLedger));
    expect(answered.filter(byLedger)).to.have.length(1);
    expect(answered.find(byLedger)?.text).to.contain('open tasks');
  });
});
