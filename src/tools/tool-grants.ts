// Decides which tools of servers an agent may use: those of its manifest, and those of the skills it has loaded. Pure.

import { type LoadableSkill, versionOf } from '../skills/load-skill.ts';

export interface ToolName {
  server: string;
  /** Absent: the grant is for all tools of the server. */
  tool?: string;
}

/** Parses `mcp:crm` or `mcp:crm/find`; undefined for anything else. The server's name ends at the first slash. */
export function parseToolName(name: string): ToolName | undefined {
  const match = /^mcp:([a-z][a-z0-9-]*)(?:\/(\S+))?$/.exec(name);
  if (match?.[1] === undefined) return undefined;
  return match[2] === undefined ? { server: match[1] } : { server: match[1], tool: match[2] };
}

export interface Grants {
  allows(server: string, tool: string): boolean;
  /** True if at least one tool of the server may be used. */
  touches(server: string): boolean;
  /** Says why a name is refused, and what to do. */
  refusal(name: string): string;
}

export function grantsFor(
  user: { tools: readonly string[]; loaded: readonly { name: string; version: string }[] },
  skills: readonly LoadableSkill[],
): Grants {
  // A newer version of a skill may allow other tools than the loaded one. It counts only once it is loaded.
  const loaded = skills.filter((skill) =>
    user.loaded.some(({ name, version }) => name === skill.name && version === versionOf(skill)),
  );
  const parse = (names: readonly string[]) => names.map(parseToolName).filter((name) => name !== undefined);
  const granted = [...parse(user.tools), ...loaded.flatMap((skill) => parse(skill.allowedTools))];
  const covers = (grant: ToolName, server: string, tool: string | undefined) =>
    grant.server === server && (grant.tool === undefined || tool === undefined || grant.tool === tool);
  return {
    allows: (server, tool) => granted.some((grant) => covers(grant, server, tool)),
    touches: (server) => granted.some((grant) => covers(grant, server, undefined)),
    refusal: (name) => {
      const wanted = parseToolName(name);
      const bringing = skills.find(
        (skill) =>
          !loaded.includes(skill) &&
          wanted !== undefined &&
          parse(skill.allowedTools).some((grant) => covers(grant, wanted.server, wanted.tool)),
      );
      if (bringing) return `${name} comes with the skill ${bringing.name}. Load it first, then call again.`;
      return `You have no tool ${name}. Ask {"tool": "list"} for those you have, or ask the owner to give it to you.`;
    },
  };
}
