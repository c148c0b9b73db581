// ask_about_call (Skein's own): asks people whether a call of an agent is made at all. Unlike `ask`, other words than its options
// answer nothing: what is written there all the time is why it asks.
import { action } from '../../action.ts';
import { ask } from '../../questions/ask.ts';

export const askAboutCall = action({
  ...ask,
  name: 'ask_about_call',
  title: 'Ask about a call',
  description: 'Asks people whether an agent makes a call that can’t go on by itself.',
  internal: true,
  decide(view, input, ctx) {
    const { changes, ...rest } = ask.decide(view, input, ctx);
    return {
      ...rest,
      changes: changes.map((one) => (one.type === 'question_asked' ? { ...one, onlyOptions: true as const } : one)),
    };
  },
});
