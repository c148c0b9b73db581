// stand_in (Skein's own, in a pod's log): records in a conversation that a deputy was told of an item there, so that what
// the deputy writes answers for the absent person.
import { z } from 'zod';
import { isPerson } from '../../log/participant.ts';
import { action } from '../action.ts';
import { CONVERSATIONS } from '../conversations/conversation.ts';
import { NEEDS } from '../needs/need.ts';
import { onlySkein } from './hear.ts';

export const standIn = action({
  name: 'stand_in',
  title: 'Stand in',
  description: 'Says that a deputy may answer in a conversation for somebody who is away.',
  input: z.strictObject({ need: z.string(), deputy: z.templateLiteral(['person:', z.string().min(1)]) }),
  effect: 'write',
  internal: true,
  load: (read, { need }) => read.get(NEEDS, need),
  allow: onlySkein,
  decide(item, { deputy }) {
    if (item?.state !== 'open' || item.about.on !== CONVERSATIONS.name || !isPerson(item.who))
      return { changes: [], result: {} };
    const { id } = item.about;
    return {
      changes: [{ v: 1, on: 'conversations', id, type: 'stand_in_asked', deputy, for: item.who }],
      result: {},
    };
  },
});
