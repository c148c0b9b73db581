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
  /** In seconds, for faults with a retry-after header. */
  retryAfter: number;
}

export interface Faults {
  /** The next `times` requests for a message fail with this fault. */
  next(fault: Fault, options?: { times?: number; retryAfter?: number }): void;
  clear(): void;
  /** Called by the server: removes and returns the fault for the current request. */
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
