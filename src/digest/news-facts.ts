// Reduces a pod's commits to the facts worth reporting: one for each task, file and note, in its last state. Pure.
import type { Commit } from '../log/commit.ts';
import type { DigestEntry, Names, Weight } from '../log/kind.ts';
import type { ParticipantId, PersonId } from '../log/participant.ts';
import { commitSentence } from '../pods/history/history.ts';
import { changesOf, KINDS } from '../pods/kinds.ts';
import { whoOf } from '../pods/members/member.ts';
import { called } from '../pods/people/directory.ts';
import type { Fact } from './facts.ts';
import { type Untold, wasTold } from './gather-untold.ts';
import { grouped } from './grouped.ts';
import { quiet } from './quiet.ts';

/** The rank of each kind of change. The change with the lowest rank represents its task. */
const RANKS: Record<Weight | 'members', number> = {
  decision: 1,
  done: 2,
  dropped: 3,
  overdue: 4,
  file: 5,
  assigned: 6,
  created: 7,
  moved: 8,
  learning: 9,
  pod: 10,
  members: 11,
};

/** The changes by which somebody gets a task. */
const GIVES: readonly Weight[] = ['assigned', 'created'];

/** The most subjects that one sentence names. */
const MOST_JOINED = 3;

export interface NewsScope {
  reader: PersonId;
  /** Names the reader “you”. */
  known: Names;
  /** Returns a link to a conversation. */
  urlOf(conversation: string): string | undefined;
  untold: Untold;
  /** The files that the reader wrote before others changed them. */
  files: ReadonlySet<string>;
}

/** A commit that makes news, and the changes of it that the sentence describes. */
interface Happening {
  commit: Commit;
  news: DigestEntry;
}

/** Returns the facts. `commits` include the reader's own, because they may contain the last state. */
export function factsOf(commits: readonly Commit[], { reader, known, urlOf, untold, files }: NewsScope): Fact[] {
  const newest = new Map<string, Happening>();
  for (const commit of commits)
    for (const change of commit.changes) {
      const news = KINDS.get(change.on)?.entry?.(change, known);
      if (news && outweighs(news, newest.get(news.subject)?.news)) newest.set(news.subject, { commit, news });
    }
  // If the reader made the last change to a subject, neither it nor the earlier changes are news to them.
  const others = [...newest.values()].filter(
    ({ commit, news }) =>
      commit.actor !== reader && !news.notFor?.includes(reader) && !wasTold(commit, news.subject, reader, untold),
  );
  // A commit with several changes becomes one sentence.
  const sentences = new Map(others.map((each) => [each.commit.seq, each]));
  const isYours = ({ news }: Happening) => files.has(news.subject) || (news.of?.includes(reader) ?? false);
  const facts = grouped([...sentences.values()], (each) => likeness(each, isYours(each))).map(([, alike]): Fact => {
    const [first] = alike;
    const url = first.news.conversation && urlOf(first.news.conversation);
    return {
      ...{ rank: RANKS[first.news.weight], text: sentenceOf(alike, known) },
      ...{
        who: called(known.who, first.commit.actor).name,
        about: alike.flatMap(({ news }) => [news.subject, ...(news.names ?? [])]),
      },
      ...(url ? { url } : {}),
      ...(isYours(first) ? { yours: true } : {}),
      ...(GIVES.includes(first.news.weight) ? { gives: true } : {}),
    };
  });
  return [...facts, ...comings(commits, reader, known)].sort((a, b) => a.rank - b.rank);
}

/** Returns a key. Commits of one participant with the same key become one sentence; each decision keeps its own. */
function likeness({ commit, news }: Happening, yours: boolean): string {
  const { actor, onBehalfOf = '', seq } = commit;
  const alone = news.weight === 'decision' || news.weight === 'learning' ? seq : '';
  return [actor, onBehalfOf, news.weight, news.conversation ?? '', yours, alone].join(' ');
}

function outweighs(now: DigestEntry, before: DigestEntry | undefined): boolean {
  return !before || (now.move && before.move) || RANKS[now.weight] <= RANKS[before.weight];
}

/** Describes the commits without their door, because only the history shows the door. */
function sentenceOf(alike: readonly [Happening, ...Happening[]], known: Names): string {
  const [{ commit }] = alike;
  const changes = alike.slice(0, MOST_JOINED).flatMap((each) => each.commit.changes);
  const sentence = quiet(commitSentence({ ...commit, via: 'skein', changes }, known), 300);
  const more = alike.length - MOST_JOINED;
  return more > 0 ? `${sentence}, and ${more} more` : sentence;
}

/** Returns one fact for all who joined and one for all who left, because in a channel these are many. */
function comings(commits: readonly Commit[], reader: ParticipantId, known: Names): Fact[] {
  const now = new Map<ParticipantId, { state: 'in' | 'out'; by: ParticipantId }>();
  for (const commit of commits) {
    const { pod, actor } = commit;
    const changes = changesOf(commit);
    for (const change of changes) {
      const created = changes.some(({ type }) => type === 'pod_created');
      if (change.on !== 'members' || change.type === 'role_changed' || created) continue;
      now.set(whoOf(pod, change.id), { state: change.type === 'member_added' ? 'in' : 'out', by: actor });
    }
  }
  return (['in', 'out'] as const).flatMap((state) => {
    const names = [...now]
      .filter(([who, is]) => is.state === state && is.by !== reader && who !== reader)
      .map(([who]) => quiet(called(known.who, who).name, 60));
    if (!names.length) return [];
    const text = `${listed(names)} ${state === 'in' ? 'joined' : 'left'}`;
    return [{ rank: RANKS.members, text, who: names[0] ?? '' }];
  });
}

/** Joins the names, as “Ada, Ben and 3 others”. */
export function listed(names: readonly string[], most = 4): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names;
  const rest = names.length - shown.length;
  const all = rest ? [...shown, `${rest} others`] : shown;
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
