// The errors of the model port. Each message can be shown to people.

import { Retryable, UserFacingError } from '../../errors.ts';

/**
 * `rate_limited`: we reached our rate limit · `overloaded`: the service has too much load · `unreachable`: there is no
 * connection, or it broke off · `stalled`: the stream fell silent · `unreadable`: the answer is not valid.
 */
export type Unavailable = 'rate_limited' | 'overloaded' | 'unreachable' | 'stalled' | 'unreadable';

/** A temporary failure: the same request may succeed later. No part of the answer may be used. */
export class ModelUnavailable extends Retryable {
  readonly kind: Unavailable;
  constructor(kind: Unavailable, message: string, retryAfterMs?: number, options?: ErrorOptions) {
    super(message, retryAfterMs, options);
    this.kind = kind;
    this.name = 'ModelUnavailable';
  }
}

/** The key is missing, wrong, not allowed to use this model, or out of credit. A person has to fix that. */
export class ModelRefusedKey extends UserFacingError {
  constructor(message: string) {
    super('not_allowed', message);
  }
}

export type Refused = 'context_too_long' | 'prefix_mismatch' | 'unknown_model' | 'other';

/** Permanent: the same request would be refused again. */
export class ModelRefusedRequest extends UserFacingError {
  readonly reason: Refused;
  constructor(reason: Refused, message: string) {
    super('invalid_input', message);
    this.reason = reason;
  }
}

/** Thrown when the caller aborted its signal. It is no failure. */
export class ModelStopped extends Error {
  constructor() {
    super('The model call was stopped.');
    this.name = 'ModelStopped';
  }
}
