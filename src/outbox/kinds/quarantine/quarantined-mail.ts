// Notifies the owners of a pod of a quarantined mail: in Slack with two buttons, or else by mail.

import { Retryable } from '../../../errors.ts';
import type { Act } from '../../../log/act.ts';
import type { Reader } from '../../../log/action.ts';
import type { Logger } from '../../../logger.ts';
import type { DeliveryOf } from '../../../pods/deliveries.ts';
import { QUARANTINED_MAILS, type QuarantinedMailDoc } from '../../../pods/mail/quarantined-mail.ts';
import { ownersIn } from '../../../pods/members/members-of.ts';
import { PEOPLE, type PersonDoc } from '../../../pods/people/person.ts';
import { PODS } from '../../../pods/pod/pod.ts';
import { quarantinedMail } from '../../../slack/render/blocks.ts';
import type { Sender } from '../../../slack/send/send.ts';
import type { Collection } from '../../../store/port.ts';
import type { Texts } from '../../../texts/texts.ts';
import { type DeliveryKind, SLACK_APP } from '../../kind.ts';
import type { MailOut } from '../../mail/mail-out.ts';
import { mailQuarantined, type ShownMail } from '../../mail/quarantined-mail.ts';
import type { Parts } from '../../parts.ts';
import { begun, type SendingDoc } from '../../slack/send-once.ts';
import { slackUserOf } from '../../slack/slack-user.ts';

export interface NoticeDeps {
  act: Act;
  read: Reader;
  texts: Texts;
  slack?: { sender: Sender; team: string };
  mail?: MailOut;
  sending: Collection<SendingDoc>;
  clock(): number;
  logger: Logger;
}

export const quarantined: DeliveryKind<'held'> = {
  lane: ({ pod }) => `held:${pod}`,
  resource: SLACK_APP,
  // The first guarantee is for Slack, the second for mail.
  promises: ['look-up', 'byte-identical'],
  carry: (parts, delivery) => notifyOwners(noticeDeps(parts), delivery),
};

function noticeDeps({ act, read, texts, clock, store, slack: { sender, team }, mail, logger }: Parts): NoticeDeps {
  const sending = store.collection<SendingDoc>('sending');
  return { act, read, texts, clock, logger, sending, slack: { sender, team }, ...(mail ? { mail: mail.out } : {}) };
}

export async function notifyOwners(deps: NoticeDeps, delivery: DeliveryOf<'held'>): Promise<void> {
  const { read } = deps;
  const quarantined = await read.get(QUARANTINED_MAILS, delivery.mail);
  const pod = await read.get(PODS, delivery.pod);
  if (quarantined?.state !== 'held' || !pod) return;
  const words = await read.texts([quarantined.fromRef, quarantined.subjectRef, quarantined.excerptRef]);
  const word = (ref: string) => words.get(ref) ?? '';
  const shown = {
    pod: pod.name,
    quarantined: { ...quarantined, reason: `${quarantined.reason}${await others(deps, quarantined)}` },
    from: word(quarantined.fromRef),
    subject: word(quarantined.subjectRef),
    excerpt: word(quarantined.excerptRef),
  };
  const failed: unknown[] = [];
  const owners = (await ownersOf(read, delivery.pod)).filter(({ id }) => !delivery.to || id === delivery.to);
  for (const owner of owners)
    await notifyOwner(deps, owner, delivery, shown).catch((error: unknown) => failed.push(error));
  // If one owner's notice fails, the other owners still get theirs. A Retryable is thrown before other errors, so that
  // all notices are retried.
  if (failed.length) throw failed.find((error) => error instanceof Retryable) ?? failed[0];
}

const MOST_COUNTED = 1_000;

/** Returns the sentence about the other mails in quarantine, because only one mail is shown in full. */
async function others({ read, texts }: NoticeDeps, { pod }: QuarantinedMailDoc): Promise<string> {
  const { length } = await read.find(QUARANTINED_MAILS, { where: { pod, state: 'held' }, limit: MOST_COUNTED });
  if (length < 2) return '';
  return ` ${texts.fill('held-mail', length === MOST_COUNTED ? 'waiting-or-more' : 'waiting', { count: length })}`;
}

async function ownersOf(read: Reader, pod: string): Promise<PersonDoc[]> {
  const people = await Promise.all((await ownersIn(read, pod)).map((who) => read.get(PEOPLE, who)));
  return people.filter((person): person is PersonDoc => person?.state === 'in');
}

/** An owner who has just decided about a mail is shown the next one. All other words count among those of their day. */
async function notifyOwner(
  deps: NoticeDeps,
  owner: PersonDoc,
  word: DeliveryOf<'held'>,
  shown: ShownMail,
): Promise<void> {
  const { slack, mail } = deps;
  const key = `${word.id}:${owner.id}`;
  if (!word.to && !(await isCounted(deps, owner, key))) return;
  const user = slack && slackUserOf(owner, slack.team);
  if (slack && user) return inSlack(deps, slack.sender, user, shown, key);
  if (mail && owner.email) return mailQuarantined({ texts: deps.texts, mail }, owner, shown, key);
  deps.logger.warn('owner not notified of a quarantined mail', { held: shown.quarantined.id });
}

/** False if the owner was told enough today. Their digest says how many mails wait. */
async function isCounted({ act }: NoticeDeps, { id }: PersonDoc, key: string): Promise<boolean> {
  const counting = { pod: id, actor: 'skein', via: 'skein', action: 'count_word', input: {} } as const;
  return (await act<{ sends: boolean }>({ ...counting, key: `word:${key}` })).result.sends;
}

async function inSlack(deps: NoticeDeps, sender: Sender, user: string, shown: ShownMail, key: string): Promise<void> {
  const earlier = await begun(deps, key);
  const { pod, quarantined, from, subject, excerpt } = shown;
  const { fill } = deps.texts;
  const post = quarantinedMail({
    title: fill('held-mail', 'subject', { pod }),
    reason: quarantined.reason,
    about: [fill('held-mail', 'from', { from }), fill('held-mail', 'about', { subject })],
    excerpt,
    answers: { accept: fill('held-mail', 'accept'), reject: fill('held-mail', 'reject') },
    value: `${quarantined.pod}/${quarantined.id}`,
  });
  const channel = await sender.openDm(user);
  await sender.post({ channel, posts: [post], key, resend: earlier !== undefined, oldest: earlier });
}
