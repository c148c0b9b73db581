// The schema of manifests/tools/<server>.yaml: how to reach an MCP server, who may see its results, what its tools may
// do.

import { basename } from 'node:path';
import * as z from 'zod';
import type { Effect } from '../log/action.ts';
import type { Audience, Policy } from '../log/call-facts.ts';
import type { Trust } from '../log/labels/label.ts';
import { type ManifestParseResult, readManifest } from './manifest-faults.ts';

/** The rules for one tool. */
export interface Rules {
  effect?: Effect | undefined;
  egress?: boolean | undefined;
  policy?: Policy | undefined;
}

export type Reach =
  | { kind: 'stdio'; command: string; args: string[]; env: Record<string, string> }
  | { kind: 'http'; url: string; headers: Record<string, string> };

export interface ToolServer {
  name: string;
  description: string;
  enabled: boolean;
  reach: Reach;
  /** The effect of a tool that is not in `tools`. The default is `outside`. */
  effect: Effect;
  /**
   * True if the input of the server's tools leaves the organisation, such as a URL to fetch or a query to a foreign
   * host.
   */
  egress?: boolean | undefined;
  policy: Policy;
  tools: Record<string, Rules>;
  audience: Audience;
  trust: Trust;
  timeoutMs: number;
  /** The values that came from the environment. They are redacted in everything that the server returns. */
  secrets: string[];
}

const NAME_CURE = 'Give small letters, digits and hyphens, as in filesystem.';
const URL_CURE = 'Give the address of its MCP endpoint, beginning with https:// (or http:// on this machine).';
const effect = z.enum(['read', 'write', 'outside'], { error: 'Give read, write or outside.' });
const egress = z.boolean({
  error: 'Give true if its input leaves the organisation (a URL, a query to a foreign host), or false.',
});
const policy = z.enum(['allow', 'ask', 'deny'], { error: 'Give allow, ask (a person approves each call) or deny.' });
const words = (error: string) => z.array(z.string({ error }).min(1, { error }), { error }).min(1, { error });
const pairs = (error: string) => z.record(z.string(), z.string({ error }), { error }).default({});

const schema = z.strictObject({
  name: z.string({ error: NAME_CURE }).regex(/^[a-z][a-z0-9-]{0,40}$/, { error: NAME_CURE }),
  description: z.string({ error: 'Say in a sentence what the server offers.' }).trim().min(1).max(500),
  enabled: z.boolean({ error: 'Give true or false.' }).default(true),
  command: z.string({ error: 'Give the program to start, as in npx.' }).min(1).optional(),
  args: z.array(z.string({ error: 'Quote it: arguments are texts.' }), { error: 'Give a list of texts.' }).default([]),
  env: pairs('Quote it: values of env are texts, as in `LEVEL: "2"`.'),
  url: z.string({ error: URL_CURE }).optional(),
  headers: pairs('Quote it: headers are texts, as in `X-Version: "2"`.'),
  effect: effect.default('outside'),
  egress: egress.optional(),
  policy: policy.default('allow'),
  tools: z
    .record(
      z.string(),
      z.strictObject({ effect: effect.optional(), egress: egress.optional(), policy: policy.optional() }),
      {
        error: 'Give a map from tool names to { effect, egress, policy }.',
      },
    )
    .default({}),
  audience: z
    .union(
      [
        z.literal('everyone'),
        z.strictObject({ pods: words('Give a list of pods.') }),
        z.strictObject({ people: words('Give a list of people.') }),
      ],
      { error: 'Give everyone, `pods: […]` or `people: […]`: who may see what the server gives.' },
    )
    .default('everyone'),
  trust: z
    .enum(['member', 'outside'], { error: 'Give outside, or member if only members write what it gives.' })
    .default('outside'),
  timeout: z
    .number({ error: 'Give seconds, as in 60.' })
    .min(1)
    .max(3600, { error: 'Give at most 3600 seconds.' })
    .default(60),
});

/**
 * In characters. A shorter value (`1`, `true`, `debug`) counts as no secret, because redacting it would garble every
 * text.
 */
const SECRET_LENGTH = 6;

type Written = z.output<typeof schema>;

/** Parses a manifest. `env`: the environment for `${NAME}` in command, args, env, url and headers. */
export function parseToolManifest(
  source: { file: string; text: string },
  env: Readonly<Record<string, string | undefined>>,
): ManifestParseResult<ToolServer> {
  const parsed = readManifest(schema, source);
  const written = parsed.kind === 'valid' ? parsed.manifest : asWritten(parsed.written);
  const problems = [...(parsed.kind === 'faulty' ? parsed.problems : []), ...misfits(source.file, written)];
  const fill = filler(source.file, written.enabled, env, problems);
  const filled = (field: string, values: Record<string, string>, secret: boolean) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fill.in(`${field}.${key}`, value, secret)]));
  const { command, args, url, headers } = written;
  const reach: Reach =
    command !== undefined
      ? {
          kind: 'stdio',
          command: fill.in('command', command, false),
          args: args.map((arg, index) => fill.in(`args.${index}`, arg, false)),
          env: filled('env', written.env, true),
        }
      : { kind: 'http', url: fill.in('url', url ?? '', false), headers: filled('headers', headers, true) };
  if (
    reach.kind === 'http' &&
    problems.length === 0 &&
    !/^https?:/.test(URL.canParse(reach.url) ? new URL(reach.url).protocol : '')
  ) {
    problems.push(`${source.file}: \`url\` is "${url}", which is no web address. ${URL_CURE}`);
  }
  if (parsed.kind === 'faulty') return { ...parsed, problems };
  if (problems.length > 0) return { kind: 'faulty', problems, written: parsed.manifest };
  const { name, description, enabled, effect, policy, tools, trust, audience, timeout } = parsed.manifest;
  const egress = parsed.manifest.egress ?? (isElsewhere(reach) || undefined);
  return {
    kind: 'valid',
    manifest: {
      ...{ name, description, enabled, reach, effect, policy, tools, trust },
      ...(egress === undefined ? {} : { egress }),
      audience: audienceOf(audience),
      timeoutMs: timeout * 1000,
      secrets: fill.secrets(),
    },
  };
}

type Reached = Pick<Written, 'enabled' | 'command' | 'args' | 'url' | 'env' | 'headers'> & { name?: string };

/**
 * Returns the valid fields of a faulty manifest. The faulty fields are left out, since their faults are already
 * reported.
 */
function asWritten(fields: Readonly<Record<string, unknown>>): Reached {
  const { name, enabled, command, args, url, env, headers } = schema.shape;
  const lenient = z.object({
    name: name.optional().catch(undefined),
    enabled: enabled.catch(false),
    command: command.catch(fields.command === undefined ? undefined : ''),
    args: args.catch([]),
    url: url.catch(fields.url === undefined ? undefined : ''),
    env: env.catch({}),
    headers: headers.catch({}),
  });
  const { name: given, ...rest } = lenient.parse(fields);
  return { ...rest, ...(given === undefined ? {} : { name: given }) };
}

function misfits(file: string, { name, command, args, url, env, headers }: Reached): string[] {
  const problems: string[] = [];
  const stem = basename(file).replace(/\.ya?ml$/, '');
  if (name !== undefined && name !== stem)
    problems.push(`${file}: \`name\` is "${name}" but the file is named "${stem}". Name them alike.`);
  const given = [command !== undefined && 'command', url !== undefined && 'url'].filter((field) => field !== false);
  if (given.length !== 1) {
    const state = given.length === 0 ? 'neither `command` nor `url`' : 'both `command` and `url`';
    problems.push(
      `${file}: it has ${state}. Give \`command\` for a program to start, or \`url\` for a server elsewhere.`,
    );
  }
  if (command === undefined && args.length + Object.keys(env).length > 0) {
    problems.push(`${file}: \`args\` and \`env\` belong to a \`command\`. Add the command or remove them.`);
  }
  if (url === undefined && Object.keys(headers).length > 0) {
    problems.push(`${file}: \`headers\` belong to a \`url\`. Add the url or remove them.`);
  }
  return problems;
}

function filler(file: string, enabled: boolean, env: Readonly<Record<string, string | undefined>>, problems: string[]) {
  const secrets = new Set<string>();
  return {
    in: (field: string, value: string, secret: boolean): string =>
      value.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
        const found = env[name];
        // A variable that is not set is a fault only of an enabled server.
        if (!found && enabled) {
          problems.push(
            `${file}: \`${field}\` needs \${${name}}, which is not set. Set ${name}, or write \`enabled: false\`.`,
          );
        }
        if (found && secret && found.length >= SECRET_LENGTH) secrets.add(found);
        return found ?? '';
      }),
    /** Sorted longest first, because one secret may contain another. */
    secrets: () => [...secrets].sort((a, b) => b.length - a.length),
  };
}

/**
 * True for a server on another machine: it gets each input. A local program may also send its input on, but only the
 * manifest can say so.
 */
function isElsewhere(reach: Reach): boolean {
  return reach.kind === 'http' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(reach.url).hostname);
}

function audienceOf(written: Written['audience']): Audience {
  if (written === 'everyone') return { kind: 'everyone' };
  return 'pods' in written ? { kind: 'pods', pods: written.pods } : { kind: 'people', people: written.people };
}

/** Returns the rules for one tool from the manifest alone, because the hints of a server are not trusted. */
export function rulesOf(server: ToolServer, tool: string): { effect: Effect; egress?: boolean; policy: Policy } {
  const own = Object.hasOwn(server.tools, tool) ? server.tools[tool] : undefined;
  const egress = own?.egress ?? server.egress;
  return {
    effect: own?.effect ?? server.effect,
    ...(egress === undefined ? {} : { egress }),
    policy: own?.policy ?? server.policy,
  };
}
