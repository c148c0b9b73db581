// Whoever gave work hears of its end where they are: an agent goes on in its thread, a person gets one notice.
import { expect } from 'chai';
import { aMailRoom, type MailRoom } from './mailroom.ts';

const DAYS = 4 * 86_400;

describe('work that was given', function () {
  this.timeout(60_000);
  let room: MailRoom;

  before(async () => {
    room = await aMailRoom();
  });
  after(() => room.stop());

  it('passes back to the agent that gave it, which answers the person in the first thread', async () => {
    const { team } = room;
    const first = await team.say('ada', 'launch', '@scribe add a task for scout to list the suppliers');
    await team.answer('launch', first, 'Scout');
    await team.quiet();
    const thread = await team.messages('launch', first);
    const number = thread.map(({ text }) => text.match(/^Scribe gave (#\d+) /)?.[1]).find(Boolean) ?? '';
    const before = thread.filter(({ username }) => username === 'Scribe').length;
    await team.say('ada', 'launch', `@scout ${number} is done`);
    const answer = await team.answer('launch', first, 'Scribe', before + 1);
    expect(answer.text).to.match(/^Scout has done #\d+, “List the suppliers”/);
    await team.quiet();
    const lines = (await team.messages('launch', first)).filter(({ text }) => text.includes('finished #'));
    expect(lines.map(({ text }) => text)).to.deep.equal([`Scout finished ${number} “List the suppliers”.`]);
  });

  it('is told to Ada once when Ben has done it, in his words, with a link', async () => {
    const { team } = room;
    for (const as of ['ada', 'ben']) await team.command(as, 'launch', '/skein digest stop');
    const made = await room.act<{ task: { number: number } }>('create_task', { title: 'Weigh boxes', assignee: 'ben' });
    const number = `#${made.task.number}`;
    await team.command('ben', 'launch', `/skein do complete_task --task ${number} --note “They come on Monday”`);
    await team.quiet();
    await team.post('/practice/clock', { advance: DAYS });
    await team.until('app', '', (all) => all.some(({ text }) => text.includes('Weigh boxes')), 'ada');
    await team.quiet();
    await team.post('/practice/clock', { advance: DAYS });
    await team.quiet();
    const told = (await team.messages('app', undefined, 'ada')).filter(({ text }) => text.includes('Weigh boxes'));
    expect(told).to.have.length(1);
    expect(told[0]?.text).to.match(
      /^Done: <http[^|]*\|#\d+> “Weigh boxes” in launch, by \*Ben Okafor\*: “They come on Monday”$/,
    );
  });
});
