// Handles "Add Cleo to the pod" and "invite @cleo".

import { call, type Intent, once } from '../../intent.ts';
import { whoPattern } from '../../words.ts';

const added = new RegExp(
  `^(?:[Aa]dd|[Ii]nvite|[Bb]ring)\\s+(?:in\\s+)?(${whoPattern})(?:\\s+(?:in)?to\\s+(?:the|this|our)\\s+(?:pod|team|channel|group))[.!]*$`,
  'u',
);
const invited = new RegExp(`^[Ii]nvite\\s+(${whoPattern})[.!]*$`, 'u');

export const addMember: Intent = {
  acts: true,
  hear({ text }) {
    const who = (added.exec(text) ?? invited.exec(text))?.[1];
    return who ? () => once(call('add_member', { who }), () => `${who} is a member of this pod now.`) : undefined;
  },
};
