// A task falls due when the hours of whoever does it begin, in their own zone.
import { expect } from 'chai';
import { aMailRoom, type MailRoom } from './mailroom.ts';

const HOUR = 3600;
const DAY_MS = 86_400_000;

describe('a task with a due day', function () {
  this.timeout(120_000);
  let room: MailRoom;

  before(async () => {
    room = await aMailRoom();
    await room.team.command('ben', 'launch', '/skein digest stop');
  });
  after(() => room.stop());

  it('is told to Ben when his hours begin in his zone, which he has set, and not before', async () => {
    const set = await room.team.command('ben', 'launch', '/skein hours 14-20 Mon-Sun');
    expect(set).to.include('14:00 to 20:00');
    await room.team.command('ben', 'launch', '/skein hours zone America/New_York');
    const due = new Date(room.team.clock() + 2 * DAY_MS).toISOString().slice(0, 10);
    await room.act('create_task', { title: 'Pay the printer', assignee: 'ben', due });
    const said = /“Pay the printer” in launch is due today, and it is with you\./;
    for (let n = 0; n < 80; n++) {
      const seen = (await room.team.messages('app', undefined, 'ben')).find(({ text }) => said.test(text));
      if (seen) {
        const at = new Date(Number(seen.ts) * 1000);
        const local = at.toLocaleString('sv', { timeZone: 'America/New_York' });
        expect(local.slice(0, 10)).to.equal(due);
        // The clock of the test moves by an hour.
        expect(local.slice(11, 13)).to.be.oneOf(['14', '15']);
        return;
      }
      await room.team.post('/practice/clock', { advance: HOUR });
      await new Promise((done) => setTimeout(done, 150));
      await room.team.quiet();
    }
    throw new Error('Ben never hears of it.');
  });
});
