// Translates errors of Slack and its SDK to Skein's errors, each with a sentence that says what to do.
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { Conflict, InvalidInput, NotAllowed, NotFound, Retryable, UserFacingError } from '../../errors.ts';

/** Codes of errors inside Slack. It is unknown whether the call was done. */
const transient = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'external_channel_migrating',
]);

/** Codes of rate limits. `message_limit_exceeded` counts the whole workspace, and an immediate retry makes it worse. */
const limited = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
const LIMITED_MS = 30_000;

const badToken = 'Copy the current one from Slack (your app, OAuth & Permissions), set it and start again.';

const byCode: Record<string, (method: string) => UserFacingError> = {
  not_in_channel: () => new NotAllowed('The app is not in this Slack channel. Invite it there: /invite @Skein.'),
  channel_not_found: () =>
    new NotFound('Slack knows no such channel, or the app is not in it. Check the channel, and invite the app to it.'),
  user_not_in_channel: () => new NotAllowed('This person is not in the Slack channel. Ask them to join it.'),
  is_archived: () => new Conflict('The Slack channel is archived. Unarchive it in Slack, then try again.'),
  restricted_action: () =>
    new NotAllowed('The workspace does not let the app post in this channel. Ask a workspace admin to allow it.'),
  thread_not_found: () => new NotFound('The Slack thread is gone. Start a new one.'),
  message_not_found: () => new NotFound('The Slack message is gone: somebody deleted it.'),
  cant_update_message: () => new NotAllowed('Slack lets an app change its own messages only.'),
  cant_delete_message: () => new NotAllowed('Slack lets an app delete its own messages only.'),
  cant_delete_file: () => new NotAllowed('Slack lets an app delete its own files only.'),
  edit_window_closed: () => new Conflict('The workspace no longer allows this message to be changed. Post a new one.'),
  cant_invite: () => new NotAllowed('The workspace does not let the app invite this user. Do it by hand.'),
  cant_kick_from_general: () => new NotAllowed('Slack lets nobody be taken out of the general channel.'),
  user_not_found: () => new NotFound('Slack knows no such person. Check the user id.'),
  user_not_visible: () => new NotFound('This person is not visible to the app in Slack.'),
  file_not_found: () =>
    new NotFound('Slack shows the app no such file. Share it again, in a channel that the app is in.'),
  file_deleted: () => new NotFound('The file is gone from Slack. Share it again.'),
  user_disabled: () => new NotAllowed("This person's Slack account is deactivated."),
  msg_too_long: (method) =>
    new InvalidInput(`The message is longer than Slack takes (${method}). Shorten it or send a file.`),
  msg_blocks_too_long: (method) =>
    new InvalidInput(`The message is longer than Slack takes (${method}). Shorten it or send a file.`),
  no_text: () => new InvalidInput('The message is empty. Say something in it.'),
  expired_trigger_id: () => new Conflict('Slack gives three seconds to open a window, and they are over. Click again.'),
  exchanged_trigger_id: () => new Conflict('This click has opened its window already. Click again.'),
  invalid_trigger_id: () => new Conflict('This click can no longer open a window. Click again.'),
  hash_conflict: () => new Conflict('The view changed meanwhile. Open it again.'),
  not_enabled: () => new NotAllowed("The app's Home tab is off. Switch it on (Slack: your app, App Home)."),
  file_uploads_disabled: () => new NotAllowed('The workspace allows no file uploads. Ask a workspace admin.'),
  storage_limit_reached: () => new NotAllowed("The workspace's file storage is full. Ask a workspace admin."),
  invalid_auth: () => new InvalidInput(`Slack does not know the bot token. ${badToken}`),
  not_authed: () => new InvalidInput(`Slack got no bot token. ${badToken}`),
  token_revoked: () => new InvalidInput(`The bot token was revoked. ${badToken}`),
  token_expired: () => new InvalidInput(`The bot token has expired. ${badToken}`),
  account_inactive: () => new InvalidInput(`The app was removed from the workspace, or its bot disabled. ${badToken}`),
  not_allowed_token_type: () => new InvalidInput(`Slack wants another kind of token here. ${badToken}`),
};

/** Translates a thrown error. Returns an unknown error unchanged, because it is a bug. */
export function translated(error: unknown, method: string): unknown {
  if (error instanceof UserFacingError || error instanceof Retryable) return error;
  if (error instanceof WebAPIRateLimitedError) {
    return new Retryable(`Slack asks to call ${method} later.`, error.retryAfter * 1_000, { cause: error });
  }
  if (error instanceof WebAPIRequestError)
    return new Retryable(`Slack was not reached (${method}).`, undefined, { cause: error });
  if (error instanceof WebAPIHTTPError) return httpProblem(error.statusCode, method, error);
  if (error instanceof WebAPIPlatformError) return platformProblem(error, method);
  // The SDK throws a plain Error for a 429 without Retry-After.
  if (error instanceof Error && error.message.startsWith('Retry header did not contain')) {
    return new Retryable(`Slack asks to call ${method} later.`, LIMITED_MS, { cause: error });
  }
  return error;
}

export function httpProblem(status: number, method: string, cause?: unknown): Error {
  if (status >= 500 || status === 408 || status === 429) {
    return new Retryable(`Slack answered ${method} with status ${status}.`, undefined, { cause });
  }
  return new Error(`Slack answered ${method} with status ${status}.`, { cause });
}

/** Codes with which Slack refuses the content of a post. Slack would refuse the same blocks again at every retry. */
const refusedContent = new Set([
  ...['invalid_blocks', 'invalid_blocks_format', 'block_mismatch', 'msg_blocks_too_long', 'msg_too_long'],
  ...['invalid_attachments', 'markdown_text_conflict', 'too_many_blocks', 'invalid_arguments', 'no_text'],
]);

/** True if Slack refused the content, so that it may accept the same text without blocks. */
export function refusesContent(error: unknown): error is InvalidInput {
  return error instanceof InvalidInput && refusedContent.has(codeOf(error.cause) ?? '');
}

/** Codes with which Slack refuses the app's token. Every call with it is refused until somebody sets another. */
const refusedToken = new Set(['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive']);

export function refusesToken(error: unknown): boolean {
  return error instanceof InvalidInput && refusedToken.has(codeOf(error.cause) ?? '');
}

/** True if another app posted the message or shared the file, which alone may change it. */
export function isOfAnotherApp(error: unknown): boolean {
  return error instanceof NotAllowed && othersPost.has(codeOf(error.cause) ?? '');
}

const othersPost = new Set(['cant_update_message', 'cant_delete_message', 'cant_delete_file']);

/** Returns the error code of an `ok: false` answer. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

function platformProblem(error: WebAPIPlatformError, method: string): Error {
  const data: Refusal = error.data;
  const code = data.error;
  if (transient.has(code))
    return new Retryable(`Slack has trouble with ${method} (${code}).`, undefined, { cause: error });
  if (limited.has(code)) return new Retryable(`Slack asks to call ${method} later.`, LIMITED_MS, { cause: error });
  if (code === 'missing_scope') return missingScope(data, method, error);
  const known = byCode[code];
  if (known) return Object.assign(known(method), { cause: error });
  return new InvalidInput(`Slack refused ${method}: ${code}.${details(data)}`, { cause: error });
}

interface Refusal {
  error: string;
  needed?: unknown;
  response_metadata?: { messages?: string[] };
}

function missingScope(data: Refusal, method: string, cause: WebAPIPlatformError): NotAllowed {
  const needed =
    typeof data.needed === 'string' && data.needed !== '' ? data.needed : 'a scope that Slack did not name';
  return new NotAllowed(
    `The Slack app lacks the scope ${needed} for ${method}. Add it (Slack: your app, OAuth & Permissions) and install the app again.`,
    { cause },
  );
}

function details(data: Refusal): string {
  const messages = data.response_metadata?.messages ?? [];
  return messages.length === 0 ? '' : ` ${messages.slice(0, 3).join(' ')}`;
}
