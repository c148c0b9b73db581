// The shortcuts in the menu of a message: a task, or a decision, made by hand from what somebody wrote there. The form
// opens filled in; whoever wrote the message is told nothing.
import { NotAllowed, NotFound } from '../../../errors.ts';
import { actionNamed } from '../../../log/act.ts';
import { isOutside, type Label, outside } from '../../../log/labels/label.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import { type Origin, placeKey } from '../../../log/place.ts';
import { ACTIONS } from '../../../pods/actions.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { MESSAGES } from '../../../pods/conversations/message.ts';
import { labelOfAuthor } from '../../../pods/conversations/message-upcast.ts';
import { localDay, shownDate } from '../../../pods/local-time.ts';
import { namedDay } from '../../../pods/named-day.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import type { SpokenDay } from '../../../pods/spoken-day.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import { shortcutIds } from '../../../slack/parse/shortcut-ids.ts';
import { notice } from '../../../slack/render/blocks.ts';
import { MOST_FIELD_CHARS } from '../../../slack/render/forms.ts';
import { ownDay } from '../../own-day.ts';
import { refusalInSlack } from '../../typed-refusal.ts';
import type { SlackContext } from '../context.ts';
import { type About, digests } from '../forms/about.ts';
import { openActionForm } from '../forms/open.ts';
import { appNamed, authorOf, personOf } from '../people/people.ts';
import { isMemberOf, podOf } from '../pods.ts';
import { markdownOf, readOutside } from '../text.ts';
import { cutAtWord, excerptOf, titleIn } from './message-excerpt.ts';

type Used = Extract<Inbound, { kind: 'message_shortcut' }>;

/** `at`: when it was used, in milliseconds since 1970. */
export async function shortcutUsed(slack: SlackContext, used: Used, at: number): Promise<void> {
  const person = await personOf(slack, used.user);
  if (!person) return;
  try {
    await openFilled(slack, used, person, at);
  } catch (error) {
    // Somebody who only looks into a public channel is reached in this way alone.
    await slack.sender.respond(used.responseUrl, { post: notice(refusalInSlack(error)) });
  }
}

async function openFilled(slack: SlackContext, used: Used, person: PersonDoc, at: number): Promise<void> {
  const { channel, triggerId, shortcut, message } = used;
  const pod = await podOf(slack, used);
  if (!pod) throw new NotFound(slack.texts.fill('no-pod-here', 'channel'));
  if (!(await isMemberOf(slack, pod.id, person)))
    throw new NotAllowed('Only members of this pod can do that. Join the channel first.');
  const { text, label, name } = await wordsIn(slack, used, pod.id);
  const conversation = await threadOf(slack, used, pod.id);
  const url = slack.linkTo({ placeKey: placeOf(slack, channel, message.ts) });
  const source = url ? slack.texts.fill('from-message', 'linked', { person: name, url }) : name;
  const task = shortcut === shortcutIds.makeTask;
  const named = task ? await dayNamed(slack, person, { text, written: Number(message.ts) * 1000, at }) : undefined;
  const values: Record<string, string> = task
    ? {
        // A stranger's words fill in no day. They are shown to whoever fills in the form.
        ...(named && !named.also && !label ? { due: named.day } : {}),
        title: titleIn(text) || slack.texts.fill('from-message', 'untitled', { person: name }),
        text: excerptOf(text, source),
      }
    : { decision: cutAtWord(text.trim(), MOST_FIELD_CHARS) };
  await openActionForm(slack, {
    ...{ definition: actionNamed(ACTIONS, task ? 'create_task' : 'record_decision'), pod: pod.id, channel, triggerId },
    values,
    ...(named ? { hints: { due: dayHint(slack, named) } } : {}),
    fixed: conversation ? { conversation } : {},
    ...(label ? { from: { label, filled: digests(values) } } : {}),
  });
}

/** Returns the day that the words named when they were written. Undefined once it has passed. */
async function dayNamed(
  { read }: SlackContext,
  person: PersonDoc,
  { text, written, at }: { text: string; written: number; at: number },
): Promise<SpokenDay | undefined> {
  const { zone, today } = await ownDay(read, person, at);
  const found = namedDay(text, localDay(zone, written));
  return found && found.day >= today ? found : undefined;
}

function dayHint({ texts: { fill } }: SlackContext, { day, also }: SpokenDay): string {
  const shown = shownDate(day);
  return also
    ? fill('form', 'named-days', { day: shown, also: shownDate(also) })
    : fill('form', 'named-day', { day: shown });
}

interface MarkedWords {
  /** Markdown. */
  text: string;
  /** Set if no member wrote it. */
  label?: Label;
  name: string;
}

/** Takes the words from the log, with their label. A message that is older than the pod is not there. */
async function wordsIn(slack: SlackContext, { channel, message }: Used, pod: string): Promise<MarkedWords> {
  const places = placeOf(slack, channel, message.ts);
  const [known] = await slack.read.find(MESSAGES, { where: { pod, places }, limit: 1 });
  if (known && !known.erased && known.body) {
    const [texts, names] = await Promise.all([slack.read.texts([known.body]), namesOfAll(slack.read, [known.by])]);
    const label = known.labels?.body;
    const name = called(names, known.by).name;
    return { text: texts.get(known.body) ?? '', name, ...(label && isOutside(label) ? { label } : {}) };
  }
  const { user, appName, text } = message;
  const author = user ? await authorOf(slack, { user }) : appNamed(appName ? { name: appName } : {});
  if (typeof author === 'string') {
    const label = labelOfAuthor(author) ?? outside({ kind: 'app', app: author });
    return { text: await readOutside(slack, text), label, name: author.replace(/^app:/, '') };
  }
  const label = labelOfAuthor(author.id as ParticipantId, author.foreign);
  return { text: await markdownOf(slack, text), name: author.name, ...(label ? { label } : {}) };
}

async function threadOf(slack: SlackContext, { channel, message }: Used, pod: string): Promise<string | undefined> {
  const where = { pod, placeKey: placeOf(slack, channel, message.threadTs ?? message.ts) };
  return (await slack.read.find(CONVERSATIONS, { where, limit: 1 }))[0]?.id;
}

function placeOf({ identity }: SlackContext, channel: string, thread: string): string {
  return placeKey({ kind: 'slack', team: identity.teamId, channel, thread });
}

/**
 * Returns the labels of the words that the form took over from a stranger. They stay where the person has changed a field:
 * how much of it is still the stranger's, nobody can tell.
 */
export function takenFrom({ identity }: SlackContext, { channel = '', from }: About): Origin | undefined {
  if (!from) return undefined;
  return {
    ...{ kind: 'slack', team: identity.teamId, channel },
    taken: Object.fromEntries(Object.keys(from.filled).map((name) => [name, from.label as Label])),
  };
}
