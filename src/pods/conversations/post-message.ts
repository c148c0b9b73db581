// post_message: a message by a person or an agent in a conversation of the pod.

import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { idOf } from '../../log/ids.ts';
import { type AgentId, isPerson, kindOf } from '../../log/participant.ts';
import { type Place, placeKey } from '../../log/place.ts';
import { action, type Ctx } from '../action.ts';
import { heardApp, notedApp } from '../apps/heard-app.ts';
import type { DeliveryWish } from '../deliveries.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import { atLeast } from '../members/rights.ts';
import { knownAndAbsent } from '../people/known-names.ts';
import { PEOPLE } from '../people/person.ts';
import { askedIn } from '../questions/settling/asked-in.ts';
import { putsOff } from '../questions/settling/put-off.ts';
import { lifted } from '../questions/settling/unanswered.ts';
import { answeredBy, putTo, type Spared, wordsSettle } from '../questions/settling/words-settle.ts';
import { conversationNamed, requirePod } from '../require.ts';
import { controlledByWord } from '../runs/control/by-word.ts';
import { type ControlFacts, controlFacts, holdingIn } from '../runs/control/facts.ts';
import { underWayElsewhere } from '../runs/control/same-root.ts';
import { beyond, stopElsewhere } from '../runs/control/stop-elsewhere.ts';
import { calledAgainLines, stoppedByWord } from '../runs/control/stopped-line.ts';
import { isNote, type Meant } from './addressing.ts';
import { causeOf } from './cause.ts';
import { CONVERSATIONS, type ConversationDoc } from './conversation.ts';
import { isWrittenInSlack, marked } from './marks/marked.ts';
import { labelOfAuthor } from './message-upcast.ts';
import { type NewMessage, newMessage } from './new-message.ts';
import { isForPeople } from './origin/origin-facts.ts';
import { startedBy } from './origin/started-by.ts';
import { stormIn } from './storms/storm.ts';
import { hearersOf } from './words/at-work.ts';
import { mayControl } from './words/control-words.ts';
import { mayStop } from './words/stop-words.ts';

const MOST_CHARS = 100_000;

export const messageText = z.string().min(1).max(MOST_CHARS);

/** The text may be empty, because somebody may share a file without a text. */
export const ownWordsText = z.string().max(MOST_CHARS);

export const postMessage = action({
  name: 'post_message',
  title: 'Post a message',
  description:
    'Says something in another conversation, where all members read it: @name tells a person, @handle wakes an agent. Your answer where you work needs no call: it is posted for you.',
  input: z.strictObject({
    conversation: z.string().optional().describe('Id; the one you are in when absent'),
    text: ownWordsText.describe('Markdown'),
  }),
  effect: 'write',
  async load(read, { conversation, text }, ctx) {
    const target = await conversationFor(read, conversation ?? ctx.conversation, ctx);
    return {
      ...target,
      ...(await knownAndAbsent(read, ctx.pod, [text], target.doc?.agents)),
      cause: await causeOf(read, ctx, target),
      asked: isForPeople(ctx, text) ? undefined : await askedIn(read, target.doc, ctx, text),
      storm: await stormIn(read, ctx, target.doc),
      app: await heardApp(read, ctx),
      control: await controlFactsFor(read, ctx, target.doc, text),
      others: target.doc && isPerson(ctx.actor) && mayStop(text) ? await underWayElsewhere(read, ctx, target.doc) : [],
      author: await read.get(MEMBERS, memberId(ctx.pod, ctx.actor)),
      person: isPerson(ctx.actor) ? await read.get(PEOPLE, ctx.actor) : undefined,
    };
  },
  allow(view, _input, ctx) {
    if (atLeast(ctx.role, 'guest') || kindOf(ctx.actor) === 'app') return true;
    // Slack may report a message after its author has left. It is accepted if the author was a member when they wrote
    // it.
    const left = view.author?.state === 'out' ? view.author.since : undefined;
    if (ctx.origin?.kind === 'slack' && left !== undefined && (ctx.origin.at ?? 0) <= left) return true;
    return 'Only members of this pod can write in it. Ask one of its owners to add you.';
  },
  decide(view, { text }, ctx) {
    const pod = requirePod(ctx, { archived: true });
    requireWords(text, ctx);
    const message = ctx.id('m');
    const at = (ctx.origin?.kind !== 'manifest' && ctx.origin?.at) || ctx.at;
    const label = labelOfAuthor(ctx.actor, view.person?.foreign);
    const { storm, person } = view;
    const odd = storm ? { storm, name: person?.name } : {};
    const waiting = view.control ? { waiting: view.control.waiting, holding: holdingIn(view.control) } : {};
    const put = view.control && putTo(ctx, view.asked, text);
    const known = { known: view.known, absent: view.absent, ...waiting, ...(put ? { put } : {}) };
    const { left } = view.app ?? {};
    const admitted = view.app && left !== undefined ? { admitted: { ...view.app, left } } : {};
    const added = newMessage(ctx, view, { message, text, ...known, at, label, ...odd, ...admitted });
    const control = pod.state === 'archived' ? NOTHING : controlledByWord(ctx, view.control, added.meant);
    const elsewhere =
      added.meant.stop && view.doc
        ? stopElsewhere(ctx, view.doc, {
            others: beyond(view.others, view.doc, added.meant.agents),
            all: added.meant.stopsAll === true,
          })
        : NOTHING;
    const stops = added.meant.stop ? stoppedByWord(ctx, view.control, added.meant.agents) : NOTHING;
    const again = isPerson(ctx.actor) && !added.meant.stop ? calledAgainLines(view.doc, added.meant.agents) : [];
    const settled = wordsSettle(ctx, view.asked, added, { message, text, at });
    // “Let me check” is no yes, and a note is for nobody at work: they lift nothing.
    const lifts =
      !view.doc?.unanswered?.length || putsOff(text) || isForPeople(ctx, text)
        ? []
        : lifted(ctx, view.doc, at, answeredBy(settled, view.asked));
    const started = view.doc ? [] : [startedBy(view.id, view.place)];
    // An archived pod wakes nobody, so no wake is counted.
    const { agents: woken, over = [] } = pod.state === 'archived' ? { agents: [] } : added.meant;
    const noted = view.app ? notedApp(view.app, { message, conversation: view.id, woken, over }) : [];
    const all = pod.state === 'archived' ? added.changes.filter(({ type }) => type !== 'agents_woken') : added.changes;
    return {
      changes: [
        ...started,
        ...all,
        ...noted,
        ...settled.changes,
        ...lifts,
        ...control.changes,
        ...elsewhere.changes,
        ...stops.changes,
      ],
      // An archived pod stores the messages of its channel, but wakes nobody.
      deliveries:
        pod.state === 'archived'
          ? []
          : marked(
              ctx,
              {
                id: message,
                conversation: view.id,
                named: added.meant.named,
                shown: isWrittenInSlack(ctx),
                // Skein itself answers a word that pauses them, or the like.
                hears: control.deliveries.length ? [] : hearing(view.doc, added.meant, text),
              },
              [
                ...wakesBut(added, settled),
                ...settled.deliveries,
                ...control.deliveries,
                ...elsewhere.deliveries,
                ...stops.deliveries,
                ...again,
              ],
            ),
      result: {
        message: { id: message, conversation: view.id },
        ...(isPerson(ctx.actor) && added.meant.agents.length && pod.state !== 'archived'
          ? { addressed: added.meant.agents }
          : {}),
        ...added.left,
      },
    };
  },
});

const NOTHING = { changes: [], deliveries: [] };

async function controlFactsFor(
  read: Reader,
  ctx: Ctx,
  doc: ConversationDoc | undefined,
  text: string,
): Promise<ControlFacts | undefined> {
  if (!doc || !isPerson(ctx.actor) || !(mayStop(text) || mayControl(text, doc.atWork, doc.questions))) return undefined;
  return controlFacts(read, ctx, doc);
}

/** The agents at work that take the message in at their next turn, and show by a mark that they will. */
function hearing(doc: ConversationDoc | undefined, meant: Meant, text: string): AgentId[] {
  if (meant.stop || isNote(text)) return [];
  return hearersOf(doc?.atWork, { addressed: meant.agents, names: meant.named.length > 0 });
}

/** Returns the deliveries of a message, without wakes of the agents that need not hear it now and are not named in it. */
function wakesBut({ deliveries, meant }: NewMessage, { spares = [] }: Spared): DeliveryWish[] {
  return deliveries.filter(
    (one) => one.kind !== 'wake' || !spares.includes(one.agent) || meant.named.includes(one.agent),
  );
}

/** Refuses an empty text. A message from mail or Slack may have one, because it may contain only a file. */
export function requireWords(text: string, { origin }: Pick<Ctx, 'origin'>): void {
  const stands = (origin?.kind === 'email' && origin.raw) || (origin?.kind === 'slack' && origin.ts);
  if (!text && !stands) throw new InvalidInput('The text is empty. Give the words that are to stand there.');
}

interface Target {
  id: string;
  doc: ConversationDoc | undefined;
  place: Place;
}

async function conversationFor(read: Reader, wanted: string | undefined, ctx: Ctx): Promise<Target> {
  if (wanted) {
    const doc = await conversationNamed(read, ctx.pod, wanted);
    return { id: doc.id, doc, place: doc.place };
  }
  const { origin } = ctx;
  if (origin?.kind !== 'slack' || !origin.ts)
    throw new InvalidInput('Which conversation? Give its id; read_conversation with the id “all” lists the newest.');
  const place: Place = {
    kind: 'slack',
    team: origin.team,
    channel: origin.channel,
    thread: origin.thread ?? origin.ts,
  };
  const [doc] = await read.find(CONVERSATIONS, { where: { pod: ctx.pod, placeKey: placeKey(place) }, limit: 1 });
  return { id: doc?.id ?? idOf('c', ctx.pod, placeKey(place)), doc, place };
}
