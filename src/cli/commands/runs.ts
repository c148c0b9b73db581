// skein runs: lists the current and the latest runs of agents in all pods.

import { type Flag, nothingElse, parseFlags, textOf } from '../../doors/typed/flags.ts';
import type { RunSeen, SeenInstruction } from '../../pods/runs/name-runs.ts';
import { connect } from '../client.ts';
import { type Command, helpOf } from '../io.ts';
import { ageOf, plain, show, table } from '../show.ts';

const FLAGS: readonly Flag[] = [
  { name: 'pod', takes: 'text' },
  { name: 'json', takes: 'nothing' },
];

interface Runs {
  live: RunSeen[];
  over: RunSeen[];
}

export function runsCommand(): Command {
  return {
    name: 'runs',
    ...helpOf(
      'runs [--pod <pod>] [--json]',
      'Shows what agents are doing and what they did last, in all pods or in one; list_runs and read_run tell more, in the name of a member',
    ),
    async run(io, args) {
      const given = parseFlags(args, FLAGS);
      nothingElse(given, 'It is “skein runs --pod <pod>”.');
      const pod = textOf(given, 'pod');
      const client = await connect(io);
      const runs = await client.get<Runs>(`/cli/runs${pod === undefined ? '' : `?pod=${encodeURIComponent(pod)}`}`);
      show(io, given.flags.get('json') === true, runs, textFor(runs));
    },
  };
}

const HOW_TO_STOP =
  'Stop one: “stop” in its thread, or skein stop_run --as <who> --pod <pod> --conversation <id> --agent <handle>';

const HOW_TO_READ = 'Read one step by step: skein read_run --as <who> --pod <pod> --run <id>';

function textFor({ live, over }: Runs): string {
  const waiting = live.filter(({ state }) => state === 'waiting').length;
  const head = live.length ? `${live.length - waiting} at work, ${waiting} waiting` : 'No agent is at work.';
  return plain(
    [
      head,
      ...(live.length ? [list(live, (run) => run.conversation), HOW_TO_STOP] : []),
      ...(over.length ? ['Last:', list(over, (run) => run.id), HOW_TO_READ] : []),
    ].join('\n'),
  );
}

/** A line for each run, and below it one for each wish of several. */
function list(runs: readonly RunSeen[], idOf: (run: RunSeen) => string): string {
  const lines = table(runs.map((run) => row(run, idOf(run)))).split('\n');
  return runs.flatMap((run, n) => [lines[n], ...(run.instructions ?? []).map(wanted)]).join('\n');
}

function wanted({ as, by, age, state }: SeenInstruction): string {
  const since = ageOf(age);
  return `  ${as}  ${by}, ${since === 'just now' ? since : `${since} ago`}: ${state}`;
}

/** Adds an id for other commands, and the run's age, because the times in its text are UTC. */
function row({ pod, age, says }: RunSeen, id: string): string[] {
  return [pod, id, ageOf(age), says];
}
