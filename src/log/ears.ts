// How far a run has heard its conversation. The engine passes it on without reading it.

/** How far a run has heard its conversation, when it asks for an effect. */
export interface Ears {
  conversation: string;
  /** The number of the log up to which the run's transcript holds what people said and did. */
  upTo: number;
  /** The number of the commit that woke the run. Absent if no commit did. */
  woken?: number;
  /** Only words that are meant for the agent hold its effects: what others said to each other has held it before. */
  meantOnly?: true;
  /** Set if the act ends the run, unless there is a newer word. */
  ends?: true;
}
