// Appends the next user turn of a run: the results of calls, what was said, and how the things differ by now that the
// session holds.
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import type { Held, Shown } from '../../log/view.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { changedText } from '../news/changed-text.ts';
import { namesOfDropped } from '../news/dropped.ts';
import { gained, holdingsOf, joined, withHeld } from '../news/held.ts';
import { bringsOutsideNews, type News, newsOf } from '../news/news.ts';
import { ownDefinition } from '../news/opening-held.ts';
import { doneAlready } from '../sessions/done-already.ts';
import { type Heard, hear } from '../sessions/hearing/hear.ts';
import { toldIn } from '../sessions/hearing/hear-settled.ts';
import { withStates } from '../sessions/hearing/instruction-states.ts';
import { dateNews, newsText, stoppedNews } from '../sessions/hearing/news-text.ts';
import { settledText } from '../sessions/hearing/settled-text.ts';
import { dayIn, localTimes, NO_ZONE, zonesOf } from '../sessions/local-day.ts';
import type { Facts } from '../sessions/opening/facts.ts';
import { gatherFacts } from '../sessions/opening/gather-facts.ts';
import { openingText } from '../sessions/opening/opening-text.ts';
import { markOutside, type TurnDoc } from '../sessions/session.ts';
import { markReadHere } from '../sessions/sources.ts';
import { ties } from '../sessions/ties.ts';
import type { RunDeps } from './deps.ts';
import { judgesOnly, wasHeld } from './ears/ears.ts';
import { NONE_DUE, type VerdictsDue, verdictsDue } from './ears/verdicts-due.ts';
import type { Run } from './load-run.ts';
import { markTaken } from './mark-messages.ts';
import { budgetNews } from './requests/ask-model.ts';
import { allowedBefore } from './steps/waiting-calls.ts';
import { append, heardIn } from './write.ts';

interface Came {
  /** The questions for which the run waits from now on. */
  parked?: readonly string[];
  /** The documents that the calls have shown or changed. */
  shows?: readonly Shown[];
  /** Set if the model has nothing to say. */
  quiet?: boolean;
  /** Set if the agent may not do one of the calls. */
  refused?: boolean;
  /** The news and the zone as they were read together with `heard`. Absent: they are read now. */
  differences?: Differences | undefined;
}

interface Differences {
  news: News;
  held: Held[];
  dropped: string[];
  /** The time zone of the asker. */
  zone: string;
}

/**
 * Reads side by side what was said after `position` and how things differ by now. `differences` is absent if it has to be read again,
 * because something was said. `applied`: a number that the views contain by now. Absent: it is read first.
 */
export async function hearWithNews(
  deps: RunDeps,
  run: Run,
  position: number,
  { shows, applied }: { shows: readonly Shown[]; applied?: number | undefined },
): Promise<{ heard: Heard; differences?: Differences }> {
  const { session, turns } = run;
  const before = toldIn(turns);
  const upTo = applied ?? (await deps.read.head(session.pod));
  const [heard, differences] = await Promise.all([
    hear(deps.read, session, position, before, upTo),
    tellable(deps.read, run, joined(shows), heardIn(session, turns).at(-1)),
  ]);
  const { messages, settled, people } = heard;
  if (!messages.length && !settled.length && !people.length) return { heard, differences };
  // Other acts have come after that of this run. What is said here must not count as unheard, so the number is read now.
  return { heard: applied === undefined ? heard : await hear(deps.read, session, position, before) };
}

/** `results`: the results of the last turn's calls, which come first, as the API demands. */
export async function appendHeard(
  deps: RunDeps,
  run: Run,
  results: readonly object[],
  heard: Heard,
  { parked = [], shows = [], quiet = false, refused = false, differences }: Came = {},
): Promise<Run> {
  const { session, turns } = run;
  const at = deps.clock();
  const facts = turns.length ? undefined : await openingFacts(deps, run);
  const asker = heard.people.at(-1) ?? heardIn(session, turns).at(-1);
  const shown = joined([...shows, heard.shows, facts?.shows ?? {}]);
  const { news, held, dropped, zone } = differences ?? (await tellable(deps.read, run, shown, asker));
  // The session is marked before the turn is saved. If the process crashes in between, the gate already knows of the
  // text from outside.
  if (ties(facts, heard.messages, heard.settled) || bringsOutsideNews(news)) await markOutside(deps.store, session.id);
  const quotes = heard.colleague || facts?.tasks.length || facts?.notes.length || news.changed.length;
  if (quotes) await markReadHere(deps.store, deps.read, session);
  const today = dayIn(zone, at);
  const changed = changedText(news, dropped, zone);
  const settled = settledText(heard.settled, zone);
  const verdicts = await verdictsIn(deps.read, run, results, heard);
  const again = facts && session.epoch > 1;
  const stand = again
    ? await withStates(deps.read, session, heard.messages, run.agent.handle)
    : { messages: heard.messages, older: [] };
  const messages = stand.messages.map((one) => ({ ...one, as: verdicts.names.get(one.id) ?? one.as }));
  const text = facts
    ? [openingText({ ...facts, older: stand.older }, messages, today, zone, changed, asker), settled, verdicts.text]
    : [
        dateChange(turns, today, zone),
        await stopBefore(deps.read, run, zone),
        changed,
        settled,
        newsText(messages, zone),
        verdicts.text,
        results.length > 0 && budgetNews(run),
      ];
  const said = text.filter(Boolean).join('\n');
  const { took = [] } = heard;
  const next = await append(deps, run, {
    role: 'user',
    content: JSON.stringify([...results, ...(said ? [{ type: 'text', text: said }] : [])]),
    position: heard.position,
    heardUpTo: heard.heardUpTo,
    at,
    day: dayInZone(today, zone),
    ...(heard.people.length ? { heard: heard.people } : {}),
    ...(took.length ? { took } : {}),
    ...(heard.settled.length ? { settled: heard.settled.map(({ outcome }) => outcome) } : {}),
    ...(parked.length ? { parked: [...parked] } : {}),
    ...(quiet ? { quiet } : {}),
    ...(refused ? { refused } : {}),
    ...(held.length ? { held } : {}),
  });
  // A mark changes only once the turn with the message stands in the transcript.
  await markTaken(deps, next, took);
  return next;
}

/** Costs a read only after people said something, or a call was held. */
async function verdictsIn(
  read: Reader,
  { session, turns }: Run,
  results: readonly object[],
  { people, heardUpTo, messages }: Heard,
): Promise<VerdictsDue> {
  const held = results.some((one) => 'content' in one && typeof one.content === 'string' && wasHeld(one.content));
  if (!held && (!people.length || judgesOnly(turns))) return NONE_DUE;
  return verdictsDue(read, session, heardUpTo, new Set(messages.map(({ id }) => id)));
}

/** Returns the line about a stop by a person since the last user turn. */
async function stopBefore(read: Reader, { session, turns }: Run, zone: string): Promise<string> {
  const seq = turns.at(-1)?.stopped;
  const [commit] = seq ? await read.commits(session.pod, seq, seq) : [];
  if (!commit) return '';
  const names = await namesOfAll(read, [commit.actor]);
  return stoppedNews(called(names, commit.actor).name, localTimes()(zone, commit.at));
}

async function tellable(read: Reader, run: Run, shown: Shown, asker: PersonId | undefined): Promise<Differences> {
  const [news, zone] = await Promise.all([newsFor(read, run, shown), zoneOfAsker(read, asker)]);
  return { ...news, zone };
}

/** Returns the news of what the session holds, and what the turn holds with it. */
async function newsFor(read: Reader, { session, turns }: Run, shown: Shown): Promise<Omit<Differences, 'zone'>> {
  const before = holdingsOf(session, turns);
  const more = gained(before, shown);
  const { holdings } = withHeld(before, more);
  const news = await newsOf(read, session, holdings);
  const held = [...more, ...news.held];
  return { news, held, dropped: await namesOfDropped(read, withHeld(before, held).dropped) };
}

/**
 * Reads the facts with which an epoch opens. Later epochs also need `done`: the acts of this run, which the new
 * transcript does not show.
 */
async function openingFacts(deps: RunDeps, { session, agent, wake, record: { lacks } }: Run): Promise<Facts> {
  const gathered = await gatherFacts(deps.read, session, wake.seq);
  const shows = joined([gathered.shows ?? {}, { part: ownDefinition(session, agent) }]);
  const facts = { ...gathered, shows, ...(lacks ? { lacks } : {}) };
  if (session.epoch === 1) return facts;
  const [done, allowed] = await Promise.all([
    doneAlready(deps, session, wake.seq),
    allowedBefore(deps, session, wake.seq),
  ]);
  return { ...facts, done, allowed };
}

async function zoneOfAsker(read: Reader, asker: PersonId | undefined): Promise<string> {
  return (asker && (await zonesOf(read, [asker])).get(asker)) ?? NO_ZONE;
}

/**
 * Returns the line that states the day and the asker's time zone; an empty text if the last user turn stated the same.
 * In the prefix, the date would invalidate the prompt cache every night.
 */
function dateChange(turns: readonly TurnDoc[], today: string, zone: string): string {
  const last = turns.findLast((turn) => turn.role === 'user');
  return last?.day === dayInZone(today, zone) ? '' : dateNews(today, zone);
}

function dayInZone(today: string, zone: string): string {
  return `${today} ${zone}`;
}
