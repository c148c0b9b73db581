// Handles one Web API call: checks token, scopes and arguments, runs the method, and answers errors in Slack's format.
import { reasonOf } from '../../../errors.ts';
import type { Json } from '../given.ts';
import { asApp } from '../state/as-app.ts';
import type { SlackApp, State } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import { has } from './arguments.ts';
import { type Call, genericErrors, type Method, Refusal, refuse } from './method.ts';
import { methods } from './methods.ts';

/** The tokens of each app, by the app's id. */
export type Tokens = ReadonlyMap<string, AppTokens>;

export interface AppTokens {
  botToken: string;
  appToken: string;
}

/**
 * Runs the method and returns its answer. `bearer`: the token of the Authorization header, which takes precedence over
 * a `token` argument.
 */
export async function dispatch(call: Call, tokens: Tokens, name: string, bearer: string | undefined): Promise<Json> {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  try {
    if (method === undefined) return refuse('unknown_method', [], { req_method: name });
    const app = authenticate(method, call, tokens, bearer);
    const workspace = asApp(call.workspace, app);
    authorise(method, workspace);
    requireArguments(method, call.args);
    return { ok: true, ...(await method.run({ ...call, workspace })) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return answerOf(checked(error, name, method, call.workspace));
  }
}

/**
 * Returns the app of the token. As in Slack, the app-level token for apps.connections.open is accepted only in the
 * header.
 */
function authenticate(
  method: Method,
  { workspace: { state }, args: { token: argument } }: Call,
  tokens: Tokens,
  bearer: string | undefined,
): SlackApp {
  if (method.token === 'none') return state.app;
  const token = bearer ?? (method.token === 'app' || argument === undefined ? undefined : String(argument));
  if (token === undefined || token === '') refuse('not_authed');
  const wanted = method.token === 'app' ? 'appToken' : 'botToken';
  const app = appOfToken(state, tokens, token, wanted);
  if (app?.revoked) refuse('token_revoked');
  if (app !== undefined) return app;
  return refuse(appOfToken(state, tokens, token, 'appToken') ? 'not_allowed_token_type' : 'invalid_auth');
}

export function appOfToken(
  { apps }: State,
  tokens: Tokens,
  token: string | undefined,
  kind: keyof AppTokens,
): SlackApp | undefined {
  return [...apps.values()].find(({ id }) => token !== undefined && tokens.get(id)?.[kind] === token);
}

function authorise({ scopes = [] }: Method, { state }: Workspace): void {
  if (scopes.length === 0 || scopes.some((scope) => state.app.scopes.includes(scope))) return;
  refuse('missing_scope', [], { needed: scopes.join(','), provided: state.app.scopes.join(',') });
}

function requireArguments({ required = [], oneOf = [], missing = {} }: Method, args: Json): void {
  const absent = required.filter((name) => (CLEARING.includes(name) ? args[name] === undefined : !has(args, name)));
  const [first] = [
    ...absent,
    ...oneOf.filter((names) => !names.some((name) => has(args, name))).map((names) => names[0] ?? ''),
  ];
  if (first === undefined) return;
  refuse(missing[first] ?? 'invalid_arguments', [`[ERROR] missing required field: ${first}`]);
}

/** Arguments for which an empty text is valid, because it clears the value. */
const CLEARING = ['status', 'topic'];

/**
 * Logs an error code that the method does not declare, which is a bug here: tests compare the declared codes with
 * Slack's documentation.
 */
function checked(refusal: Refusal, name: string, method: Method | undefined, { logger }: Workspace): Refusal {
  const declared = [...genericErrors, ...(method?.errors ?? []), ...Object.values(method?.missing ?? {})];
  if (declared.includes(refusal.code) || name === 'api.test') return refusal;
  logger.error('practice slack: a method refused with an error it does not declare', {
    method: name,
    error: reasonOf(refusal),
  });
  return new Refusal('fatal_error', [`[ERROR] ${name} does not declare ${refusal.code}`], {});
}

function answerOf({ code, messages, more }: Refusal): Json {
  return { ok: false, error: code, ...more, ...(messages.length === 0 ? {} : { response_metadata: { messages } }) };
}
