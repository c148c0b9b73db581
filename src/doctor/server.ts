// Findings about the running server, from its answer to the command line. Pure.
import type { StoreFound } from '../store/check-store.ts';
import { type Finding, fault, ok, warning } from './check.ts';
import { differences, type Wiring } from './settings.ts';

/** The answer by which the doctor recognises Skein at an address. */
export const GREETING = 'Skein is running.';

/** The answer of `GET /cli/doctor`. */
export interface ServerChecked {
  version: string;
  pid: number;
  /** The server's uptime, in milliseconds. */
  age: number;
  wiring: Wiring;
  store: { kind: 'works'; found: StoreFound } | { kind: 'fails'; reason: string };
  queues: Record<'inbox' | 'outbox', { waiting: number; aside: number; more: boolean }>;
}

export function serverFinding(
  server: ServerChecked,
  here: { version: string; wiring: Wiring; since: string },
): Finding {
  const { version, pid, wiring } = server;
  if (version !== here.version)
    return warning(`It runs ${version}, and this is ${here.version}.`, 'Stop it, and start it again from here.');
  const differ = differences(here.wiring, wiring);
  if (differ.length)
    return warning(
      `It was started with other settings than this command sees: ${differ.join('; ')}.`,
      'What stands here of those parts is not what the server uses: run skein doctor with its settings.',
    );
  return ok(`${version}, process ${pid}, ${here.since === 'just now' ? 'just started' : `running for ${here.since}`}`);
}

export function serverStoreFinding({ store }: ServerChecked, wording: (found: StoreFound) => Finding): Finding {
  if (store.kind === 'works') return wording(store.found);
  return fault(`The server can't use its store: ${store.reason}`, 'Look into its log, and start it again.');
}

export function queueFindings({ queues }: ServerChecked): Finding[] {
  return (['inbox', 'outbox'] as const).map((name) => {
    const { waiting, aside, more } = queues[name];
    const part = name === 'inbox' ? 'Inbox' : 'Outbox';
    const says = `${waiting}${more ? ' or more' : ''} waiting, ${aside} aside.`;
    if (!aside) return { ...ok(says), part };
    const cure = `“skein ${name}” says why; “skein ${name} retry <id>” tries one again.`;
    return { ...warning(says, cure), part };
  });
}
