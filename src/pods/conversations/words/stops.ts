// A stop of an agent at work: what it leaves in the list, until a person calls the agent again. Pure.
import type { AgentId } from '../../../log/participant.ts';
import type { AtWork } from './at-work.ts';

/** `personOnly`: only a person's word wakes the agent after it. False in logs of earlier versions. */
export function stoppedAt(
  list: readonly AtWork[] = [],
  agent: AgentId,
  { seq, personOnly, line }: { seq: number; personOnly: boolean; line?: string },
): AtWork[] {
  const others = list.filter((one) => one.agent !== agent);
  // They are still listed, so that people see what was left.
  const { instructions } = list.find((one) => one.agent === agent) ?? {};
  const left = { ...(instructions ? { instructions } : {}), ...(line ? { line } : {}) };
  return [...others, { agent, stopped: seq, ...(personOnly ? { personOnly } : {}), ...left }];
}

/** A person has called these agents again; all of the list if `agents` is absent. */
export function calledAgain(list: readonly AtWork[] = [], agents?: readonly AgentId[]): AtWork[] {
  return list.map((one) => {
    if (!one.personOnly || !(agents?.includes(one.agent) ?? true)) return one;
    const { personOnly: _personOnly, ...rest } = one;
    return rest;
  });
}

/** Converts a conversation of an earlier version, which listed the stopped agents beside those at work. */
export function upcastStopped<T extends { atWork?: AtWork[] }>(doc: T): T {
  if (!('stopped' in doc)) return doc;
  const { stopped, ...rest } = doc as T & { stopped: AgentId[] };
  const before = rest.atWork ?? [];
  const listed = before.map((one) => (stopped.includes(one.agent) ? { ...one, personOnly: true as const } : one));
  const more = stopped.filter((agent) => !before.some((one) => one.agent === agent));
  return {
    ...rest,
    atWork: [...listed, ...more.map((agent) => ({ agent, personOnly: true as const }))],
  } as unknown as T;
}
