// Says nothing where a person asks for no answer: "no need to answer".

import { call, type Intent } from '../intent.ts';

const noAnswer = /^(?:there is )?no need to (?:answer|reply)\b|^(?:please )?do(?:n['’]t| not) (?:answer|reply)\b/i;

export const stayQuiet: Intent = {
  hear({ text }) {
    if (!noAnswer.test(text)) return undefined;
    return function* () {
      yield [call('stay_silent')];
      return 'I say nothing.';
    };
  },
};
