// Posts a reminder of questions in their thread or in a direct message, records it, and updates it when a question
// changes.
import { NotFound } from '../../../errors.ts';
import { canonical } from '../../../log/ids.ts';
import type { ParticipantId, PersonId } from '../../../log/participant.ts';
import type { ConversationDoc } from '../../../pods/conversations/conversation.ts';
import type { DeliveryOf } from '../../../pods/deliveries.ts';
import { PEOPLE, type PersonDoc } from '../../../pods/people/person.ts';
import { QUESTIONS, type QuestionDoc, type QuestionPost } from '../../../pods/questions/question.ts';
import type { Post } from '../../../slack/render/render.ts';
import type { Parts } from '../../parts.ts';
import { attempted, begun, type SendingDoc } from '../send-once.ts';
import { asPoster, lostIn, voiceIn } from '../voices/voice.ts';
import { questionNotice } from './notice.ts';

interface Reminding {
  delivery: DeliveryOf<'question'>;
  conversation: ConversationDoc;
  person: PersonDoc;
  user: string;
  /** The questions that still wait for this person. Empty if none does any more. */
  questions: readonly QuestionDoc[];
  key: string;
}

export async function remindInSlack(parts: Parts, reminding: Reminding): Promise<void> {
  const { read, texts, slack, store, clock } = parts;
  const { delivery, conversation, person, user, questions, key } = reminding;
  const sending = store.collection<SendingDoc>('sending');
  const before = await attempted({ sending }, key);
  if (!questions.length && before === undefined) return;
  const { place } = conversation;
  const where = place.kind === 'slack' && place.team === slack.team ? place : undefined;
  const lost = where && (await lostIn({ read, apps: slack.apps }, { pod: delivery.pod, channel: where.channel }));
  const there = lost ? undefined : where;
  // In a thread, the agent that asks speaks for itself.
  const voice = there
    ? await voiceIn({ read, slack }, { pod: delivery.pod, channel: there.channel, by: askerIn(questions) })
    : undefined;
  const { sender } = voice ?? slack;
  const channel = there?.channel ?? (await slack.sender.openDm(user));
  const threadTs = there?.thread;
  const record = (ts: string[], shown: readonly Post[]) =>
    recorded(parts, reminding, { team: slack.team, channel, ts }, shown);
  if (!questions.length) {
    // An earlier attempt may have posted it before the last question was settled.
    const ts = await sender.lookUp({ channel, threadTs, key, oldest: before ?? '' });
    return ts.length ? record(ts, []) : undefined;
  }
  if (delivery.about === 'changed') return;
  const posts = await questionNotice(
    { read, texts, team: slack.team },
    { ...delivery, about: delivery.about },
    person,
    questions,
  );
  if (!posts.length) return;
  const earlier = await begun({ sending, clock }, key);
  const { all } = await sender.post({
    // The main app posts a reminder under its own name.
    ...(voice?.agent ? voice.persona : {}),
    ...{ channel, posts, key, resend: earlier !== undefined, oldest: earlier },
    ...(threadTs ? { threadTs } : {}),
  });
  await record(all, posts);
}

/** Returns the agent that asks all of them, or else Skein. */
function askerIn(questions: readonly QuestionDoc[]): ParticipantId {
  const [first] = questions;
  return first && questions.every(({ by }) => by === first.by) ? first.by : 'skein';
}

/** Records the post, and updates it if a question was settled meanwhile: nobody knew of the post then. */
async function recorded(
  parts: Parts,
  { delivery: { id, pod, about, message, questions: all }, person, questions, key }: Reminding,
  stands: Pick<QuestionPost, 'team' | 'channel' | 'ts'>,
  shown: readonly Post[],
): Promise<void> {
  // It has no buttons and none of the question's words.
  if (about === 'late' || about === 'over' || about === 'changed') return;
  const post: QuestionPost = {
    ...{ about, person: person.id as PersonId, ...(message ? { message } : {}), ...stands, key },
    questions: questions.length ? questions.map((one) => one.id) : all,
  };
  await parts.act({
    ...{ pod, actor: 'skein', via: 'skein', action: 'record_question_post', input: post },
    key: `sent:${id}:${person.id}`,
  });
  await showReminder(parts, post, shown);
}

/** Updates the posts that remind of these questions. */
export async function showReminders(parts: Parts, questions: readonly string[]): Promise<void> {
  for (const id of questions)
    for (const post of (await parts.read.get(QUESTIONS, id))?.posts ?? []) await showReminder(parts, post);
}

/** Shows the questions as they are now. `shown`: what stands there. Parts that are not needed any more are removed. */
async function showReminder(
  { read, texts, slack }: Parts,
  { about, message, person: id, questions, team, channel, ts, key }: QuestionPost,
  shown?: readonly Post[],
): Promise<void> {
  const [person, ...found] = await Promise.all([
    read.get(PEOPLE, id),
    ...questions.map((one) => read.get(QUESTIONS, one)),
  ]);
  if (!person || team !== slack.team) return;
  const docs = found.filter((one): one is QuestionDoc => one !== undefined);
  const wish = message ? { about, message } : { about };
  const posts = await questionNotice({ read, texts, team }, wish, person, docs);
  if (shown && canonical(posts) === canonical(shown)) return;
  const said = { pod: docs[0]?.pod ?? '', channel, by: askerIn(docs) };
  for (const [part, at] of ts.entries()) {
    const post = posts[part];
    const done = asPoster({ read, slack }, said, (poster) =>
      post ? poster.update({ channel, ts: at, post, key, part }) : poster.remove({ channel, ts: at }),
    );
    // Somebody may have deleted it.
    await done.catch((error: unknown) => {
      if (!(error instanceof NotFound)) throw error;
    });
  }
}
