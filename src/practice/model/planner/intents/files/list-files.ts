// Handles "Which files are there?".

import { call, type Intent, list, once } from '../../intent.ts';

export const listFiles: Intent = {
  hear({ text }) {
    if (!/\b(?:which|what|list|show|all)\b.*\b(?:files|documents|docs)\b/i.test(text)) return undefined;
    return () =>
      once(call('list_files'), (outcome) => {
        const files = list<{ name: string; version?: number }>(outcome, 'files');
        if (files.length === 0) return 'There are no files here yet.';
        return [
          'The files here:',
          ...files.map(({ name, version }) => `- ${name}${version ? ` (version ${version})` : ''}`),
        ].join('\n');
      });
  },
};
