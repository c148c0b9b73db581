// skein <action>: performs one action in a person's name.
import { randomUUID } from 'node:crypto';
import { fieldsOf, flagsOf, inputOf, takeLoose, wantsStdin } from '../../doors/typed/fields.ts';
import { type Flag, nothingElse, parseFlags, textOf } from '../../doors/typed/flags.ts';
import { InvalidInput } from '../../errors.ts';
import type { AnyAction } from '../../pods/action.ts';
import { localDay } from '../../pods/local-time.ts';
import { connect } from '../client.ts';
import type { Command, Io } from '../io.ts';
import { asText, show } from '../show.ts';
import { actionHelp } from './act-help.ts';

/** The flags that every action accepts besides the flags of its own fields. */
export const ACT_FLAGS: readonly Flag[] = [
  { name: 'as', takes: 'text' },
  { name: 'for', takes: 'text' },
  { name: 'pod', takes: 'text' },
  { name: 'key', takes: 'text' },
  { name: 'input', takes: 'text' },
  { name: 'json', takes: 'nothing' },
  { name: 'help', takes: 'nothing' },
];

interface Done {
  result: unknown;
  commit?: { pod: string; seq: number };
  repeated: boolean;
}

export function actCommand(definition: AnyAction): Command {
  return {
    name: definition.name,
    usage: `${definition.name} --as <who> …`,
    about: definition.title,
    help: () => actionHelp(definition, fieldsOf(definition)),
    run: (io, args) => runAction(io, definition, args),
  };
}

async function runAction(io: Io, definition: AnyAction, args: readonly string[]): Promise<void> {
  const fields = fieldsOf(definition);
  const given = parseFlags(args, [...flagsOf(fields), ...ACT_FLAGS]);
  if (given.flags.get('help') === true) return io.out(actionHelp(definition, fields));
  takeLoose(fields, given);
  nothingElse(given, 'Each field has a flag of its own, and quotes keep words together: --title "Two words".');
  const as = textOf(given, 'as') ?? io.env.SKEIN_AS?.trim();
  if (!as) throw new InvalidInput('Who does this? Add --as with a name, a handle or an id, or set SKEIN_AS.');
  const stdin = wantsStdin(fields, given);
  if (stdin) given.flags.set(stdin, [await io.stdin()]);
  // A day in words is one by the calendar of this machine.
  const today = localDay(new Intl.DateTimeFormat().resolvedOptions().timeZone, Date.now());
  const input = inputOf(fields, given, today);
  const client = await connect(io);
  const key = textOf(given, 'key') ?? randomUUID();
  const asked = { as, for: textOf(given, 'for'), pod: textOf(given, 'pod'), action: definition.name, input, key };
  const again = `With --key ${key} the same command can be run again: it is done once.`;
  const done = await client.post<Done>('/cli/act', asked, definition.effect === 'read' ? undefined : again);
  show(io, given.flags.get('json') === true, done, textFor(done));
}

function textFor({ result, commit, repeated }: Done): string {
  if (!commit) return asText(result);
  const seen = repeated ? ', done before with this key' : '';
  return `${asText(result)}\n(commit ${commit.seq} in ${commit.pod}${seen})`;
}
