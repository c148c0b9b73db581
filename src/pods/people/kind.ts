// The kind `people`: how a person's record changes, and how history describes it.
import { kind } from '../../log/kind.ts';
import { evolvePerson, PEOPLE, type PersonChange, type PersonDoc } from './person.ts';

export const people = kind<PersonDoc, PersonChange>({
  ref: PEOPLE,
  indexes: [{ fields: ['pod', 'seq'] }, { fields: ['accounts'] }, { fields: ['names'] }],
  evolve: evolvePerson,
  describe: ({ type, facts: { name } }) =>
    type === 'person_registered' ? ['registered', name] : ['updated', `what is known of ${name}`],
  held: { noun: () => 'person', facts: ({ name, handle }) => `${name} (@${handle})` },
});
