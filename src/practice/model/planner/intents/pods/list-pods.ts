// Handles "Which pods are there?".

import { call, type Intent, list, once } from '../../intent.ts';

export const listPods: Intent = {
  hear({ text }) {
    if (!/\b(?:which|what|list|show|my|all)\b.*\bpods\b/i.test(text)) return undefined;
    return () =>
      once(call('list_pods'), (outcome) => {
        const pods = list<{ name: string; purpose?: string }>(outcome, 'pods');
        if (pods.length === 0) return 'I see no pods.';
        return [
          'The pods I can see:',
          ...pods.map(({ name, purpose }) => `- ${name}${purpose ? `: ${purpose}` : ''}`),
        ].join('\n');
      });
  },
};
