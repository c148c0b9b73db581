// The needs of a question: it asks those it is put to, until it is settled; its outcome is told to a person who holds its work. Pure.
import type { Need, Needed, NeededOf } from '../../log/needs/need.ts';
import { isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import type { Hearing, QuestionChange, QuestionDoc } from './question.ts';
import { answererOf } from './settling/stand-in.ts';

export function questionNeeds(
  change: QuestionChange,
  before: QuestionDoc | undefined,
  _actor: ParticipantId,
): readonly Needed[] {
  const about = { on: 'questions', id: change.id };
  const asks = (who: NeededOf, facts: Facts, more: Pick<Need, 'live' | 'again' | 'asker'> = {}): Needed => ({
    open: {
      ...{ who, reason: 'asked', about, conversation: facts.conversation, message: facts.message },
      ...(facts.neededBy === undefined ? {} : { neededBy: facts.neededBy }),
      ...more,
    },
  });
  const over = (who: NeededOf): Needed => ({ settle: { who, about }, withdrawn: true });
  switch (change.type) {
    case 'question_asked': {
      const whom: NeededOf[] = [...change.asked, ...(change.role ? [change.role] : [])];
      return whom.map((who) => asks(who, change, isPerson(who) && change.live?.includes(who) ? { live: true } : {}));
    }
    case 'question_answered': {
      if (!before) return [];
      const whose = change.for ?? change.by;
      const mine: Needed[] = [{ settle: { who: whose, about } }];
      if (before.answers.length + 1 < before.needed) return mine;
      const others = everyone(before).filter((who) => who !== whose);
      return [...mine, ...others.map(over), ...outcome(change, before)];
    }
    case 'question_passed': {
      if (!before) return [];
      const gone = change.why === 'left' ? change.from.map(over) : [];
      // Those who have not answered read that somebody else is asked too. They may still answer.
      const others = change.why === 'silent' ? silent(before).filter((who) => who !== change.to) : [];
      const told = others.map((who) => asks(who, before, { again: true, asker: before.by }));
      return [...gone, ...told, ...(change.to === before.by ? [] : [asks(change.to, before, { asker: before.by })])];
    }
    // People who have not answered hear of it once more, in their own hours, or their deputy does.
    case 'question_reminded':
      return before ? silent(before).map((who) => asks(who, before, { again: true, asker: before.by })) : [];
    // The question waits for them again, though it was their own act.
    case 'question_answer_erased': {
      const taken = before?.answers.find(({ by }) => by === change.by);
      if (!before || !taken || (before.state !== 'open' && !change.reopens)) return [];
      const again = { again: true, asker: before.by } as const;
      if (!change.reopens) return [asks(answererOf(taken), before, again)];
      const { hearer, hearsIn = before.conversation, message } = before;
      const stays = { ...before, answers: before.answers.filter((one) => one !== taken) };
      const outcome = { who: hearer as PersonId, about: { on: 'conversations', id: hearsIn }, message };
      return [
        ...(isPerson(hearer) ? [{ settle: outcome, withdrawn: true as const }] : []),
        ...silent(stays).map((who) => asks(who, { ...before, ...change.reopens }, again)),
      ];
    }
    case 'question_expired':
      return before ? expiry(change, before) : [];
    case 'question_withdrawn':
      return before ? everyone(before).map(over) : [];
    // An open question is withdrawn by the same commit.
    case 'question_answer_changed':
    case 'passage_erased':
    case 'question_erased':
    case 'question_awaited':
    case 'question_extended':
    case 'question_shown':
      return [];
    default:
      change satisfies never;
      return [];
  }
}

/** Everybody who was asked reads once that it is over. Whoever holds its work and was asked too reads nothing else. */
function expiry(change: Hearing & { id: string }, before: QuestionDoc): Needed[] {
  const about = { on: 'questions', id: change.id };
  const { conversation, message, by } = before;
  const news = everyone(before)
    .filter((who) => who !== by)
    .flatMap((who): Needed[] => [
      // Its earlier notices change too.
      { moved: { who, about } },
      { open: { who, reason: 'expired', about, conversation, message, asker: by } },
    ]);
  const over = before.asked.includes(by as PersonId)
    ? [{ settle: { who: by as PersonId, about }, withdrawn: true as const }]
    : [];
  const asked = everyone(before).some((who) => who === change.hearer);
  return [...news, ...over, ...(asked ? [] : outcome(change, before))];
}

type Facts = Pick<QuestionDoc, 'conversation' | 'message'> & Pick<Need, 'neededBy'>;

function everyone({ asked, role }: QuestionDoc): NeededOf[] {
  return [...asked, ...(role ? [role] : [])];
}

/** Those who were asked and for whom nobody has answered. */
function silent(question: QuestionDoc): NeededOf[] {
  const answered = question.answers.map(answererOf);
  return everyone(question).filter((who) => who !== question.by && !answered.some((one) => one === who));
}

/** An agent is woken instead. */
function outcome({ hearer, hearsIn }: Partial<Hearing>, { conversation, message }: QuestionDoc): Needed[] {
  if (!isPerson(hearer)) return [];
  const id = hearsIn ?? conversation;
  const about = { on: 'conversations', id };
  return [{ open: { who: hearer, reason: 'answered', about, conversation: id, message } }];
}
