// Handles "We decided to …" and "decision: …, because …". Stores the decision in the pod's notebook.

import { call, type Intent, once } from '../../intent.ts';
import { asTitle, isQuestion } from '../../words.ts';

const forms = [
  /^(?:new )?(?:decision|decided|resolved|agreed)\s*[:\-–—]\s*(.+)$/is,
  /^(?:record|log|note|save|write down|keep)\s+(?:down\s+)?(?:the|a|this|our|as a)?\s*decision\s*(?::|that|to|[-–—])?\s*(.+)$/is,
  /\b(?:we|i|they|the team|everyone)(?:['’]ve| have| has)?\s+(?:just\s+|now\s+|all\s+)?(?:decided|agreed|settled)\s*(?::\s*|\b\s+)(?:that\s+|to\s+|on\s+|upon\s+)?(.+)$/is,
];
/** Matches a sentence about a decision that decides nothing, such as "Sum up what we decided". */
const reported =
  /\b(?:what|which|why|how|when|where|whether|if|that|as)\s+(?:we|i|they|the team)\b[^.]*\b(?:decided|agreed|settled)\b/i;
const reason =
  /[,;.]?\s*\(?\b(?:because(?: of)?|since(?! \d)|so that|reason:|why:|the reason (?:is|being)(?: that)?:?)\s*(.+?)\)?$/is;

export const recordDecision: Intent = {
  acts: true,
  hear({ text }) {
    if (isQuestion(text) || reported.test(text)) return undefined;
    const said = forms.map((form) => form.exec(text)?.[1]).find(Boolean);
    if (!said) return undefined;
    const why = reason.exec(said)?.[1];
    const decision = asTitle(said.replace(reason, ''));
    const input = { decision, ...(why && { why: asTitle(why) }) };
    return () =>
      once(
        call('record_decision', input),
        () => `Kept as a decision: ${decision}.${why ? ` Why: ${asTitle(why)}.` : ''}`,
      );
  },
};
