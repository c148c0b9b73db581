// Faults for tests: what the next requests run into, in the order in which it was asked for.

export type TransportFault =
  | 'rate_limited'
  | 'overloaded'
  | 'failing'
  | 'stall_before_headers'
  | 'stall_mid_stream'
  | 'cut'
  | 'nonsense';

export type AnswerFault =
  | 'unknown_tool'
  | 'bad_tool_input'
  | 'hundred_tool_calls'
  | 'refusal'
  | 'max_tokens'
  | 'blank_beside_call'
  | 'blank'
  | 'empty'
  | 'thought_alone'
  | 'half_character'
  | 'half_call'
  | 'refused_call'
  | 'odd_block'
  | 'odd_tool_name'
  | 'odd_stop'
  | 'pause'
  | 'context_full';

export type Fault = TransportFault | AnswerFault;

export interface PlannedFault {
  fault: Fault;
  /** In seconds, for those that are told to come again. */
  retryAfter: number;
}

export interface Faults {
  /** The next `times` requests for a message get this fault. */
  next(fault: Fault, options?: { times?: number; retryAfter?: number }): void;
  clear(): void;
  /** The server's: the fault of the request at hand. */
  take(): PlannedFault | undefined;
}

export function plannedFaults(): Faults {
  let waiting: PlannedFault[] = [];
  return {
    next(fault, { times = 1, retryAfter = 1 } = {}) {
      waiting.push(...Array.from({ length: times }, () => ({ fault, retryAfter })));
    },
    clear() {
      waiting = [];
    },
    take: () => waiting.shift(),
  };
}
