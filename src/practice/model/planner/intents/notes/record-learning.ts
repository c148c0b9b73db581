// Handles "Learning: …", "we found out that …" and "remember that …". Stores the learning in the pod's notebook.

import { call, type Intent, once } from '../../intent.ts';
import { asTitle, isQuestion } from '../../words.ts';

const forms = [
  /^(?:new )?(?:learnings?|lesson(?: learned| learnt)?|learned|learnt|til)\s*[:\-–—]\s*(.+)$/is,
  /^(?:record|log|note|save|keep)\s+(?:the|a|this|as a)?\s*(?:learning|lesson)\s*(?::|that|[-–—])?\s*(.+)$/is,
  /^(?:remember|note|keep in mind|don['’]t forget)\s*(?::|that)\s+(.+)$/is,
  /\b(?:we|i)(?:['’]ve| have)?\s+(?:just\s+|now\s+)?(?:learned|learnt|found out|discovered|noticed)\s+(?:that\s+)?(.+)$/is,
];

export const recordLearning: Intent = {
  acts: true,
  hear({ text }) {
    if (isQuestion(text)) return undefined;
    const said = forms.map((form) => form.exec(text)?.[1]).find(Boolean);
    if (!said) return undefined;
    const learning = asTitle(said);
    return () => once(call('record_learning', { learning }), () => `Kept as a learning: ${learning}.`);
  },
};
