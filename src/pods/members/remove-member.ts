// remove_member: removes somebody from the pod. They lose access at once, and what waits for them passes to others. Their
// messages and tasks stay theirs.
import { z } from 'zod';
import { Conflict } from '../../errors.ts';
import { type AgentId, handleOf, isPerson, type PersonId } from '../../log/participant.ts';
import { action } from '../action.ts';
import type { Change } from '../kinds.ts';
import { memberNamed } from '../people/directory.ts';
import { pickDefault } from '../pod/create-pod.ts';
import { passAll, questionsTo } from '../questions/settling/follow-work.ts';
import { requirePod } from '../require.ts';
import { followsChannel } from './channel-people.ts';
import { conversationsAsked, itemsIn, MOST_PASSED, reviewsOf } from './leaving.ts';
import { MEMBERS, memberId } from './member.ts';
import { agentsIn, longestIn, ownerDocs } from './members-of.ts';
import { passingOn } from './pass-items.ts';
import { hasApp, movesApp } from './presence.ts';
import { present } from './present.ts';
import { atLeast } from './rights.ts';

export const removeMember = action({
  name: 'remove_member',
  title: 'Remove a member',
  description:
    'Takes a person or an agent out of the pod; its owners are told what waited for a person. Everybody may leave; owners may remove others.',
  input: z.strictObject({ who: z.string().min(1) }),
  // Counts as an effect outside: people decide about membership, so no text from outside may cause it.
  effect: 'outside',
  async load(read, { who }, ctx) {
    const person = await memberNamed(read, ctx.pod, who);
    const [owners, agents, heir, follows, app, member] = await Promise.all([
      ownerDocs(read, ctx.pod),
      agentsIn(read, ctx.pod),
      longestIn(read, ctx.pod, person.id),
      followsChannel(read, ctx, person.id),
      hasApp(read, ctx, person.id),
      read.get(MEMBERS, memberId(ctx.pod, person.id)),
    ]);
    const here = { person, owners, agents, heir, follows, app, member };
    if (!isPerson(person.id))
      return { ...here, asked: [], items: await reviewsOf(read, ctx.pod, person.id), staying: [] };
    const [asked, items] = await Promise.all([
      questionsTo(read, ctx.pod, person.id),
      itemsIn(read, ctx.pod, person.id),
    ]);
    const fallbacks = new Set(asked.flatMap(({ question: { fallback } }) => fallback ?? []));
    return { ...here, asked, items, staying: await present(read, ctx.pod, [...fallbacks]) };
  },
  allow: ({ person }, _input, ctx) =>
    person.id === ctx.actor || atLeast(ctx.role, 'owner') || 'Only owners remove others from a pod. Ask one of them.',
  decide({ person, owners, agents, heir, follows, app, member, asked, items, staying }, _input, ctx) {
    const pod = requirePod(ctx, { archived: true });
    if (follows)
      throw new Conflict(
        `Whoever is in the Slack channel of ${pod.name} is in the pod. ${person.id === ctx.actor ? 'Leave the channel' : `Remove ${person.name} from the channel`} in Slack, and the pod follows at once.`,
      );
    const next = pickDefault(agents.filter((one) => one !== person.id));
    const moves = movesApp(ctx, person.id, app);
    // Their items pass in the same commit, so there is no moment at which nobody has them.
    const passes = heir ? items.slice(0, MOST_PASSED) : [];
    const changes: Change[] = [
      {
        ...{ v: 1, on: 'members', id: memberId(ctx.pod, person.id), type: 'member_removed' },
        ...(passes.length ? { passes } : {}),
        ...(moves.length && member?.app ? { appStays: true } : {}),
      },
      ...conversationsAsked(passes),
    ];
    if (person.id === pod.defaultAgent)
      changes.push({ v: 1, on: 'pods', id: ctx.pod, type: 'default_agent_left', ...(next ? { next } : {}) });
    // A pod must have an owner. If the last owner leaves, another person becomes owner.
    if (heir && !owners.some(({ who }) => who !== person.id && isPerson(who)))
      changes.push({ v: 1, on: 'members', id: heir.id, type: 'role_changed', role: 'owner' });
    const left = (one: PersonId) => one === person.id || !staying.includes(one);
    const passed = isPerson(person.id) ? passAll(asked, person.id, left, ctx.at) : { changes: [], deliveries: [] };
    return {
      changes: [...changes, ...passed.changes],
      deliveries: [
        ...passed.deliveries,
        ...moves,
        ...(isPerson(person.id) && items.length > passes.length && heir ? [passingOn(ctx, person.id)] : []),
      ],
      result: {
        removed: { id: person.id, name: person.name },
        ...(passes.length ? { toOwners: items.length } : {}),
        ...(person.id === pod.defaultAgent ? { says: withoutDefault(person.name, next) } : {}),
      },
    };
  },
});

/** Says what becomes of mails and of `@Skein`, which went to the agent that has left. */
function withoutDefault(name: string, next: AgentId | undefined): string {
  return next
    ? `New mails, and words to @Skein, went to ${name}. Now they go to ${handleOf(next)}; update_pod names another.`
    : `New mails went to ${name}. Now each becomes a task that nobody has yet; add an agent, or give them to people.`;
}
