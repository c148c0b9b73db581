// The query “help”: all that can be written by mail. It is made from the lists of queries and commands themselves.

import type { Texts } from '../../../texts/texts.ts';
import { REPLY_COMMANDS } from '../../replies/reply-command.ts';
import { LEAVE } from '../leave.ts';
import { blocks, type Query } from './query.ts';

export type QueryName = 'waiting' | 'tasks' | 'graph' | 'runs' | 'file' | 'history' | 'find' | 'unsubscribe' | 'help';

/** `queries`: all queries. Each has a sentence of its name in the text `mail-help`, and so has each command that has a line. */
export function helpQuery(queries: () => Readonly<Record<QueryName, Query>>): Query {
  return {
    example: 'help',
    read: (line) => (/^help$/i.test(line) ? '' : undefined),
    async answer({ texts: { fill } }) {
      const names = (Object.keys(queries()) as QueryName[]).filter(hasOwnLine);
      const asked = names.map((name) => item(fill, name, queries()[name].example));
      const kinds = (Object.keys(REPLY_COMMANDS) as (keyof typeof REPLY_COMMANDS)[]).filter(hasLine);
      const commands = [
        ...kinds.map((kind) => item(fill, kind, REPLY_COMMANDS[kind].example)),
        item(fill, 'leave', LEAVE),
      ];
      return {
        text: blocks(
          fill('mail-help', 'queries'),
          asked.join('\n'),
          fill('mail-help', 'commands'),
          commands.join('\n'),
          fill('mail-help', 'rest'),
        ),
      };
    },
  };
}

/** The line of `leave` tells of “unsubscribe”. */
function hasOwnLine(name: QueryName): name is Exclude<QueryName, 'help' | 'unsubscribe'> {
  return name !== 'help' && name !== 'unsubscribe';
}

/** The lines of `done`, `approve` and `drop` tell of these as well. */
const BESIDE = ['start', 'reopen', 'undo', 'review', 'send-back', 'without'] as const;

type Listed = Exclude<keyof typeof REPLY_COMMANDS, (typeof BESIDE)[number]>;

function hasLine(kind: keyof typeof REPLY_COMMANDS): kind is Listed {
  return !(BESIDE as readonly string[]).includes(kind);
}

function item(
  fill: Texts['fill'],
  name: Exclude<QueryName, 'unsubscribe'> | Listed | 'leave',
  example: string,
): string {
  return `- **${example}**: ${fill('mail-help', name)}`;
}
