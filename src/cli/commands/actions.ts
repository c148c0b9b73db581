// skein actions: lists the actions.

import { nothingElse, parseFlags } from '../../doors/typed/flags.ts';
import type { AnyAction } from '../../pods/action.ts';
import { type Command, helpOf } from '../io.ts';
import { show, table } from '../show.ts';

export function actionsCommand(actions: readonly AnyAction[]): Command {
  return {
    name: 'actions',
    ...helpOf(
      'actions [--json]',
      'Lists every action; each is a command, and “skein <action> --help” says what it takes',
    ),
    async run(io, args) {
      const given = parseFlags(args, [{ name: 'json', takes: 'nothing' }]);
      nothingElse(given, '“skein actions” lists them all.');
      const all = actions.map(({ name, title, description, effect }) => ({ name, title, effect, description }));
      const text = table(all.map(({ name, effect, title }) => [name, effect, title]));
      show(io, given.flags.get('json') === true, { actions: all }, text);
    },
  };
}
