// The needs of a membership: the open items of a person who leaves, or may not decide any more, pass to the owners at once,
// and come back with the person. Pure.
import type { Needed, Passing } from '../../log/needs/need.ts';
import { isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import type { MemberChange, MemberDoc } from '../members/member.ts';

export function memberNeeds(change: MemberChange, before: MemberDoc | undefined): Needed[] {
  switch (change.type) {
    case 'member_removed':
    case 'items_passed': {
      const who = before?.who;
      return (change.passes ?? []).flatMap((item) => (isPerson(who) ? toOwners(who, item) : reviewedBy(who, item)));
    }
    case 'member_added': {
      const { who, back = [] } = change;
      return isPerson(who) ? back.flatMap((item) => fromOwners(who, item)) : [];
    }
    case 'role_changed': {
      const who = before?.who;
      const { passes = [], back = [] } = change;
      if (!isPerson(who)) return [];
      return [...passes.flatMap((item) => toOwners(who, item)), ...back.flatMap((item) => fromOwners(who, item))];
    }
    case 'app_came':
    case 'app_went':
      return [];
    default:
      change satisfies never;
      return [];
  }
}

/** The owners hear of the item, also where a live mention has told the person. */
function toOwners(left: PersonId, { live: _live, ...item }: Passing): Needed[] {
  const { about } = item;
  return [{ settle: { who: left, about }, withdrawn: true }, { open: { ...item, who: 'owners', left } }];
}

/** An agent has no items of its own. The owners read whose place they take. */
function reviewedBy(left: ParticipantId | undefined, item: Passing): Needed[] {
  return [{ open: { ...item, who: 'owners', ...(left ? { left } : {}) } }];
}

function fromOwners(who: PersonId, item: Passing): Needed[] {
  return [
    { settle: { who: 'owners', about: item.about }, withdrawn: true },
    { open: { ...item, who }, comes: true },
  ];
}
