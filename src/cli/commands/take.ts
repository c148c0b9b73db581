// skein take: replaces an edited agent or skill with the shipped version.

import { nothingElse, parseFlags, textOf } from '../../doors/typed/flags.ts';
import { InvalidInput } from '../../errors.ts';
import { connect } from '../client.ts';
import { type Command, helpOf } from '../io.ts';
import { show } from '../show.ts';

const HOW = 'It is “skein take --agent <handle>” or “skein take --skill <name>”.';

export function takeCommand(): Command {
  return {
    name: 'take',
    ...helpOf(
      'take --agent <handle> | --skill <name> [--json]',
      'Takes in a shipped file in place of what was edited since; the start names those that differ',
    ),
    async run(io, args) {
      const given = parseFlags(args, [
        { name: 'agent', takes: 'text' },
        { name: 'skill', takes: 'text' },
        { name: 'json', takes: 'nothing' },
      ]);
      nothingElse(given, HOW);
      const [agent, skill] = [textOf(given, 'agent'), textOf(given, 'skill')];
      if ((agent === undefined) === (skill === undefined)) throw new InvalidInput(`Which one? ${HOW}`);
      const wanted = agent === undefined ? { kind: 'skill', name: skill } : { kind: 'agent', name: agent };
      const client = await connect(io);
      const done = await client.post<{ took: string; version: number }>(
        '/cli/take',
        wanted,
        'It does no harm to run it again.',
      );
      show(io, given.flags.get('json') === true, done, `Taken in: ${done.took}, now version ${done.version}.`);
    },
  };
}
