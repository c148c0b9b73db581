// The list of commands: Skein's own, and one for each action.
import { closest } from '../closest.ts';
import { NotFound } from '../errors.ts';
import type { AnyAction } from '../pods/action.ts';
import { actCommand } from './commands/act.ts';
import { actionsCommand } from './commands/actions.ts';
import { agentAppCommand } from './commands/agent-app.ts';
import { doctorCommand } from './commands/doctor.ts';
import { graphCommand } from './commands/graph.ts';
import { helpCommand } from './commands/help.ts';
import { queueCommand } from './commands/queue.ts';
import { rebuildCommand } from './commands/rebuild.ts';
import { runsCommand } from './commands/runs.ts';
import { startCommand } from './commands/start.ts';
import { takeCommand } from './commands/take.ts';
import { versionCommand } from './commands/version.ts';
import type { Command } from './io.ts';

export function commandsFor(actions: readonly AnyAction[]): Command[] {
  const open = actions.filter((one) => !one.internal);
  const own = [
    startCommand(),
    doctorCommand(),
    queueCommand('inbox', 'what came in and is not handled yet'),
    queueCommand('outbox', 'what is to go out and has not gone yet'),
    runsCommand(),
    graphCommand(),
    rebuildCommand(),
    takeCommand(),
    agentAppCommand(),
    actionsCommand(open),
    versionCommand(),
  ];
  const all: Command[] = [...own, ...open.map(actCommand)];
  all.push(helpCommand(own, (name) => commandNamed(all, name)));
  return all;
}

/** Returns the command with this name. @throws NotFound that lists similar commands */
export function commandNamed(commands: readonly Command[], name: string): Command {
  const wanted = HELP.has(name) ? 'help' : VERSION.has(name) ? 'version' : name.replaceAll('-', '_');
  const command = commands.find((one) => one.name === wanted);
  if (command) return command;
  const names = commands.map((one) => one.name);
  const misspelt = closest(wanted, names);
  const words = new Set(wanted.split('_'));
  const shared = names.filter((one) => one.split('_').some((word) => words.has(word)));
  // A single word that stands in some is no misspelt other one.
  const near = misspelt && (words.size > 1 || !shared.length) ? [misspelt] : shared;
  const hint = near.length ? ` Did you mean ${near.join(', ')}?` : '';
  throw new NotFound(`There is no command “${name}”.${hint} “skein help” shows all, “skein actions” what can be done.`);
}

const VERSION: ReadonlySet<string> = new Set(['--version', '-v', '-V']);

export const HELP: ReadonlySet<string | undefined> = new Set(['--help', '-h']);
