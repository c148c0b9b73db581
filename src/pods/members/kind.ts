// The kind `members`: how a membership changes, and how history describes it.
import { type ChangeContext, kind, type Names, type Phrase } from '../../log/kind.ts';
import { memberNeeds } from '../needs/member-needs.ts';
import { called } from '../people/directory.ts';
import { evolveMember, MEMBERS, type MemberChange, type MemberDoc, whoOf } from './member.ts';

export const members = kind<MemberDoc, MemberChange>({
  ref: MEMBERS,
  indexes: [
    { fields: ['pod', 'seq'] },
    { fields: ['pod', 'state', 'since'] },
    { fields: ['pod', 'state', 'who'] },
    { fields: ['pod', 'state', 'role'] },
    { fields: ['who', 'state', 'since'] },
    { fields: ['who', 'state', 'role'] },
  ],
  evolve: evolveMember,
  needs: memberNeeds,
  describe,
  whoIn: ({ id }, pod) => [whoOf(pod, id)],
});

function describe(change: MemberChange, { who }: Names, { pod, actor }: ChangeContext): Phrase | undefined {
  const id = whoOf(pod, change.id);
  const { name } = called(who, id);
  switch (change.type) {
    case 'member_added':
      return ['added', change.role === 'member' ? name : `${name} as ${change.role}`];
    case 'role_changed':
      return ['made', `${name} ${change.role}`];
    case 'member_removed':
      return id === actor ? ['left', 'the pod'] : ['removed', name];
    case 'app_came':
    case 'app_went':
    case 'items_passed':
      return undefined;
    default:
      change satisfies never;
      return undefined;
  }
}
