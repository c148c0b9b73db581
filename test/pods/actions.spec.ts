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

  for (const { name, description } of ALL_ACTIONS.filter((one) => !one.internal && one.effect !== 'read'))
    it(`says of ${name} who sees it, or who is told`, () => {
      expect(description, HELD_TO).to.match(WHO);
    });
});

/** Whoever calls an action knows from its description whom it reaches. One’s own settings reach oneself alone. */
const WHO =
  /\b(?:told|tells|hears?|woken|wakes|reminded|asked for (?:it|them) sees|(?:all|those)(?: \w+){0,3} (?:see|read)|members (?:see|read)|who (?:see|read)|can read|where all see|shows? (?:it|them)|sees what|they get it|the person you are or act for)\b/i;

const HELD_TO =
  'Say in the description who sees what the action does, or who is told, as “all members see it”, “whoever gave it is told” or “nobody is told”';
