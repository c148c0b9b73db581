// Translates the errors of Anthropic's SDK into our own. The key never appears in a message.

import { type AnthropicError, APIConnectionError, APIError } from '@anthropic-ai/sdk';
import { unreadable } from './answer.ts';
import { ModelRefusedKey, ModelRefusedRequest, ModelUnavailable } from './errors.ts';
import { retryAfterMs } from './retry-after.ts';

/** An error event inside a stream has only a type and no status, so its status is looked up here. */
const statusOfType: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  overloaded_error: 529,
};

export function translateModelError(error: AnthropicError, model: string, apiKey: string, now: number): Error {
  const translated = translate(error, model, now);
  // A gateway may quote the key in its error.
  translated.message = translated.message.replaceAll(apiKey, '[key]');
  return translated;
}

function translate(error: AnthropicError, model: string, now: number): Error {
  if (error instanceof APIConnectionError) {
    return new ModelUnavailable('unreachable', 'The model service could not be reached.');
  }
  if (!(error instanceof APIError)) return translateBrokenStream(error);
  const status = error.status ?? statusOfType[error.type ?? ''] ?? 500;
  const wait = retryAfterMs(error.headers, now);
  if (error.errorCode?.endsWith('spend_limit_reached') || status === 402) return noMoney();
  if (status === 401 || status === 403) return keyRefused(status);
  if (status === 429) {
    return new ModelUnavailable('rate_limited', 'The model service limits how much we may ask.', wait);
  }
  if (status === 529 || status === 503) {
    return new ModelUnavailable('overloaded', 'The model service is overloaded.', wait);
  }
  if (status >= 500 || status === 408 || status === 409) {
    return new ModelUnavailable('unreachable', `The model service failed (${status}).`, wait);
  }
  return requestRefused(error, status, model);
}

/** The SDK has one class for a broken connection and for invalid data; only `cause` tells them apart. */
function translateBrokenStream(error: AnthropicError): Error {
  const { cause } = error;
  const nonsense = cause instanceof SyntaxError || (cause instanceof TypeError && cause.message !== 'terminated');
  if (nonsense || /unexpected event order|parse/i.test(error.message))
    return unreadable('its stream is not the Messages API');
  return new ModelUnavailable('unreachable', "The model's answer broke off before its end.");
}

function keyRefused(status: 401 | 403): ModelRefusedKey {
  return status === 401
    ? new ModelRefusedKey(
        'The model service does not accept the key in ANTHROPIC_API_KEY. Put a valid key there and start Skein again.',
      )
    : new ModelRefusedKey(
        'The key in ANTHROPIC_API_KEY may not use this model. Allow it in the console of the model service, or set another key or SKEIN_MODEL.',
      );
}

function noMoney(): ModelRefusedKey {
  return new ModelRefusedKey(
    'The account of the key in ANTHROPIC_API_KEY has reached its spending limit. Raise the limit or add credit, then try again.',
  );
}

function requestRefused(error: APIError, status: number, model: string): ModelRefusedRequest {
  const said = error.apiMessage ?? '';
  if (status === 413 || /prompt is too long|too many tokens|context (window|length)|maximum context/i.test(said)) {
    return new ModelRefusedRequest(
      'context_too_long',
      'This conversation is longer than the model can read. Begin a new thread, and say there what it needs to know.',
    );
  }
  if (/signature.*thinking|bound to a different conversation|thinking.*cannot be modified/i.test(said)) {
    return new ModelRefusedRequest(
      'prefix_mismatch',
      'The model no longer takes what it thought earlier in this conversation. Ask once more: it then begins afresh.',
    );
  }
  if (error.type === 'not_found_error' || (status === 400 && /^model\b/i.test(said))) {
    return new ModelRefusedRequest(
      'unknown_model',
      `The model service does not know the model "${model}". Set SKEIN_MODEL to one that it has.`,
    );
  }
  if (status === 404) {
    return new ModelRefusedRequest('other', 'There is no Messages API at that address. Check ANTHROPIC_BASE_URL.');
  }
  return new ModelRefusedRequest(
    'other',
    `The model service refused the request (${status}): ${said || 'it gave no reason'}. Ask once more: the agent then begins afresh from what the pod knows.`,
  );
}
