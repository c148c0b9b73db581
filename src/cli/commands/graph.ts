// skein graph: lists the tasks of a pod in the order in which they can be done, with what each waits for.
import type { GraphList } from '../../doors/graph-list.ts';
import { type Flag, parseFlags, textOf } from '../../doors/typed/flags.ts';
import { InvalidInput } from '../../errors.ts';
import { connect } from '../client.ts';
import { type Command, helpOf } from '../io.ts';
import { plain } from '../show.ts';

const FLAGS: readonly Flag[] = [
  { name: 'as', takes: 'text' },
  { name: 'pod', takes: 'text' },
];

const USAGE = 'graph [page] --as <who> [--pod <pod>]';

export function graphCommand(): Command {
  return {
    name: 'graph',
    ...helpOf(
      USAGE,
      'Lists the tasks of a pod in their order, with how each stands and what it waits for, as a member of it sees them; read_graph --json is for programs',
    ),
    async run(io, args) {
      const given = parseFlags(args, FLAGS);
      const [page = '1', ...more] = given.rest;
      if (more.length || !/^[1-9]\d{0,3}$/.test(page))
        throw new InvalidInput(`It is “skein ${USAGE}”, such as “skein graph 2 --as ada --pod launch”.`);
      const as = textOf(given, 'as') ?? io.env.SKEIN_AS?.trim();
      if (!as) throw new InvalidInput('Who looks? Add --as with a name, a handle or an id, or set SKEIN_AS.');
      const pod = textOf(given, 'pod');
      const query = new URLSearchParams({ as, page, ...(pod === undefined ? {} : { pod }) });
      const { head, lines, foot } = await (await connect(io)).get<GraphList>(`/cli/graph?${query}`);
      io.out(`${plain([head, ...lines, foot].filter(Boolean).join('\n')).replaceAll('**', '')}\n`);
    },
  };
}
