// The definition of a Web API method: its arguments, its errors and its function. methods.ts lists all methods.

import type { SocketMode } from '../events/socket-mode.ts';
import type { Json } from '../given.ts';
import type { Triggers } from '../people/triggers.ts';
import type { Workspace } from '../state/workspace.ts';

/** Slack's rate limit tiers. `posting`: one posted message per second and channel. */
export type Tier = 1 | 2 | 3 | 4 | 'special' | 'posting';

export interface Call {
  workspace: Workspace;
  sockets: SocketMode;
  triggers: Triggers;
  args: Json;
}

export interface Method {
  /** The kind of token that the method accepts. Absent: the bot token. */
  token?: 'app' | 'none';
  /** The scopes of which the token needs at least one. */
  scopes?: readonly string[];
  tier: Tier;
  required?: readonly string[];
  /** Lists of arguments. At least one argument of each list must be present. */
  oneOf?: readonly (readonly string[])[];
  /**
   * The error code for a missing argument; for a list in `oneOf`, the key is its first argument. Default:
   * `invalid_arguments`.
   */
  missing?: Record<string, string>;
  /** The error codes of `run`, besides the generic ones. */
  errors: readonly string[];
  /** Runs the method and returns the answer without `ok`. */
  run(call: Call): Json | Promise<Json>;
}

export type MethodTable = Record<string, Method>;

/** The error codes of every method. Slack's pages about the methods do not list them. */
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
  'token_revoked',
  'unknown_method',
];

/** An error answer, with its code and the sentences of response_metadata.messages. */
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
