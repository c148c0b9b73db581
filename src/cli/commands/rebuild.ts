// skein rebuild: rebuilds the views from the log. Delivers nothing again.

import { nothingElse, parseFlags, textOf } from '../../doors/typed/flags.ts';
import { connect } from '../client.ts';
import { type Command, helpOf } from '../io.ts';
import { plain, show, table } from '../show.ts';

export function rebuildCommand(): Command {
  return {
    name: 'rebuild',
    ...helpOf(
      'rebuild [--pod <pod>] [--json]',
      'Makes the views of a pod, or of all, again from the log; nothing is sent anew',
    ),
    async run(io, args) {
      const given = parseFlags(args, [
        { name: 'pod', takes: 'text' },
        { name: 'json', takes: 'nothing' },
      ]);
      nothingElse(given, 'It is “skein rebuild --pod <name or id>”, or “skein rebuild” for all.');
      const client = await connect(io);
      const again = 'It does no harm to run it again.';
      const done = await client.post<{ pods: { pod: string; commits: number }[] }>(
        '/cli/rebuild',
        { pod: textOf(given, 'pod') },
        again,
      );
      const rows = done.pods.map(({ pod, commits }) => [pod, `${commits} commits`]);
      show(io, given.flags.get('json') === true, done, plain(table(rows)) || 'There is nothing to rebuild yet.');
    },
  };
}
