// Which events of Slack came to nothing, and why: counted by their reason, by however many processes.
import { expect } from 'chai';
import { LEFT_OUT_SPEC, type LeftOutDoc, leftOutEvents, makeLeftOut } from '../../src/inbox/left-out.ts';
import { saveSlack } from '../../src/inbox/save-slack.ts';
import { aYard } from '../lanes/build.ts';
import { silent } from '../logs.ts';
import { memoryStore } from '../store/memory.ts';

describe('what Slack sends and nothing comes of', () => {
  const self = { botUserId: 'UBOT', botId: 'BBOT', agents: [{ agent: 'scribe', botUserId: 'U2', botId: 'B2' }] };
  const event = (id: string, inner: object) => ({ type: 'event_callback', team_id: 'T1', event_id: id, event: inner });
  const message = (id: string, more: object) =>
    event(id, { type: 'message', channel: 'C1', channel_type: 'channel', ts: `${id}.0`, ...more });

  it('is listed with its reason, also for a subtype never seen; a person’s words are heard with any subtype', async () => {
    const events = memoryStore([LEFT_OUT_SPEC]).collection<LeftOutDoc>('leftOutEvents');
    const { queue, states } = aYard();
    const leftOut = makeLeftOut(events, () => 5, silent);
    await saveSlack(
      queue,
      self,
      [
        message('1', { user: 'U1', text: '<@U2> hello', subtype: 'brand_new' }),
        message('2', { subtype: 'brand_new', hidden: true }),
        message('3', { subtype: 'channel_join', user: 'U1', text: 'has joined' }),
        message('4', { subtype: 'channel_join', user: 'U3', text: 'has joined' }),
        event('5', { type: 'star_added' }),
        message('6', { user: 'UBOT', text: 'our own' }),
      ],
      silent,
      leftOut,
    );
    await leftOut.stop();
    expect(Object.keys(await states())).to.deep.equal(['slack:T1:C1:1.0']);
    const listed = (await leftOutEvents(events)).map(({ reason, count, event: last }) => [reason, count, last]);
    expect(listed).to.have.deep.members([
      ['no use for message.brand_new', 1, '2'],
      ['another event tells of channel_join', 2, '4'],
      ['no use for star_added', 1, '5'],
    ]);
  });

  it('is counted once by each of three processes, though they write together', async () => {
    const events = memoryStore([LEFT_OUT_SPEC]).collection<LeftOutDoc>('leftOutEvents');
    const all = [1, 2, 3].map((at) => makeLeftOut(events, () => at, silent));
    for (const [n, one] of all.entries()) for (let times = 0; times < 10; times += 1) one.note('r', `Ev${n}`);
    await Promise.all(all.map((one) => one.stop()));
    expect(await leftOutEvents(events)).to.deep.equal([
      { reason: 'r', count: 30, since: 1, at: 3, event: (await events.get('r'))?.event },
    ]);
  });
});
