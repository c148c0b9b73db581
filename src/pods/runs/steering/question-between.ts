// The question about two wishes that do not fit together: it quotes both, and asks their authors, or the owners.
import type { Reader } from '../../../log/action.ts';
import type { BodyRef } from '../../../log/body.ts';
import type { Label } from '../../../log/labels/label.ts';
import { isPerson, type Named, type ParticipantId, type PersonId } from '../../../log/participant.ts';
import { head } from '../../../log/well-formed.ts';
import type { Ctx } from '../../action.ts';
import { type Cause, causeOf } from '../../conversations/cause.ts';
import type { ConversationDoc } from '../../conversations/conversation.ts';
import { MESSAGES } from '../../conversations/message.ts';
import { newMessage } from '../../conversations/new-message.ts';
import type { Instruction } from '../../conversations/words/instructions.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { partRefs, partsOf } from '../../mail/message-parts.ts';
import { MEMBERS, type MemberDoc, memberId } from '../../members/member.ts';
import { ownerDocs } from '../../members/members-of.ts';
import { called, namesOfAll, type Present, presentAmong } from '../../people/directory.ts';
import { hoursOfAsked } from '../../questions/due/hours-of-asked.ts';
import { type AskedHours, afterHours, reminderAt } from '../../questions/due/needed-by.ts';
import { numberOf, QUESTIONS } from '../../questions/question.ts';

/** How long the two have, in the owners' working time, before an owner decides. */
export const OWNERS_AFTER_MS = 30 * 60_000;

const LONGEST_QUOTE = 400;
/** Slack takes no more on a button. */
const LONGEST_OPTION = 75;

export interface Wish {
  by: PersonId;
  words: string;
  label?: Label;
}

/** Everything that the question needs of the pod. */
export interface AskFacts {
  doc: ConversationDoc;
  present: Present[];
  names: ReadonlyMap<ParticipantId, Named>;
  /** The number of the next question. */
  number: number;
  /** The hours of the owners, and of the authors. */
  owners: readonly AskedHours[];
  cause: Cause | undefined;
  /** The wishes by the numbers of their instructions. */
  wishes: ReadonlyMap<number, Wish>;
}

export async function askFacts(
  read: Reader,
  ctx: Ctx,
  doc: ConversationDoc,
  instructions: readonly Instruction[],
): Promise<AskFacts> {
  const authors = await Promise.all(instructions.map(({ by }) => read.get(MEMBERS, memberId(ctx.pod, by))));
  const docs = [...(await ownerDocs(read, ctx.pod)), ...authors].filter((one) => one?.state === 'in') as MemberDoc[];
  const present = await presentAmong(read, [...new Map(docs.map((one) => [one.id, one])).values()]);
  const owners = ownersIn(present).map(({ id }) => id);
  const [newest] = await read.find(QUESTIONS, { where: { pod: ctx.pod }, sort: [['number', 'desc']], limit: 1 });
  return {
    doc,
    present,
    names: await namesOfAll(
      read,
      instructions.map(({ by }) => by),
    ),
    number: (newest?.number ?? 0) + 1,
    owners: await hoursOfAsked(read, owners.filter(isPerson), ctx.at),
    cause: await causeOf(read, ctx, { id: doc.id, doc }),
    wishes: await wishesOf(read, instructions),
  };
}

async function wishesOf(read: Reader, instructions: readonly Instruction[]): Promise<Map<number, Wish>> {
  const found = await Promise.all(
    instructions.map(async ({ n, by, message }) => {
      const doc = await read.get(MESSAGES, message);
      const texts = doc ? await read.texts(partRefs(doc)) : new Map<string, string>();
      const words = doc && !doc.erased ? partsOf(doc, texts).words : '';
      const label = doc?.labels?.body;
      return [n, { by, words, ...(label ? { label } : {}) }] as const;
    }),
  );
  return new Map(found);
}

function ownersIn(present: readonly Present[]): Present[] {
  return present.filter(({ id, role }) => role === 'owner' && isPerson(id));
}

export interface AskedBetween {
  question: string;
  number: string;
  /** The names of those who are asked. */
  whom: string[];
  changes: Change[];
  deliveries: DeliveryWish[];
}

/**
 * Asks the authors of both, of whom both have to answer. The owners are asked if one of the two has left the pod, or with
 * `owners`: then the first answer counts.
 */
export function askBetween(
  ctx: Ctx,
  facts: AskFacts,
  between: readonly [number, number],
  { owners = false }: { owners?: boolean } = {},
): AskedBetween {
  const { doc, present, names, number, cause } = facts;
  const wishes = between.map((n) => facts.wishes.get(n) ?? { by: 'person:gone' as PersonId, words: '' });
  const authors = wishes.flatMap(({ by }) => present.find(({ id }) => id === by) ?? []);
  const toOwners = owners || authors.length < 2;
  const asked = toOwners ? ownersIn(present) : authors;
  const label = wishes.find((one) => one.label)?.label;
  const [id, message] = [ctx.id('q'), ctx.id('m')];
  const said = wishes.map((wish) => ({ name: called(names, wish.by).name, words: inOneLine(wish.words) }));
  const body = bodyWords(said, toOwners);
  const options = [...said.map(optionWords), 'Both'].map((one): BodyRef => ctx.text(one, label));
  const text = `${asked.map(({ handle }) => `@${handle}`).join(' ')} ${body}`;
  const known = new Map(asked.map((one) => [one.handle.toLowerCase(), one.id]));
  const added = newMessage(ctx, { id: doc.id, doc, cause }, { message, text, known, at: ctx.at, label });
  const mailed = added.deliveries.flatMap((one) => (one.kind === 'mail' ? one.to : []));
  const people = toOwners ? [] : asked.map((one) => one.id).filter(isPerson);
  const live = people.filter((one) => mailed.includes(one));
  const hours = facts.owners;
  return {
    question: id,
    number: numberOf({ number }),
    whom: asked.map(({ name }) => name),
    changes: [
      ...added.changes.map((one) => (one.type === 'message_posted' ? { ...one, question: id } : one)),
      {
        v: 1,
        on: 'questions',
        id,
        type: 'question_asked',
        number,
        conversation: doc.id,
        message,
        body: ctx.text(body, label),
        options,
        asked: people,
        needed: toOwners ? 1 : 2,
        between: [...between],
        ...(toOwners ? { role: 'owners' as const } : {}),
        ...(live.length ? { live } : {}),
        dueAt: Math.min(
          ...hours.map((one) =>
            toOwners ? reminderAt(ctx.at, undefined, one) : afterHours(ctx.at, OWNERS_AFTER_MS, one),
          ),
        ),
      },
      { v: 1, on: 'conversations', id: doc.id, type: 'question_opened', question: id },
    ],
    deliveries: added.deliveries,
  };
}

interface SaidBy {
  name: string;
  words: string;
}

function bodyWords(said: readonly SaidBy[], toOwners: boolean): string {
  const quotes = said.map(({ name, words }) => sentence(`${name} wrote “${cut(words, LONGEST_QUOTE)}”`)).join(' ');
  const asks = toOwners
    ? 'They have not agreed. Which of the two counts?'
    : 'I can’t do both as I read it. Please both say which counts; if you don’t agree within half an hour, I ask an owner.';
  return `${quotes} ${asks}`;
}

/** The quoted words may bring their own full stop. */
function sentence(text: string): string {
  return /[.!?…]”$/.test(text) ? text : `${text}.`;
}

function optionWords({ name, words }: SaidBy): string {
  return cut(`${name}: ${words}`, LONGEST_OPTION);
}

/** Leaves out whom the words begin with: both were written to the agent. */
function inOneLine(text: string): string {
  return text
    .replace(/^(?:\s*@[\p{L}\p{N}._-]+[\s,:]*){1,5}/u, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function cut(text: string, most: number): string {
  return text.length > most ? `${head(text, most - 1)}…` : text;
}
