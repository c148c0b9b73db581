// skein inbox, skein outbox: list the items that wait or were set aside, with the reason. `retry <id>` retries one.
// `inbox --ignored` lists the automatic mails and the events of Slack that were ignored.

import type { QueueName } from '../../doors/cli/door.ts';
import { type Flag, nothingElse, parseFlags } from '../../doors/typed/flags.ts';
import { InvalidInput } from '../../errors.ts';
import type { Ignored } from '../../inbox/ignored-mails.ts';
import type { ShownLeftOut } from '../../inbox/left-out.ts';
import type { Shown, Waiting } from '../../lanes/waiting.ts';
import { connect } from '../client.ts';
import { type Command, helpOf, type Io } from '../io.ts';
import { ageOf, plain, show, table } from '../show.ts';

const JSON_FLAG: Flag = { name: 'json', takes: 'nothing' };
const IGNORED_FLAG: Flag = { name: 'ignored', takes: 'nothing' };

export function queueCommand(name: QueueName, what: string): Command {
  return {
    name,
    ...helpOf(
      `${name} [retry <id>]${name === 'inbox' ? ' [--ignored]' : ''} [--json]`,
      `Shows ${what}, and what was set aside with its reason; retry takes it up again${name === 'inbox' ? '. --ignored shows the mails of machines and the events of Slack from which nothing came in the last 30 days: from whom, about what, when, and why' : ''}`,
    ),
    async run(io, args) {
      const given = parseFlags(args, [JSON_FLAG, ...(name === 'inbox' ? [IGNORED_FLAG] : [])]);
      const json = given.flags.get('json') === true;
      if (given.flags.get('ignored') === true) {
        nothingElse(given, 'It is “skein inbox --ignored”.');
        return listIgnored(io, json);
      }
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

async function listIgnored(io: Io, json: boolean): Promise<void> {
  const client = await connect(io);
  const ignored = await client.get<Ignored & { events: ShownLeftOut[] }>('/cli/ignored');
  const { mails, more, events } = ignored;
  const rows = mails.map(({ at, from, subject, reason }) => [whenOf(at), from, subject || '(no subject)', reason]);
  const head = `${mails.length} ${mails.length === 1 ? 'mail was' : 'mails were'} left alone in the last 30 days${more ? ' (the newest; there are more)' : ''}`;
  const foot = 'If a person wrote one of them, ask them to send it again from their own mail program.';
  const ofMail = rows.length ? `${head}\n${table(rows)}\n${foot}` : head;
  show(io, json, ignored, plain([ofMail, ...eventLines(events)].join('\n')));
}

function eventLines(events: readonly ShownLeftOut[]): string[] {
  if (!events.length) return [];
  const rows = events.map(({ at, count, reason }) => [whenOf(at), `${count} ×`, reason]);
  return ['', 'Events of Slack from which nothing came in the last 30 days, with the reason', table(rows)];
}

/** Formats a time, as `2026-11-29 12:00 UTC`. */
function whenOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
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
