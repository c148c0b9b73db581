// Finds the pods that a query is about, and whether its words may rather be an answer to somebody.
import type { Envelope } from '../../../email/mail.ts';
import type { PersonId } from '../../../log/participant.ts';
import type { ConversationDoc } from '../../../pods/conversations/conversation.ts';
import { NEEDS, type NeedDoc } from '../../../pods/needs/need.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import { sharedPodsOf } from '../../../pods/subscriptions/range.ts';
import type { MailContext, Proved } from '../context.ts';
import { type Addressed, addressee, answeredBy, isIn, oursIn, withThread } from '../destinations.ts';

/** The most pods that one query is answered for. */
const MOST_PODS = 20;

export interface Scope {
  pods: PodDoc[];
  conversation?: ConversationDoc;
  /** The open item of the notice that the mail answers. */
  need?: NeedDoc;
}

/** Returns undefined if the mail was sent to pods that its author is not in: to them, such pods do not exist. */
export async function scopeOf(
  mail: MailContext,
  { author }: Proved,
  read: Addressed,
  envelope: Envelope,
): Promise<Scope | undefined> {
  const answered = await answeredBy(mail, read);
  if (answered && !(await isIn(mail, answered.pod, author))) return undefined;
  const found = new Map<string, PodDoc>(answered ? [[answered.pod.id, answered.pod]] : []);
  let conversation = answered?.conversation;
  let isElsewhere = false;
  const slugs = new Set<string>();
  for (const { address } of oursIn(mail, read, envelope)) {
    // skein@… is Skein itself, and no pod.
    if (address.kind !== 'pod' || address.slug === 'skein' || slugs.has(address.slug)) continue;
    slugs.add(address.slug);
    const to = await addressee(mail, { kind: 'pod', slug: address.slug }, author);
    if (to && 'agent' in to) continue;
    if (!to || !(await isIn(mail, to.pod, author))) isElsewhere = true;
    else {
      found.set(to.pod.id, to.pod);
      conversation ??= (await withThread(mail, to, read)).conversation;
    }
  }
  const more = { ...(conversation ? { conversation } : {}), ...(answered?.need ? { need: answered.need } : {}) };
  if (found.size) return { pods: [...found.values()], ...more };
  if (isElsewhere) return undefined;
  const pods = (await sharedPodsOf(mail.read, author.id as PersonId)).filter(({ state }) => state === 'active');
  return { pods: pods.sort((a, b) => a.name.localeCompare(b.name)).slice(0, MOST_PODS) };
}

/** True if somebody waits for the author's words where the mail replies. “tasks” may then be what they answer. */
export async function mayBeAnswer({ read }: MailContext, { author }: Proved, scope: Scope): Promise<boolean> {
  const isSaid = ({ about }: NeedDoc) => about.on === 'questions' || about.on === 'conversations';
  if (scope.need && isSaid(scope.need)) return true;
  const { conversation } = scope;
  if (!conversation) return false;
  const where = { pod: conversation.pod, who: author.id, state: 'open' };
  const open = await read.find(NEEDS, { where });
  return open.some((need) => need.conversation === conversation.id && isSaid(need));
}
