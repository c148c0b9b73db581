// Reads how the questions of a session were settled. An epoch tells the model of each settled
// question once, with the chosen option and the answer's text verbatim.
import type { Reader } from '../../../log/action.ts';
import type { Label } from '../../../log/labels/label.ts';
import type { Named, ParticipantId, PersonId } from '../../../log/participant.ts';
import { MESSAGES } from '../../../pods/conversations/message.ts';
import { aliasesOf } from '../../../pods/people/aliases.ts';
import { called } from '../../../pods/people/directory.ts';
import { numberOf, QUESTIONS, type QuestionDoc } from '../../../pods/questions/question.ts';
import { namesIn, outcomeWords } from '../../../pods/questions/question-words.ts';
import { zonesOf } from '../local-day.ts';
import type { SessionDoc, TurnDoc } from '../session.ts';

export interface HeardQuestion {
  /** The id of the outcome: that of the question, or another one after the question was opened again. */
  outcome: string;
  number: string;
  asked: string;
  state: 'answered' | 'expired' | 'withdrawn';
  answers: readonly HeardAnswer[];
  /** A sentence that says how the question ended. */
  says: string;
  /** Set if somebody else erased the question while it was open. The agent may wait for its answer. */
  lost?: true;
  /** Set if the calls that it lists need no yes any more. */
  freed?: true;
  /** Set if its words were erased. */
  erased?: true;
  /** The option that counts as the answer if nobody answered. */
  otherwise?: string;
}

export interface HeardAnswer {
  from: string;
  at: number;
  zone?: string;
  choice?: string;
  words?: string;
  /** The label of the words. Absent if a member wrote them. */
  label?: Label;
}

export interface Settled {
  questions: HeardQuestion[];
  /** The authors of the new answers. */
  people: PersonId[];
}

/** More than can be settled between two turns, because a conversation has few open questions. */
const MOST = 200;
/** An epoch opens with this many of the newest settled questions. */
const OPENING = 20;

/** Returns the ids of the outcomes that the turns of this epoch already contain. */
export function toldIn(turns: readonly TurnDoc[]): ReadonlySet<string> {
  return new Set(turns.flatMap(({ settled = [] }) => settled));
}

/**
 * Called after the messages were read: the views then contain every commit up to `position`, so no outcome is missed.
 * An outcome from a later commit may be read too; `told` keeps it from being repeated. If the answer is itself a message
 * that was not read yet, the outcome waits for it: otherwise the agent would hear the answer once more.
 */
export async function hearSettled(
  read: Reader,
  { conversation, agent, answered = 0 }: SessionDoc,
  { position, heardTo }: { position: number; heardTo: number },
  told: ReadonlySet<string>,
): Promise<Settled> {
  const isNew = ({ settled = 0 }: QuestionDoc) => position > 0 || settled > answered;
  const where = { hearsIn: conversation, settled: { gt: position } };
  const found = await read.find(QUESTIONS, { where, sort: [['settled', 'desc']], limit: MOST + told.size });
  const later = await postedAfter(read, conversation, found, heardTo);
  const fresh = found
    .filter(({ settled = 0 }) => !later.has(settled))
    .filter((one) => one.hearer === agent && !told.has(outcomeOf(one)) && (!one.erased || isNew(one)))
    .slice(0, position ? MOST : OPENING)
    .reverse();
  if (!fresh.length) return { questions: [], people: [] };
  const authors = fresh.flatMap(({ answers }) => answers.map(({ by }) => by));
  const [names, aliases, texts, zones] = await Promise.all([
    namesIn(read, fresh),
    aliasesOf(
      read,
      fresh.flatMap(({ answers }) => answers.flatMap(({ by, for: absent }) => (absent ? [by, absent] : [by]))),
    ),
    read.labelled(
      fresh.flatMap(({ body, otherwise, answers }) => [
        body,
        otherwise,
        ...answers.flatMap((one) => [one.choice, one.words]),
      ]),
    ),
    zonesOf(read, authors),
  ]);
  const now = fresh.filter(isNew);
  return {
    questions: fresh.map((one) => heard(one, { names, aliases, texts, zones, agent })),
    people: now.filter(({ state }) => state === 'answered').flatMap(({ answers }) => answers.map(({ by }) => by)),
  };
}

/** Returns the commits after `heardTo` that settled one of the questions by a message in the conversation. */
async function postedAfter(
  read: Reader,
  conversation: string,
  questions: readonly QuestionDoc[],
  heardTo: number,
): Promise<ReadonlySet<number>> {
  const after = questions.map(({ settled = 0 }) => settled).filter((seq) => seq > heardTo);
  if (!after.length) return new Set();
  const messages = await read.find(MESSAGES, { where: { conversation, posted: { in: after } }, limit: MOST });
  return new Set(messages.map(({ posted }) => posted));
}

function outcomeOf({ id, reopened }: QuestionDoc): string {
  return reopened === undefined ? id : `${id}:${reopened}`;
}

interface Known {
  agent: ParticipantId;
  aliases: ReadonlyMap<ParticipantId, string>;
  names: ReadonlyMap<ParticipantId, Named>;
  texts: ReadonlyMap<string, { text: string; label?: Label }>;
  zones: ReadonlyMap<ParticipantId, string>;
}

function heard(question: QuestionDoc, { names, aliases, texts, zones, agent }: Known): HeardQuestion {
  const { body, state, answers, otherwise, withdrawn, erased } = question;
  const nameOf = (who: PersonId) => aliases.get(who) ?? called(names, who).name;
  const lost = (withdrawn?.why === 'erased' || withdrawn?.why === 'moot') && withdrawn.by !== agent;
  const option = state === 'expired' ? texts.get(otherwise ?? '')?.text : undefined;
  return {
    ...{ outcome: outcomeOf(question), number: numberOf(question), asked: texts.get(body)?.text ?? '' },
    state: state === 'open' ? 'withdrawn' : state,
    says: outcomeWords(question, names),
    ...(option === undefined ? {} : { otherwise: option }),
    ...(lost ? { lost: true as const } : {}),
    ...(withdrawn?.why === 'freed' ? { freed: true as const } : {}),
    ...(erased ? { erased: true as const } : {}),
    answers: answers.map(({ by, for: absent, at, choice, words }) => {
      const said = texts.get(words ?? '');
      const zone = zones.get(by);
      return {
        ...{ from: absent ? `${nameOf(by)}, for ${nameOf(absent)}` : nameOf(by), at },
        ...(zone ? { zone } : {}),
        ...(choice ? { choice: texts.get(choice)?.text ?? '' } : {}),
        ...(said ? { words: said.text } : {}),
        ...(said?.label ? { label: said.label } : {}),
      };
    }),
  };
}
