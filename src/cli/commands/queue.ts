// skein inbox, skein outbox: what waits, what was put aside and why; `retry <id>` lets the latter try again.
import { InvalidInput } from '../../errors.ts';
import type { Shown, Waiting } from '../../lanes/waiting.ts';
import { connect } from '../client.ts';
import type { QueueName } from '../door.ts';
import { nothingElse, parseFlags } from '../flags.ts';
import { type Command, type Io, told } from '../io.ts';
import { ageOf, plain, show, table } from '../show.ts';

export function queueCommand(name: QueueName, what: string): Command {
  return {
    name,
    ...told(
      `${name} [retry <id>] [--json]`,
      `Shows ${what}, and what was put aside with its reason; retry takes it up again`,
    ),
    async run(io, args) {
      const given = parseFlags(args, [{ name: 'json', takes: 'nothing' }]);
      const json = given.flags.get('json') === true;
      const [verb, id, ...more] = given.rest;
      if (verb === undefined) return list(io, name, json);
      nothingElse({ ...given, rest: verb === 'retry' ? more : given.rest }, `It is “skein ${name} retry <id>”.`);
      if (id === undefined)
        throw new InvalidInput(`Retry what? “skein ${name}” shows the ids: skein ${name} retry <id>`);
      const client = await connect(io);
      show(io, json, await client.post(`/cli/queue/${name}/retry`, { id }), `${plain(id)} is tried again.`);
    },
  };
}

async function list(io: Io, name: QueueName, json: boolean): Promise<void> {
  const client = await connect(io);
  const all = await client.get<Waiting>(`/cli/queue/${name}`);
  show(io, json, all, textOf(name, all));
}

function textOf(name: QueueName, { waiting, aside, more }: Waiting): string {
  const rows = [...aside.map((item) => row('aside', item)), ...waiting.map((item) => row('waiting', item))];
  const head = `${name}: ${waiting.length} waiting, ${aside.length} aside${more ? ' (the oldest; there are more)' : ''}`;
  return plain(rows.length ? `${head}\n${table(rows)}` : head);
}

function row(state: string, { id, kind, attempts, age, dueIn, reason }: Shown): string[] {
  const tries = `${attempts} ${attempts === 1 ? 'try' : 'tries'}`;
  const next = state === 'waiting' && dueIn > 0 ? `again in ${ageOf(dueIn).replace('just now', 'a moment')}` : '';
  return [state, id, kind, tries, ageOf(age), [next, reason].filter(Boolean).join(': ')];
}
