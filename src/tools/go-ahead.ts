// `go_ahead`: the tool with which an agent says that calls which were held are right as they are, now that it has heard
// what people said. The run makes these calls once more (agents/runs/calls/call-tools.ts).
import * as z from 'zod';

export const GO_AHEAD = 'go_ahead';

export const goAheadInput = z.strictObject({
  calls: z.array(z.string()).max(40).default([]).describe('Their numbers, as in “Held (12.1)”'),
  verdicts: z.record(z.string(), z.string()).optional().describe('Where <verdicts> asks'),
});

/** Every agent has it, whatever its manifest names. */
export const GO_AHEAD_TOOL = {
  name: GO_AHEAD,
  description: 'Makes held calls as they are, once you have read what was said meanwhile and they still fit.',
  input: goAheadInput,
};
