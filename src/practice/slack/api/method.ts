// The definition of a Web API method: its arguments, errors and behaviour. methods.ts lists all methods.

import type { SocketMode } from '../events/socket-mode.ts';
import type { Json } from '../given.ts';
import type { Triggers } from '../people/triggers.ts';
import type { Workspace } from '../state/workspace.ts';

/** Slack's rate limit tiers. `posting`: one message per second and channel. */
export type Tier = 1 | 2 | 3 | 4 | 'special' | 'posting';

export interface Call {
  workspace: Workspace;
  sockets: SocketMode;
  triggers: Triggers;
  args: Json;
}

export interface Method {
  /** The kind of token. Absent: the bot token. */
  token?: 'app' | 'none';
  /** One of these scopes is enough. */
  scopes?: readonly string[];
  tier: Tier;
  required?: readonly string[];
  /** At least one of each list must be given. */
  oneOf?: readonly (readonly string[])[];
  /** The error code for a missing argument (for `oneOf`, by its first). Default: `invalid_arguments`. */
  missing?: Record<string, string>;
  /** The errors of `run`, besides the generic ones. */
  errors: readonly string[];
  /** The answer without `ok`. */
  run(call: Call): Json | Promise<Json>;
}

export type MethodTable = Record<string, Method>;

/** Errors of every method. Slack's pages of the methods leave them out. */
export const genericErrors: readonly string[] = [
  'fatal_error',
  'invalid_arguments',
  'invalid_auth',
  'invalid_form_data',
  'invalid_json',
  'missing_scope',
  'not_allowed_token_type',
  'not_authed',
  'ratelimited',
  'unknown_method',
];

/** An error answer: its code, and the sentences of response_metadata.messages. */
export class Refusal extends Error {
  readonly code: string;
  readonly messages: readonly string[];
  readonly more: Json;
  constructor(code: string, messages: readonly string[], more: Json) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.messages = messages;
    this.more = more;
  }
}

export function refuse(code: string, messages: readonly string[] = [], more: Json = {}): never {
  throw new Refusal(code, messages, more);
}
