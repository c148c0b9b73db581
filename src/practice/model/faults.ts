// Injects faults for tests: the next requests fail, in the order in which the faults were added.

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
  /** The value of the retry-after header in seconds, for faults that have this header. */
  retryAfter: number;
}

export interface Faults {
  /** Makes the next `times` message requests fail with this fault. */
  next(fault: Fault, options?: { times?: number; retryAfter?: number }): void;
  clear(): void;
  /** Removes and returns the fault for the current request. The server calls it. */
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
