// Reads lines about a pod and its mail: “add @scribe”, “admit maja@example.com”, “decision: …”. Pure.
import type { CommandFacts, ReplyCommand } from '../command.ts';
import { polite } from './parts.ts';

const added = /^add\s+@([a-z0-9][a-z0-9-]{0,39})[.!]?$/iu;
/** Matches “admit maja@example.com”, “admit Maja Holm <maja@example.com>”. */
const admitted =
  /^admit\s+(?:([\p{L}\p{N}][\p{L}\p{N} .'’-]{0,79}?)\s+)?<?([^\s<>@,;]{1,64}@[^\s<>@,;]{1,190}?)>?[.!]?$/iu;
/** Matches “add maja@example.com”, which means the same. With a name it may be a sentence. */
const addedAddress = /^add\s+(?=<?[^\s<>@,;]{1,64}@[^\s<>@,;]{1,190}?>?[.!]?$)/iu;
/** Matches “workflow weekly-slides: week 49 (contributor: Ben, presenter: Ada)”. */
const workflow = /^workflow\s+([a-z][a-z0-9-]{0,40})(?:\s*:\s*([^()]{1,150}?))?(?:\s*\(([^()]{1,400})\))?[.!]?$/iu;
const decided = /^decision\s*:\s*(\S.{0,2000})$/iu;
const apart = /^(?:own task|a task of its own)[.!]?$/iu;

export function adding(line: string): ReplyCommand | undefined {
  const agent = line.length < 200 ? added.exec(line.replace(polite, ''))?.[1] : undefined;
  return agent ? { kind: 'add', line, agent: agent.toLowerCase() } : undefined;
}

export function admitting(line: string): ReplyCommand | undefined {
  const [, name, address] =
    (line.length < 400 && admitted.exec(line.replace(polite, '').replace(addedAddress, 'admit '))) || [];
  return address ? { kind: 'admit', line, address: address.toLowerCase(), ...(name ? { name } : {}) } : undefined;
}

/** Without words for it and without roles it may be a sentence: “workflow first” is none. */
export function startingWorkflow(line: string): ReplyCommand | undefined {
  const [, name = '', about, roles] = (line.length < 700 && workflow.exec(line)) || [];
  if (!name || !(about || roles)) return undefined;
  const filled = (roles ?? '').split(',').flatMap((one) => one.trim() || []);
  return { kind: 'workflow', line, name: name.toLowerCase(), roles: filled, ...(about ? { about } : {}) };
}

export function deciding(line: string): ReplyCommand | undefined {
  const [, decision] = decided.exec(line) ?? [];
  return decision ? { kind: 'decide', line, decision } : undefined;
}

export function separating(line: string, { joined }: CommandFacts): ReplyCommand | undefined {
  return joined && apart.test(line.replace(polite, '')) ? { kind: 'apart', line, message: joined } : undefined;
}

/** True if the line would make a task of its own of a mail. */
export function isApart(line: string): boolean {
  return apart.test(line.trim().replace(polite, ''));
}
