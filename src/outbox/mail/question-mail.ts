// Reminds one person of open questions by mail, in the thread of the conversation. A retry sends the same bytes.
import { renderAnswer } from '../../email/render/render-mail.ts';
import { referencesOf, replySubject, rootId } from '../../email/thread.ts';
import type { Reader } from '../../log/action.ts';
import type { ConversationDoc } from '../../pods/conversations/conversation.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { comingWords } from '../../pods/local-time.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import { PODS } from '../../pods/pod/pod.ts';
import { zoneWords } from '../../pods/preferences/hours-words.ts';
import { zoneOf } from '../../pods/preferences/zone-of.ts';
import { numberOf, type QuestionDoc } from '../../pods/questions/question.ts';
import type { Texts } from '../../texts/texts.ts';
import { seqOf } from '../delivery-id.ts';
import { lateNotice } from '../late-words.ts';
import { neededByWords } from '../needed-by-words.ts';
import type { MailOut } from './mail-out.ts';
import { replyAddress, senderOf } from './target.ts';

interface Deps {
  read: Reader;
  texts: Texts;
  out: MailOut;
}

interface Bringing {
  delivery: DeliveryOf<'question'>;
  conversation: ConversationDoc;
  person: PersonDoc;
  questions: readonly QuestionDoc[];
  key: string;
}

export async function mailQuestions(deps: Deps, bringing: Bringing): Promise<void> {
  const { read, texts, out } = deps;
  const { delivery, conversation, person, key } = bringing;
  const pod = await read.get(PODS, delivery.pod);
  if (!pod) return;
  const title = (await read.texts([conversation.titleRef])).get(conversation.titleRef ?? '') ?? '';
  const { messageId: parent, references = [] } = conversation.mail ?? {};
  const from = await senderOf({ read, out }, pod, 'skein', 'Skein');
  // The Message-ID contains the commit, as in all our mails, so that a reply finds its question.
  const ids = { pod: pod.id, thread: conversation.id, n: `${seqOf(delivery.id)}-${delivery.id.split(':').at(-1)}` };
  const root = rootId(ids, out.home.domain);
  await out.sendOnce(
    key,
    async ({ messageId, date, facts }) => ({
      kind: 'reply',
      from,
      to: [{ name: person.name, address: person.email ?? '' }],
      subject: replySubject(title),
      messageId,
      date,
      replyTo: { name: from.name, address: await replyAddress(out, conversation, from) },
      ...(facts.parent ? { inReplyTo: facts.parent } : {}),
      references: referencesOf(root, {
        references: [...(facts.references ?? [])],
        ...(facts.parent ? { messageId: facts.parent } : {}),
      }),
      loop: out.loop,
      ...renderAnswer({
        markdown: await wordsOf(deps, bringing, date),
        foot: texts.fill('mail-frame', 'member-foot', { name: 'Skein', pod: pod.name }),
      }),
    }),
    ids,
    { ...(parent && !parent.endsWith('@content>') ? { parent } : {}), ...(references.length ? { references } : {}) },
  );
}

async function wordsOf(
  { read, texts: { fill } }: Deps,
  { delivery, person, questions }: Bringing,
  date: string,
): Promise<string> {
  const words = await read.texts(questions.map(({ body }) => body));
  const [first] = questions;
  const asked = (one: QuestionDoc) => ({
    number: numberOf(one),
    question: (words.get(one.body) ?? '').replace(/\s+/g, ' '),
  });
  if (!first) return '';
  switch (delivery.about) {
    case 'which': {
      const open = questions.filter(({ state }) => state === 'open');
      const over = questions.filter(({ state }) => state !== 'open');
      const lines = open.map((one) => `- ${fill('question', 'item', asked(one))}`).join('\n');
      const which = fill('question', 'which-by-mail', { person: person.name, questions: lines });
      if (!over.length) return which;
      return [await lateNotice({ read, texts: { fill } }, 'over', over), ...(open.length ? [which] : [])].join('\n\n');
    }
    case 'reminder':
    case 'passed': {
      const part = delivery.about === 'passed' ? 'handed-by-mail' : 'reminder-by-mail';
      return [
        fill('question', part, asked(first)),
        await replyHint({ read, fill }, first, { to: [person], date }),
      ].join('\n\n');
    }
    case 'late':
    case 'over':
      return lateNotice({ read, texts: { fill } }, delivery.about, questions);
    // A mail stays as it was sent.
    case 'changed':
      return '';
    default:
      delivery.about satisfies never;
      return '';
  }
}

/**
 * Returns by when a question is to be answered, and how to do it by mail. `date`: that of the mail, so that a retry says
 * the same.
 */
export async function replyHint(
  { read, fill }: { read: Reader; fill: Texts['fill'] },
  question: QuestionDoc,
  { to, date }: { to: readonly PersonDoc[]; date: string },
): Promise<string> {
  const { options } = question;
  const zones = [...new Set(await Promise.all(to.map((one) => zoneOf(read, one))))];
  const time = await neededByWords({ read, texts: { fill } }, question, (at) => timeIn(zones, at, Date.parse(date)));
  const texts = await read.texts(options);
  const how = options.length
    ? fill('question', 'answer-by-mail-with', { options: options.flatMap((ref) => texts.get(ref) ?? []).join(' / ') })
    : fill('question', 'answer-by-mail');
  return [time, how].filter(Boolean).join('\n\n');
}

/** One mail may go to people in several zones. Each is named then. */
function timeIn([zone = 'UTC', ...more]: readonly string[], at: number, now: number): string {
  if (!more.length) return comingWords(zone, at, now);
  return [zone, ...more].map((one) => `${comingWords(one, at, now)} (${zoneWords(one)})`).join(' / ');
}
