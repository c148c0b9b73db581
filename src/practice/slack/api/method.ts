// What a Web API method is here: its arguments, its errors and what it does. The table in methods.ts holds all of them.

import type { SocketMode } from '../events/socket-mode.ts';
import type { Json } from '../given.ts';
import type { Triggers } from '../people/triggers.ts';
import type { Workspace } from '../state/workspace.ts';

/** Slack's rate limit tiers; `posting` is one message a second and channel. */
export type Tier = 1 | 2 | 3 | 4 | 'special' | 'posting';

export interface Call {
  workspace: Workspace;
  sockets: SocketMode;
  triggers: Triggers;
  args: Json;
}

export interface Method {
  /** Whose token it takes; a bot's unless told. */
  token?: 'app' | 'none';
  /** Any one of these scopes will do. */
  scopes?: readonly string[];
  tier: Tier;
  required?: readonly string[];
  /** At least one of each list must be given. */
  oneOf?: readonly (readonly string[])[];
  /** What is answered when an argument (the first of a `oneOf`) is missing; `invalid_arguments` unless told. */
  missing?: Record<string, string>;
  /** All that `run` may refuse with, beside the generic errors. */
  errors: readonly string[];
  /** The answer without `ok`. */
  run(call: Call): Json | Promise<Json>;
}

export type MethodTable = Record<string, Method>;

/** Errors that every method may answer, and that the methods' own pages therefore leave out. */
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

/** A call that Slack refuses: its code, and the sentences for response_metadata.messages. */
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
