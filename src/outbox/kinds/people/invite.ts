// Sends a person who was added to a pod one mail: by whom, what for, who else is there, what to try, how to leave.
import { InvalidInput } from '../../../errors.ts';
import { MEMBERS, memberId } from '../../../pods/members/member.ts';
import { PEOPLE } from '../../../pods/people/person.ts';
import { PODS } from '../../../pods/pod/pod.ts';
import { type DeliveryKind, MAIL_OUT } from '../../kind.ts';
import { sendInvitation } from '../../mail/invitation.ts';

export const invite: DeliveryKind<'invite'> = {
  lane: ({ person }) => `invite:${person}`,
  resource: MAIL_OUT,
  promises: ['byte-identical'],
  async carry({ read, texts, mail, logger, clock }, { pod: id, person: who, by }) {
    const [pod, person, member] = await Promise.all([
      read.get(PODS, id),
      read.get(PEOPLE, who),
      read.get(MEMBERS, memberId(id, who)),
    ]);
    if (!pod || person?.state !== 'in' || member?.state !== 'in') return;
    const { email } = person;
    if (!mail || !email) return logger.info('not invited: no mail', { pod: id });
    await sendInvitation({ read, texts, clock, out: mail.out }, { pod, person, email, by }).catch((error: unknown) => {
      // The server refuses the address for good. Whoever added them sees it in the outbox, set aside with its reason.
      if (error instanceof InvalidInput) throw new InvalidInput(`${person.name} was not invited: ${error.message}`);
      throw error;
    });
  },
};
