// skein doctor: tests every part, and says how to correct faults. The exit code is 1 if there are any.

import type { ServerAsked } from '../../doctor/examine.ts';
import type { ServerChecked } from '../../doctor/server.ts';
import { nothingElse, parseFlags } from '../../doors/typed/flags.ts';
import { InvalidInput, reasonOf } from '../../errors.ts';
import { connect, NotRunning } from '../client.ts';
import { type Command, helpOf, type Io } from '../io.ts';
import { ageOf, asJson, plain } from '../show.ts';

export function doctorCommand(): Command {
  return {
    name: 'doctor',
    ...helpOf(
      'doctor [--json]',
      'Tries every part for real (settings, store, Slack, mail, model, tools) and says what to do',
    ),
    async run(io, args) {
      const given = parseFlags(args, [{ name: 'json', takes: 'nothing' }]);
      nothingElse(given, 'It takes nothing but --json: settings come from the environment.');
      await printReport(io, given.flags.get('json') === true);
    },
  };
}

/** Prints each line as soon as it and all earlier lines are known. */
async function printReport(io: Io, json: boolean): Promise<void> {
  // These modules are imported here because no other command needs them.
  const [{ examine }, { lineOf, reportOf, sumOf }] = await Promise.all([
    import('../../doctor/examine.ts'),
    import('../../doctor/report.ts'),
  ]);
  const { version, checks } = await examine({ env: io.env, home: io.home, server: askServer(io), ageOf });
  const all = [];
  for (const check of checks) {
    const found = await check;
    all.push(...found);
    if (!json) io.out(found.map((each) => `${plain(lineOf(each))}\n`).join(''));
  }
  const report = reportOf(version, all);
  if (json) io.out(`${asJson(report)}\n`);
  if (!report.ok) throw new InvalidInput(sumOf(report));
  if (!json) io.out(`${sumOf(report)}\n`);
}

async function askServer(io: Io): Promise<ServerAsked> {
  try {
    const client = await connect(io);
    return { kind: 'runs', checked: await client.get<ServerChecked>('/cli/doctor') };
  } catch (error) {
    return { kind: error instanceof NotRunning ? 'absent' : 'fails', message: reasonOf(error) };
  }
}
