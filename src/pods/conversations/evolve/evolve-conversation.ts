// The next conversation after a change. Pure.
import { commitId } from '../../../log/commit.ts';
import { labelsOf } from '../../../log/labels/label.ts';
import { isAgent, isPerson, type ParticipantId } from '../../../log/participant.ts';
import { erasedBy, type Meta, type Own } from '../../../log/view.ts';
import { writtenWith } from '../../files/written.ts';
import { askedAfter, askedAgain, standInsWith, standInsWithout } from '../asked/asked.ts';
import { overWith, overWithout } from '../asked/over.ts';
import { unansweredAfter } from '../asked/unanswered.ts';
import type { ConversationChange, ConversationDoc } from '../conversation.ts';
import { callsAfter } from '../storms/calls.ts';
import type { AtWork } from '../words/at-work.ts';
import { evolveAtWork, isAtWorkChange } from '../words/evolve-at-work.ts';
import { stepsOpen, stepsOver } from '../words/evolve-steps.ts';
import { workAfterMessage } from '../words/evolve-work.ts';
import { withReplaced } from '../words/replaced.ts';
import { calledAgain } from '../words/stops.ts';

const joined = <T>(list: readonly T[], more: readonly T[]): T[] => [...new Set([...list, ...more])];

export function evolveConversation(
  doc: ConversationDoc | undefined,
  change: ConversationChange,
  meta: Meta,
): Own<ConversationDoc> | undefined {
  if (change.type === 'conversation_started') {
    const { titleRef, place, placeKey } = change;
    const labels = titleRef && labelsOf({ titleRef: meta.label, ...change.labels });
    const started = {
      place,
      placeKey,
      agents: [],
      people: [],
      lastTo: [],
      messages: 0,
      hops: change.hops ?? 0,
      startedAt: change.at ?? meta.at,
      startedBy: change.by ?? meta.actor,
    };
    return {
      ...started,
      lastBy: change.by ?? meta.actor,
      lastAt: change.at ?? meta.at,
      ...(titleRef ? { titleRef } : {}),
      ...(labels ? { labels } : {}),
    };
  }
  if (!doc) return undefined;
  if (isAtWorkChange(change)) return withWork(withReplaced(doc, change), evolveAtWork(doc.atWork, change, meta));
  switch (change.type) {
    case 'message_added': {
      const { by } = change;
      const had = change.gives ? withoutFilesBy(doc, by) : doc;
      if (change.aside) return { ...had, messages: doc.messages + 1, lastAt: meta.at };
      const { asked: before, calls, standIns, ownersAsked, atWork, ...rest } = had;
      const calling = change.addressed.length > 0 || change.storm?.parked === true;
      return {
        ...rest,
        ...askedAfter(before, change, standIns),
        ...standInsWithout(standIns, by),
        ...(ownersAsked && !isPerson(by) ? { ownersAsked } : {}),
        ...callsAfter(calls, { ...change, calling }),
        agents: joined(doc.agents, isAgent(by) ? [by, ...change.addressed] : change.addressed),
        people: isPerson(by) ? joined(doc.people, [by]) : doc.people,
        messages: doc.messages + 1,
        lastBy: by,
        lastTo: change.addressed,
        lastAt: meta.at,
        ...(change.ended ? { ended: change.ended } : {}),
        ...listed(workAfterMessage(atWork, change, meta.seq)),
        ...(isPerson(by) || change.begins ? begun(meta) : carriedOn(doc, change)),
      };
    }
    case 'conversation_recalled': {
      const people = joined(doc.people, change.people);
      return { ...doc, people, ...(change.whole ? { recalledAt: meta.at } : {}) };
    }
    case 'agents_called':
      return { ...withWork(doc, calledAgain(doc.atWork)), ...begun(meta) };
    case 'conversation_placed':
      return { ...doc, place: change.place, placeKey: change.placeKey };
    case 'conversation_mailed': {
      const { messageId, references, only, cc = only ? undefined : doc.mail?.cc } = change;
      const people = only ? [...change.people] : joined(doc.mail?.people ?? [], change.people);
      const continues = messageId ?? doc.mail?.messageId;
      return {
        ...doc,
        mail: {
          people,
          ...(cc?.length ? { cc } : {}),
          ...(continues ? { messageId: continues } : {}),
          ...(references ? { references } : {}),
        },
      };
    }
    case 'work_given': {
      const root = change.root ?? doc.root;
      const carried = { hops: Math.max(doc.hops, change.hops ?? 0), ...(root ? { root } : {}) };
      const ended = change.ended ? { ended: change.ended } : {};
      const { calls: before, ...rest } = withWork(doc, calledAgain(doc.atWork, change.agents));
      const calls = change.begins
        ? callsAfter(before, { ...change, by: meta.actor, calling: true })
        : { calls: before };
      return {
        ...rest,
        ...(calls.calls ? { calls: calls.calls } : {}),
        ...ended,
        agents: joined(doc.agents, change.agents),
        ...(change.begins ? begun(meta) : carried),
      };
    }
    case 'file_written': {
      const { file, version, was, by } = change;
      return { ...doc, written: writtenWith(doc.written, { file, version, by, ...(was ? { was } : {}) }) };
    }
    case 'files_given':
      return withoutFilesBy(doc, change.by);
    case 'stand_in_asked':
      return { ...doc, standIns: standInsWith(doc.standIns, change) };
    case 'owners_asked':
      return { ...doc, ownersAsked: true };
    case 'reply_taken_back':
      return { ...doc, asked: askedAgain(doc.asked, change.asks) };
    case 'wake_left':
      return change.unwoken === 'owners' ? { ...doc, ownersAsked: true } : doc;
    case 'question_opened': {
      // A question that opens again has no end of which anybody has to hear.
      const { over, ...rest } = doc;
      const others = over?.filter(({ question }) => question !== change.question);
      const after = {
        ...rest,
        ...(others?.length ? { over: others } : {}),
        questions: joined(doc.questions ?? [], [change.question]),
      };
      return doc.atWork ? withWork(after, stepsOpen(doc.atWork, change.question)) : after;
    }
    case 'question_closed': {
      const { questions = [], over, ...rest } = doc;
      const open = questions.filter((one) => one !== change.question);
      const after = { ...rest, ...overWith(over, change, meta), ...(open.length ? { questions: open } : {}) };
      return withWork(after, stepsOver(doc.atWork, change.question));
    }
    case 'question_end_heard': {
      const { over, ...rest } = doc;
      return { ...rest, ...overWithout(over, change) };
    }
    case 'question_unanswered': {
      const ended = change.ended ? { ended: change.ended } : {};
      return { ...doc, ...ended, unanswered: unansweredAfter(doc.unanswered, change, meta.at) };
    }
    case 'unanswered_lifted': {
      const { unanswered = [], ...rest } = doc;
      const left = unanswered.filter((one) => !change.questions.includes(one.question));
      return left.length ? { ...rest, unanswered: left } : rest;
    }
    case 'title_erased': {
      const { titleRef: _titleRef, labels: _labels, ...rest } = doc;
      return { ...rest, erased: erasedBy(meta, change.reasonRef, doc.erased) };
    }
    default:
      change satisfies never;
      return doc;
  }
}

function withoutFilesBy(doc: Own<ConversationDoc>, by: ParticipantId): Own<ConversationDoc> {
  const { written = [], ...rest } = doc;
  const left = written.filter((one) => one.by !== by);
  return left.length ? { ...rest, written: left } : rest;
}

function withWork(doc: Own<ConversationDoc>, work: AtWork[]): Own<ConversationDoc> {
  const { atWork: _before, ...rest } = doc;
  return { ...rest, ...listed(work) };
}

function listed(atWork: AtWork[]): { atWork?: AtWork[] } {
  return atWork.length ? { atWork } : {};
}

/** Returns the fields that a person's message resets, because it causes what agents do next. */
function begun(meta: Meta): Pick<ConversationDoc, 'hops' | 'root'> {
  return { hops: 0, root: commitId(meta.pod, meta.seq) };
}

function carriedOn(doc: Own<ConversationDoc>, from: { hops?: number; root?: string }) {
  const root = from.root ?? doc.root;
  return { hops: Math.max(doc.hops, from.hops ?? 0) + 1, ...(root ? { root } : {}) };
}
