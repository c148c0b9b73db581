// A call that the model has made for what it works on, and its outcome.

export type Outcome =
  | { kind: 'ok'; json: unknown; text: string }
  | { kind: 'failed'; text: string }
  | { kind: 'pending'; text: string };

/** A call for these wishes, with its outcome. A call through use_tool counts as a call of the tool itself. */
export interface Step {
  tool: string;
  input: unknown;
  outcome: Outcome;
}
