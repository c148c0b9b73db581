// Reduces a pod's commits to the facts worth reporting: one for each task, file and note, in its last state. Pure.
import type { Commit } from '../log/commit.ts';
import type { Names, News, Weight } from '../log/kind.ts';
import type { ParticipantId, PersonId } from '../log/participant.ts';
import { commitSentence } from '../pods/history/history.ts';
import { changesOf, KINDS } from '../pods/kinds.ts';
import { whoOf } from '../pods/members/member.ts';
import { called } from '../pods/people/directory.ts';
import type { Fact } from './facts.ts';
import { type Untold, wasTold } from './gather-untold.ts';
import { quiet } from './quiet.ts';

/** The rank of each kind of change. The change with the lowest rank represents its task. */
const RANKS: Record<Weight | 'members', number> = {
  decision: 1,
  done: 2,
  assigned: 3,
  created: 4,
  moved: 5,
  file: 6,
  learning: 7,
  pod: 8,
  members: 9,
};

/**
 * Returns the facts. `commits` include the reader's own, because they may contain the last state. `conversationUrl`
 * returns a link to a conversation.
 */
export function factsOf(
  commits: readonly Commit[],
  reader: PersonId,
  known: Names,
  conversationUrl: (conversation: string) => string | undefined,
  untold: Untold = new Map(),
): Fact[] {
  const newest = new Map<string, { commit: Commit; news: News }>();
  for (const commit of commits)
    for (const change of commit.changes) {
      const news = KINDS.get(change.on)?.news?.(change, known);
      if (news && outweighs(news, newest.get(news.subject)?.news)) newest.set(news.subject, { commit, news });
    }
  // If the reader made the last change to a subject, neither it nor the earlier changes are news to them.
  const others = [...newest.values()].filter(
    ({ commit, news }) => commit.actor !== reader && !wasTold(commit, news.subject, reader, untold),
  );
  // A commit with several changes becomes one sentence.
  const sentences = new Map(others.map((each) => [each.commit.seq, each]));
  const facts = [...sentences.values()].map(({ commit, news }): Fact => {
    const url = news.conversation && conversationUrl(news.conversation);
    const text = quiet(sentenceOf(commit, known), 300);
    return { rank: RANKS[news.weight], text, who: called(known.who, commit.actor).name, ...(url ? { url } : {}) };
  });
  return [...facts, ...comings(commits, reader, known)].sort((a, b) => a.rank - b.rank);
}

function outweighs(now: News, before: News | undefined): boolean {
  return !before || (now.move && before.move) || RANKS[now.weight] <= RANKS[before.weight];
}

/** Describes the commit without its door, because only the history shows the door. */
function sentenceOf(commit: Commit, known: Names): string {
  return commitSentence({ ...commit, via: 'skein' }, known);
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
