// Replies to a digest: commands for people without Slack, and an answer that explains the digest.

import { expect } from 'chai';
import { unsubscribeThread } from '../../../src/doors/mail/digest.ts';
import { PREFERENCES } from '../../../src/pods/preferences/preference.ts';
import { SUBSCRIPTIONS } from '../../../src/pods/subscriptions/subscription.ts';
import { ADA, aMailWorld, type MailWorld } from './mail-world.ts';

const SKEIN = 'skein@pods.test';

describe('a reply to a digest', () => {
  let room: MailWorld;
  let n: number;
  beforeEach(async () => {
    room = await aMailWorld();
    n = 0;
  });

  const reply = (body: string, headers: Record<string, string> = {}) => {
    n += 1;
    const all = { 'Message-ID': `<d${n}@example.org>`, Subject: 'Re: Your digest, Sat 21 Nov', To: SKEIN };
    return room.arrives(
      { headers: { ...all, 'In-Reply-To': '<org.digest.d_1@pods.test>', ...headers }, body: `${body}\r\n` },
      { to: [SKEIN] },
    );
  };
  const set = () => room.mail.read.get(SUBSCRIPTIONS, room.world.ada);

  it('changes when it comes, pauses and ends it, as its first line says', async () => {
    await reply('at 08:30');
    await reply('Zone Europe/Berlin, please');
    expect(await set()).to.include({ time: '08:30', timeZone: 'Europe/Berlin', state: 'on' });
    expect(room.answers.at(-1)?.text).to.contain('daily at 08:30 (Europe/Berlin)');
    for (const [word, state] of [
      ['Pause.', 'paused'],
      ['resume', 'on'],
      ['“stop”', 'off'],
      ['resume', 'on'],
      ['unsubscribe', 'off'],
    ] as const) {
      await reply(word);
      expect(await set()).to.include({ state });
    }
    expect(room.answers.at(-1)?.text).to.contain('“resume” in a reply turns them on again');
  });

  it('sets the hours in which they are written to, and says that they are away, or back', async () => {
    await reply('Hours 9-17 Mon-Thu');
    await reply('hours zone Europe/Berlin');
    expect(room.answers.at(-1)?.text).to.contain('unasked Mon to Thu, 09:00 to 17:00 in Berlin.');
    await reply('away until 2030-01-07 deputy ben');
    expect(room.answers.at(-1)?.text)
      .to.contain('away until Mon 7 Jan 2030')
      .and.to.contain('Ben Okafor hears meanwhile');
    expect((await room.mail.read.get(PREFERENCES, room.world.ada))?.away?.deputy).to.equal(room.world.ben);
    await reply('Back!');
    await reply('away until tomorrow');
    expect(room.answers.at(-1)?.text).to.match(/away until \w{3} \d{1,2} \w{3} \d{4}/);
    await reply('Back!');
    expect(room.answers.at(-1)?.text).to.contain('Welcome back');
    await reply('hours soon');
    expect(room.answers.at(-1)?.text).to.contain('Nothing was changed. “soon” is neither a time nor a day.');
    await reply('hours');
    expect(room.answers.at(-1)?.text).to.contain('09:00 to 17:00 in Berlin');
  });

  it('says so where there is no such zone or time', async () => {
    await reply('zone Mars/Olympus');
    await reply('at 25:00');
    expect(room.answers[0]?.text).to.contain('Nothing was changed. “Mars/Olympus” is no time zone.');
    expect(room.answers[1]?.text).to.contain('is no time');
    expect(await set()).to.equal(undefined);
  });

  it('that says something else is told what a digest is and how to change it, without a word of Slack', async () => {
    await reply('Stop the presses! What about the flour?');
    expect(room.answers).to.have.length(1);
    expect(room.answers[0]?.text)
      .to.contain('answered your daily digest')
      .and.to.match(/^> Stop the presses\\! What about the flour\\\?$/m)
      .and.to.contain('send them to the pod’s address')
      .and.to.contain('`at 08:30`')
      .and.not.to.match(/\/skein|Slack|No pod/);
    expect(await set()).to.equal(undefined);
  });

  it('may answer what was answered to it', async () => {
    const References = '<org.digest.d_1@pods.test> <d1@example.org>';
    await reply('stop', { 'In-Reply-To': '<skein.a_1.1@pods.test>', References });
    expect(await set()).to.include({ state: 'off' });
  });

  it('is obeyed in silence where it asks for silence, and only where it was sent to Skein', async () => {
    await reply('pause', { 'X-Auto-Response-Suppress': 'All' });
    expect(await set()).to.include({ state: 'paused' });
    expect(room.answers).to.deep.equal([]);
    await reply('stop', { To: 'somebody@example.net' });
    expect(await set()).to.include({ state: 'paused' });
  });

  it('finds it by the address it is sent to, where it names no mail', async () => {
    const To = await room.replies.address({ pod: 'org', thread: 'digest' });
    await reply('pause', { To, 'In-Reply-To': '' });
    expect(await set()).to.include({ state: 'paused' });
  });

  it('of a mail program to the address of its header ends it without a click, and its reader hears so', async () => {
    const To = await room.replies.address({ pod: 'org', thread: unsubscribeThread(room.world.ada) });
    for (const headers of [{}, { Subject: 'unsubscribe' }, { 'Auto-Submitted': 'auto-generated' }]) {
      await reply('resume');
      expect(await set()).to.include({ state: 'on' });
      await reply('Sent by my mail program.', { To, 'In-Reply-To': '', ...headers });
      expect(await set()).to.include({ state: 'off' });
    }
    expect(room.answers.map(({ text }) => text)).to.include(
      'Done: you get no more digests. “resume” in a reply turns them on again, from then on.',
    );
  });

  it('to the address that ends another’s digest ends nobody’s, and says so', async () => {
    await reply('resume');
    const To = await room.replies.address({ pod: 'org', thread: unsubscribeThread(room.world.ben) });
    await reply('', { To, 'In-Reply-To': '' });
    expect(await set()).to.include({ state: 'on' });
    expect(await room.mail.read.get(SUBSCRIPTIONS, room.world.ben)).to.equal(undefined);
    expect(room.answers.at(-1)?.text).to.contain('is for ending somebody else’s digest');
    await room
      .arrives({ headers: { To, From: 'ben@example.org' } }, { to: [To], from: 'ben@example.org', auth: 'fail' })
      .catch((error: Error) => expect(error.message).to.contain('No pod has an address'));
    expect(await room.mail.read.get(SUBSCRIPTIONS, room.world.ben)).to.equal(undefined);
  });

  it('to an address of no pod lists the pods of its writer', async () => {
    await room.arrives({ headers: { From: ADA, To: 'nosuch@pods.test' } }, { to: ['nosuch@pods.test'] });
    expect(room.answers[0]?.text)
      .to.contain('- Launch: launch@pods.test')
      .and.not.to.match(/\/skein|Slack/);
  });
});
