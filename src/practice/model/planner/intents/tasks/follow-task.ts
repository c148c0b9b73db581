// Handles "only tell me when #3 is done", "tell me every step of #3" and "tell me of #3 only in the digest".

import { call, type Intent, once } from '../../intent.ts';
import { taskRefs } from '../../task-words.ts';

const LEVELS: readonly (readonly [RegExp, level: string, says: string])[] = [
  [/\btell me\b.*\bevery (?:single )?step\b/i, 'every_step', 'of every step'],
  [
    /\bonly tell me (?:when|once)\b.*\b(?:done|finished)\b|\btell me only (?:when|once)\b.*\bdone\b/i,
    'result',
    'when it is done',
  ],
  [
    /\btell me\b.*\bonly in (?:the|my) digest\b|\bonly tell me\b.*\bin (?:the|my) digest\b/i,
    'digest',
    'in your digest only',
  ],
];

export const followTask: Intent = {
  acts: true,
  hear({ text }) {
    const [task] = taskRefs(text);
    const [, level, says] = LEVELS.find(([form]) => form.test(text)) ?? [];
    if (!task || !level) return undefined;
    return () => once(call('set_involvement', { task, level }), () => `You hear of ${task} ${says}.`);
  },
};
