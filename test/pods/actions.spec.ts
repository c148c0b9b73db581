import { expect } from 'chai';
import { z } from 'zod';
import { ACTIONS, ALL_ACTIONS } from '../../src/pods/actions.ts';

describe('the list of actions', () => {
  it('has each name once', () => {
    expect(ACTIONS.size).to.equal(ALL_ACTIONS.length);
  });

  for (const { name, title, description, input, internal } of ALL_ACTIONS)
    it(`describes ${name} to people and models`, () => {
      expect(name).to.match(/^[a-z]+(_[a-z]+)*$/);
      expect(title).to.match(/^[A-Z].*[^.]$/);
      expect(description).to.match(/^[A-Z].*\.$/);
      const schema = z.toJSONSchema(input, { io: 'input' });
      expect(schema.type).to.equal('object');
      // Every request to the model contains all definitions.
      if (!internal) expect(JSON.stringify(schema).length + description.length).to.be.below(1700);
    });
});
