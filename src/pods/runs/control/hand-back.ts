// hand_back: hands work back to the agent from which a person took it over, by a message of that person.
import { z } from 'zod';
import { handleOf } from '../../../log/participant.ts';
import { action } from '../../action.ts';
import { newMessage } from '../../conversations/new-message.ts';
import { knownIn } from '../../people/known-names.ts';
import { controlled } from './control.ts';
import { CONTROL_INPUT } from './control-actions.ts';
import { controlNamed, onlyPeople } from './named.ts';
import { shownControl } from './shown.ts';

export const handBack = action({
  name: 'hand_back',
  title: 'Hand work back to an agent',
  description:
    'Hands work back to the agent from which you took it over, with a note. It sees what has changed meanwhile.',
  input: CONTROL_INPUT.extend({
    note: z.string().max(4000).default('').describe('What you did, and what is to be done now'),
  }),
  effect: 'write',
  allow: onlyPeople('member'),
  async load(read, { note, ...input }, ctx) {
    const named = await controlNamed(read, ctx, 'hand_back', input);
    const text = `${named.agents.map((agent) => `@${handleOf(agent)}`).join(' ')} over to you again.${note && ` ${note}`}`;
    return { ...named, text, known: await knownIn(read, ctx.pod, [text], named.facts.conversation.agents) };
  },
  decide({ facts, agents, text, known }, _input, ctx) {
    const { conversation } = facts;
    const back = controlled(ctx, facts, { kind: 'hand_back', agents });
    const message = ctx.id('m');
    const added = newMessage(ctx, { id: conversation.id, doc: conversation }, { message, text, known, at: ctx.at });
    return {
      changes: [...added.changes, ...back.changes],
      deliveries: [...added.deliveries, ...back.deliveries],
      result: { ...shownControl(facts, { agents, still: back.still }), message: { id: message } },
    };
  },
});
