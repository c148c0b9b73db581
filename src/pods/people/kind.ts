// The kind `people`: how what is known of a person changes and is told.
import { kind } from '../../log/kind.ts';
import { evolvePerson, PEOPLE, type PersonChange, type PersonDoc } from './person.ts';

export const people = kind<PersonDoc, PersonChange>({
  ref: PEOPLE,
  indexes: [{ fields: ['pod'] }, { fields: ['accounts'] }, { fields: ['names'] }],
  evolve: evolvePerson,
  describe: ({ type, facts: { name } }) =>
    type === 'person_registered' ? ['registered', name] : ['updated', `what is known of ${name}`],
});
