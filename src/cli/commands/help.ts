// skein help: lists the commands. skein help <command>: describes one.
import type { Command } from '../io.ts';
import { table } from '../show.ts';

export function helpCommand(own: readonly Command[], find: (name: string) => Command): Command {
  const help: Command = {
    name: 'help',
    usage: 'help [<command or action>]',
    about: 'Shows this, or all about one of them',
    help: () => screen([...own, help]),
    async run(io, [name]) {
      io.out((name === undefined ? help : find(name)).help());
    },
  };
  return help;
}

function screen(commands: readonly Command[]): string {
  const rows = commands.map(({ usage, about }) => [`  skein ${usage}`, about]);
  const act = ['  skein <action> --as <who> --pod <pod> …', 'Does it, as in: skein list_tasks --as ada --pod Launch'];
  return [
    'Agents that work with a team, in the places where the team already is.',
    table([...rows, act]),
    'SKEIN_AS is who acts when --as is left out; SKEIN_DATA_DIR is where the running server keeps its data.\n',
  ].join('\n\n');
}
