// What can go wrong between us and a model; each sentence can be shown to people.

import { Retryable, UserFacingError } from '../../errors.ts';

/**
 * `rate_limited` our allowance is used up for now · `overloaded` the service is · `unreachable` no answer, or one that
 * broke off · `stalled` it fell silent · `unreadable` an answer that is not one.
 */
export type Unavailable = 'rate_limited' | 'overloaded' | 'unreachable' | 'stalled' | 'unreadable';

/** Not now, perhaps later; nothing of the answer may be used. */
export class ModelUnavailable extends Retryable {
  readonly kind: Unavailable;
  constructor(kind: Unavailable, message: string, retryAfterMs?: number, options?: ErrorOptions) {
    super(message, retryAfterMs, options);
    this.kind = kind;
    this.name = 'ModelUnavailable';
  }
}

/** The key is missing, wrong, not allowed to use this model, or out of money: nothing works until someone mends it. */
export class ModelRefusedKey extends UserFacingError {
  constructor(message: string) {
    super('not_allowed', message);
  }
}

export type Refused = 'context_too_long' | 'prefix_mismatch' | 'unknown_model' | 'other';

/** The same request would be refused again: the session has to change something first. */
export class ModelRefusedRequest extends UserFacingError {
  readonly reason: Refused;
  constructor(reason: Refused, message: string) {
    super('invalid_input', message);
    this.reason = reason;
  }
}

/** The caller's signal was aborted; no fault of anyone's. */
export class ModelStopped extends Error {
  constructor() {
    super('The model call was stopped.');
    this.name = 'ModelStopped';
  }
}
