// The rule of fresh ears, checked on a whole history afterwards: from the log and the transcript alone.
import type { TurnDoc } from '../../../../src/agents/sessions/session.ts';
import type { Commit } from '../../../../src/log/commit.ts';
import { isPerson } from '../../../../src/log/participant.ts';
import type { AnyChange } from '../../../../src/log/view.ts';
import type { Played } from './history.ts';

const AGENT = 'agent:scribe';
/** The key of a call: its turn, and its block in it. */
const CALL = /^(.+):(\d+):(\d+):(\d+)$/;

interface Word {
  seq: number;
  meant: boolean;
}

/** The commits by which people said something here. Counted anew, without the code under test. */
function wordsIn(commits: readonly Commit[]): Word[] {
  return commits.filter(({ actor }) => isPerson(actor)).flatMap(({ seq, changes }) => changes.flatMap(wordOf(seq)));
}

function wordOf(seq: number): (change: AnyChange) => Word[] {
  return (change) => {
    if (change.type === 'message_edited' || change.type === 'message_erased') return [{ seq, meant: true }];
    if (change.type !== 'message_added') return [];
    return [{ seq, meant: (change as unknown as { addressed: string[] }).addressed.includes(AGENT) }];
  };
}

export function faultsOf(played: Played): string[] {
  const { commits, elsewhere, turns, conversation, sent } = played;
  const words = wordsIn(commits);
  const keys = new Set(commits.map(({ key }) => key));
  const faults: string[] = [];
  for (const { seq, key, actor, action } of commits) {
    const call = actor === AGENT ? CALL.exec(key) : null;
    if (!call || !['create_task', 'permit', 'permit_act'].includes(action)) continue;
    const heard = heardBefore(turns, Number(call[3]), key);
    const missed = words.filter((word) => word.seq > heard.upTo && word.seq < seq && (word.meant || !heard.meantOnly));
    const owed = owedVerdict(commits, seq, heard.upTo);
    if (owed) faults.push(`${action} at ${seq} had no verdict on ${owed}`);
    if (missed.length) faults.push(`${action} at ${seq} had heard up to ${heard.upTo}, and not ${missed[0]?.seq}`);
  }
  for (const { key, actor } of elsewhere)
    if (actor === AGENT && !keys.has(key)) faults.push(`an act elsewhere had no permit: ${key}`);
  if (new Set(sent).size !== sent.length) faults.push('a call was sent twice');
  return [...faults, ...deafEnds(played, words), ...whileClosed(played), ...unlisted(commits)].concat(
    conversation?.atWork?.some(({ agent, since }) => agent === AGENT && since !== undefined)
      ? ['the run never ended']
      : [],
  );
}

/** The commits that opened and ended runs of the agent, in order. */
function spans(commits: readonly Commit[]): { from: number; to: number }[] {
  const all: { from: number; to: number }[] = [];
  for (const { seq, changes } of commits) {
    if (changes.some(opensIt)) all.push({ from: seq, to: Number.POSITIVE_INFINITY });
    const last = all.at(-1);
    if (last && changes.some(endsIt)) last.to = Math.min(last.to, seq);
  }
  return all;
}

function opensIt(change: AnyChange): boolean {
  return change.type === 'run_opened' && (change as unknown as { agents: string[] }).agents.includes(AGENT);
}

function endsIt(change: AnyChange): boolean {
  return change.type === 'run_ended' && (change as unknown as { agent: string }).agent === AGENT;
}

/** It goes on with the answer to a question, and people's wishes stand until then. */
function waits(change: AnyChange): boolean {
  return (change as unknown as { waits?: true }).waits === true;
}

/** A process looks whether its run is open after it has heard, and before it asks the model. Another may end it in between. */
function whileClosed({ commits, asked }: Played): string[] {
  const open = spans(commits);
  return asked.flatMap(({ heardUpTo, head }) =>
    open.some(({ from, to }) => from <= head && to > heardUpTo)
      ? []
      : [`the model was asked at ${head}, by a run that had heard up to ${heardUpTo} and was closed`],
  );
}

/** A run that the agent opened itself lists what people have said since its last one. */
function unlisted(commits: readonly Commit[]): string[] {
  const before = spans(commits);
  return commits
    .filter(({ actor, changes }) => actor === AGENT && changes.some(opensIt))
    .flatMap((opening) => {
      const { seq, changes } = opening;
      const closed = before.findLast(({ to }) => to < seq)?.to ?? 0;
      const gone = erasedIn(commits.filter((one) => one.seq < seq));
      const said = commits.filter(
        (one) => one.seq > closed && one.seq < seq && isPerson(one.actor) && !gone.has(one.seq),
      );
      const messages = said.flatMap((one) => one.changes.filter(({ on }) => on === 'messages').map(({ id }) => id));
      const { wishes = [] } = changes.find(opensIt) as unknown as { wishes?: { message: string }[] };
      const listed = new Set(wishes.map(({ message }) => message));
      const missing = messages.filter((id) => !listed.has(id));
      return missing.length ? [`the run opened at ${seq} did not list ${missing.join(', ')}`] : [];
    });
}

interface Wish {
  n: number;
  by: string;
  message: string;
  /** The newest commit that said it. */
  seq: number;
  owed: boolean;
}

/** The wish of somebody else that the run had heard and not judged before the effect at `seq`. Counted anew, like the words. */
function owedVerdict(commits: readonly Commit[], seq: number, upTo: number): number | undefined {
  let wishes: Wish[] = [];
  let live = false;
  let ended = 0;
  const others = ({ n, by }: Pick<Wish, 'n' | 'by'>) => wishes.some((one) => one.n !== n && one.by !== by);
  for (const commit of commits) {
    if (commit.seq >= seq) break;
    const said = commit.changes.find(({ type }) => type === 'message_posted');
    const wish = { n: commit.seq, seq: commit.seq, by: commit.actor, message: said?.id ?? '' };
    const opens = commit.changes.some(opensIt);
    // The agent has asked for an answer, so it is no wish.
    const answers = commit.changes.some(({ type }) => type === 'question_answered');
    // One that the agent opens itself begins with what was said since its last run.
    // Words between two runs are no wish of the next, and an opening that takes words back asks for nothing.
    if (opens && isPerson(commit.actor)) {
      wishes = wishes.filter(({ n }) => n <= ended);
      if (said && !answers) wishes.push({ ...wish, owed: others(wish) });
    } else if (said && !answers && isPerson(commit.actor)) wishes.push({ ...wish, owed: others(wish) });
    live ||= opens;
    for (const change of commit.changes) {
      const { type } = change;
      if (type === 'message_edited') {
        const again = { n: commit.seq, seq: commit.seq, by: commit.actor, message: change.id };
        if (!live && !wishes.some(({ message }) => message === change.id))
          wishes.push({ ...again, owed: others(again) });
        else
          wishes = wishes.map((one) =>
            one.message === change.id ? { ...one, seq: commit.seq, owed: others(one) } : one,
          );
      }
      if (type === 'message_erased') wishes = wishes.filter((one) => one.message !== change.id);
      if (type === 'words_judged') wishes = afterVerdicts(wishes, change);
      if (type === 'words_answered')
        wishes = wishes.filter((one) => one.seq > (change as unknown as { upTo: number }).upTo);
      if (endsIt(change)) {
        wishes = waits(change) ? wishes : [];
        ended = commit.seq;
        live = false;
      }
    }
  }
  return wishes.find((one) => one.owed && one.seq <= upTo && others(one))?.n;
}

function afterVerdicts(wishes: readonly Wish[], change: AnyChange): Wish[] {
  const { verdicts } = change as unknown as { verdicts: { n: number; is: string; of?: number }[] };
  const gone = verdicts.flatMap(({ n, is, of }) => (is === 'none' ? [n] : is === 'replaces' ? [of] : []));
  return wishes
    .filter(({ n }) => !gone.includes(n))
    .map((one) => (verdicts.some(({ n }) => n === one.n) ? { ...one, owed: false } : one));
}

/**
 * The newest turn in which the call may have been allowed: the one that made it, or one that let it go ahead. A held call
 * keeps its key.
 */
function heardBefore(turns: readonly TurnDoc[], n: number, key: string): { upTo: number; meantOnly: boolean } {
  const block = key.split(':').at(-1);
  const name = `${n}.${block}`;
  const asked = turns.filter(
    (turn) =>
      turn.n === n ||
      (turn.role === 'assistant' &&
        turn.n > n &&
        turn.content.includes('go_ahead') &&
        turn.content.includes(`"${name}"`)),
  );
  const newest = asked.at(-1)?.n ?? n;
  const before = turns.filter((turn) => turn.n < newest && turn.role === 'user');
  return { upTo: before.at(-1)?.heardUpTo ?? 0, meantOnly: before.slice(-2).every(holdsAll) && before.length > 2 };
}

function holdsAll({ content }: TurnDoc): boolean {
  return content.includes('Held (');
}

/** A run must not end before a word that its transcript does not hold. Of an erased message there is nothing to hold. */
function deafEnds({ commits, turns }: Played, words: readonly Word[]): string[] {
  const gone = erasedIn(commits);
  const shown = Math.max(
    0,
    ...turns.filter(({ role }) => role === 'user').map(({ heardUpTo = 0, position }) => Math.max(heardUpTo, position)),
  );
  return commits.flatMap(({ seq, changes }) => {
    if (!changes.some(({ type }) => type === 'run_ended')) return [];
    const missed = words.filter((word) => word.seq < seq && word.seq > shown && !gone.has(word.seq));
    return missed.map((word) => `the run ended at ${seq} without the word ${word.seq}`);
  });
}

/** The commits of messages that were erased, and those that erased them. */
function erasedIn(commits: readonly Commit[]): Set<number> {
  const by = commits.flatMap(({ seq, changes }) =>
    changes.filter(({ on }) => on === 'messages').map((one) => ({ seq, one })),
  );
  const ids = new Set(by.filter(({ one }) => one.type === 'message_erased').map(({ one }) => one.id));
  return new Set(by.filter(({ one }) => ids.has(one.id)).map(({ seq }) => seq));
}
