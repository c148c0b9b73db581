// Reply addresses: their form, and how long their tokens are valid.
import { expect } from 'chai';
import { type MailHome, parseAddress } from '../../../src/email/address.ts';
import {
  makeReplyAddresses,
  REPLY_RETENTION_MS,
  REPLY_SPEC,
  type ReplyAddressDoc,
} from '../../../src/outbox/mail/reply-address.ts';
import { memoryStore } from '../../store/memory.ts';

const domain: MailHome = { kind: 'domain', domain: 'pods.test' };
const mailbox: MailHome = { kind: 'mailbox', local: 'skein', domain: 'example.org' };
const THREAD = { pod: 'p_launch', thread: 'c_1', slug: 'launch', handle: 'pilot' };

describe('an address to answer to', () => {
  function aDesk(home = domain, key = 's') {
    const clock = { now: 1_000_000 };
    const known = memoryStore([REPLY_SPEC]).collection<ReplyAddressDoc>('replyAddresses');
    return {
      clock,
      known,
      replies: makeReplyAddresses({ home, known, secret: async () => key, clock: () => clock.now }),
    };
  }
  const tokenIn = (home: MailHome, address: string) => parseAddress(home, address)?.token ?? '';

  for (const home of [domain, mailbox])
    it(`is the pod’s with a token of 128 bits, and leads to its thread and agent (${home.kind})`, async () => {
      const { replies } = aDesk(home);
      const address = await replies.address(THREAD);
      expect(address).to.match(/^(?:launch\+|skein\+launch\.)re-[0-9a-z]{25}@/);
      expect(await replies.thread(tokenIn(home, address))).to.deep.include(THREAD);
      expect(await replies.address(THREAD), 'a repeat is the same mail').to.equal(address);
    });

  it('is another for another thread, agent or installation', async () => {
    const { replies } = aDesk();
    const all = await Promise.all([
      replies.address(THREAD),
      replies.address({ ...THREAD, handle: 'scribe' }),
      replies.address({ ...THREAD, thread: 'c_2' }),
      aDesk(domain, 'other').replies.address(THREAD),
    ]);
    expect(new Set(all).size).to.equal(4);
  });

  it('fits before the @, however long the pod’s name is', async () => {
    for (const home of [domain, mailbox]) {
      const { replies } = aDesk(home);
      const address = await replies.address({ ...THREAD, slug: 'a'.repeat(38) });
      expect(address.split('@')[0]?.length).to.be.at.most(64);
      expect(await replies.thread(tokenIn(home, address))).to.include({ thread: 'c_1' });
    }
  });

  it('leads there for 90 days after the last mail with it, and nowhere when nobody gave it out', async () => {
    const { clock, replies } = aDesk();
    const token = tokenIn(domain, await replies.address(THREAD));
    clock.now += REPLY_RETENTION_MS - 1;
    expect(await replies.thread(token)).to.include({ thread: 'c_1' });
    await replies.address(THREAD);
    clock.now += REPLY_RETENTION_MS - 1;
    expect(await replies.thread(token)).to.include({ thread: 'c_1' });
    clock.now += 1;
    expect(await replies.thread(token)).to.equal(undefined);
    expect(await replies.thread('0'.repeat(25))).to.equal(undefined);
  });
});
