// Work that is given to somebody reaches them where they are: in Slack, or by mail, once, whoever gives it.
import { expect } from 'chai';
import { aMailRoom, type MailRoom } from './mailroom.ts';

/** Over a weekend, whatever day it is: everybody has working hours within it. */
const DAYS = 4 * 86_400;

describe('what needs somebody', function () {
  this.timeout(60_000);
  let room: MailRoom;

  beforeEach(async () => {
    room = await aMailRoom();
  });
  afterEach(() => room.stop());

  const notices = async (as: string) => {
    const all = await room.team.messages('app', undefined, as);
    return all.map(({ text }) => text).filter((text) => !text.startsWith('Your digest'));
  };
  const days = () => room.team.post('/practice/clock', { advance: DAYS });

  it('is told to Ben in Slack when Ada gives him two tasks: one message, with who, what and by when', async () => {
    // Over days his digest would tell it first, and no notice would come.
    await room.team.command('ben', 'launch', '/skein digest stop');
    const before = await notices('ben');
    await room.act('create_task', { title: 'Order boxes', assignee: 'ben', due: '2030-01-07' });
    await room.act('create_task', { title: 'Weigh the flour', assignee: 'ben' });
    await room.team.quiet();
    await days();
    const seen = await room.team.until('app', '', (all) => all.some(({ text }) => text.includes('Weigh')), 'ben');
    expect(seen.length).to.be.greaterThan(0);
    await room.team.quiet();
    const [told = '', ...more] = (await notices('ben')).slice(before.length);
    expect(more, 'one message').to.deep.equal([]);
    expect(told).to.match(/Ada Lindqvist.*gave you .*#\d+.* “Order boxes” in launch, due Mon 7 Jan\./);
    expect(told).to.match(/gave you .*“Weigh the flour” in launch\./);
  });

  it('goes to the deputy of somebody away, who reads for whom, and waits for nobody’s night', async () => {
    // Over days their digests would tell it first.
    for (const as of ['ben', 'chiara']) await room.team.command(as, 'launch', '/skein digest stop');
    expect(await room.team.command('ben', 'launch', '/skein hours 9-17 Mon-Thu')).to.contain(
      'Skein writes to you unasked Mon to Thu, 09:00 to 17:00 in',
    );
    expect(await room.team.command('ben', 'launch', '/skein away until 2031-01-07 deputy @chiara')).to.contain(
      'You are away until Tue 7 Jan 2031',
    );
    const before = await notices('ben');
    const { away } = await room.act<{ away: string[] }>('create_task', { title: 'Order boxes', assignee: 'ben' });
    expect(away[0]).to.match(/^Ben .* is away until Tue 7 Jan 2031\. Chiara .* stands in for them\.$/);
    // The first look passes it on, the next one tells it.
    const looks = () => room.team.lines.filter((line) => line.includes('people who are told')).length;
    await room.team.quiet();
    const looked = looks();
    await days();
    await room.team.until('app', '', () => looks() > looked, 'chiara');
    await room.team.quiet();
    await days();
    const seen = await room.team.until('app', '', (all) => all.some(({ text }) => text.includes('stand in')), 'chiara');
    const told = seen.map(({ text }) => text).filter((text) => text.includes('stand in'));
    expect(told[0]).to.match(
      /Ada Lindqvist.* gave \*Ben Okafor\* .*“Order boxes”.* Ben Okafor is away until .*, and you stand in for them: do it for them, or give it to somebody\./,
    );
    await room.team.quiet();
    expect((await notices('ben')).slice(before.length)).to.deep.equal([]);
  });

  it('is told to Maja by mail, who has no Slack', async () => {
    const maja = 'maja@wildgoose.example';
    await room.invites(maja, 'Maja Brandt');
    await room.act('add_member', { who: 'Maja Brandt' });
    await room.endsDigest(maja);
    await room.act('create_task', { title: 'Bake the rye', assignee: 'Maja Brandt', due: '2030-01-07' });
    await room.team.quiet();
    await days();
    const mails = await room.mails(maja, (all) => all.some(({ text }) => text.includes('gave you')));
    const told = mails.filter(({ text }) => text.includes('gave you'));
    expect(told).to.have.length(1);
    expect(told[0]?.subject).to.equal('Bake the rye');
    expect(told[0]?.text).to.match(/Ada Lindqvist gave you #\d+ “Bake the rye” in launch, due Mon 7 Jan\./);
  });
});
