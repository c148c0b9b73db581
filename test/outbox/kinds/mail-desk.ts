// A desk from which the mails of conversations are carried: a pod, its people, and a mail server that can fail.
import { mailHome } from '../../../src/email/address.ts';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import type { Outgoing } from '../../../src/email/render/compose-mail.ts';
import { NotYet } from '../../../src/errors.ts';
import { LOG_SPECS } from '../../../src/log/fold.ts';
import type { Origin } from '../../../src/log/place.ts';
import { makeReader } from '../../../src/log/read.ts';
import { carryMail } from '../../../src/outbox/kinds/mail.ts';
import { ANSWER_WITHIN_MS } from '../../../src/outbox/mail/acknowledgement.ts';
import { type MailSendingDoc, makeMailOut } from '../../../src/outbox/mail/mail-out.ts';
import { makeReplyAddresses, REPLY_SPEC, type ReplyAddressDoc } from '../../../src/outbox/mail/reply-address.ts';
import type { MailDeps, Mailing } from '../../../src/outbox/mail/target.ts';
import { VIEW_SPECS } from '../../../src/pods/kinds.ts';
import { aWorld, type Home } from '../../pods/build.ts';
import { type MemoryOptions, memoryStore } from '../../store/memory.ts';
import { texts } from '../../texts/words.ts';

export const LINK = 'https://x.slack.test/1';

/** `step`: is called before each operation of the store. */
export async function aDesk(origin?: Origin, step?: MemoryOptions['step']) {
  const specs = [...LOG_SPECS, ...VIEW_SPECS, { name: 'sending', kind: 'journal' as const, indexes: [] }, REPLY_SPEC];
  const store = memoryStore(specs, step ? { step } : {});
  const where: Home = { pod: 'p_launch', account: (handle) => `slack:T1:${handle}`, ...(origin ? { origin } : {}) };
  const world = await aWorld({ store, home: where });
  await world.does('skein', 'claim_address', { of: world.pod, name: 'Launch' });
  const maja = (await world.does(world.ada, 'invite_person', { email: 'maja@x.example', name: 'Maja' })).person.id;
  await world.does(world.ada, 'add_member', { who: 'Maja' });
  const ben = { account: 'slack:T1:ben', name: 'Ben Okafor', handle: 'ben', email: 'ben@x.example' };
  await world.does('skein', 'register_person', ben);
  const sent: Outgoing[] = [];
  let fails: Error | undefined;
  let rejected: string[] = [];
  const sending = store.collection<MailSendingDoc>('sending');
  const sender = {
    async send(mail: Outgoing) {
      sent.push(mail);
      if (fails) throw fails;
      return { rejected, later: [] };
    },
  };
  const clock = () => world.clock.now;
  const home = mailHome({ domain: 'pods.test' });
  const known = store.collection<ReplyAddressDoc>('replyAddresses');
  const replies = makeReplyAddresses({ home, known, secret: async () => 's', clock });
  const out = makeMailOut({ home, loop: 'l', replies, sender, sending, clock });
  const reader: MailDeps['reader'] = { read: (raw) => parseMail(Buffer.from(raw)) };
  const deps = {
    act: world.act,
    read: makeReader(store),
    texts,
    out,
    reader,
    clock,
    linkTo: () => LINK,
  };
  /** What the deliveries that wait have looked at, as the queue keeps it. */
  const seen = new Map<string, string>();
  const carry = (delivery: Mailing) =>
    carryMail(deps, delivery, seen.get(delivery.id)).catch((error: unknown) => {
      if (error instanceof NotYet && error.seen !== undefined) seen.set(delivery.id, error.seen);
      throw error;
    });
  /** Carries it when no answer came in time. */
  const late = (delivery: Mailing) => {
    world.clock.now += ANSWER_WITHIN_MS;
    return carry(delivery);
  };
  const mailing = () => world.delivered.filter((one) => one.kind === 'mail') as Mailing[];
  const takes = async (over: object = {}, more: Partial<Extract<Origin, { kind: 'email' }>> = {}, by = maja) => {
    const mail: Origin = { kind: 'email', messageId: '<m1@x.example>', raw: 'h', ...more };
    const input = { title: 'Rye flour', text: 'Please look.', followers: [world.ben], ...over };
    return world.does(by, 'take_mail', input, { origin: mail });
  };
  const failing = (error: Error | undefined) => {
    fails = error;
  };
  const refusing = (addresses: string[]) => {
    rejected = addresses;
  };
  /** As the worker does it: in order, and a lane waits for its first delivery. Returns the deliveries that wait. */
  const carryAll = async (deliveries = mailing()): Promise<Mailing[]> => {
    for (const [n, one] of deliveries.entries()) {
      const waits = await carry(one).then(
        () => false,
        (error: unknown) => {
          if (error instanceof NotYet) return true;
          throw error;
        },
      );
      if (waits) return deliveries.slice(n);
    }
    return [];
  };
  return {
    ...{ world, store, out, maja, ben: world.ben, sent, carry, carryAll, mailing, takes, failing, refusing, late },
  };
}
