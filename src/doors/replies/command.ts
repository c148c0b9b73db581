// The commands that stand on lines of their own in a reply, and what they are read by.

/**
 * `line`: the line as the author wrote it. `unsure`: the line is a command only if somebody has the name `to`;
 * otherwise it is an ordinary sentence.
 */
export type ReplyCommand = { line: string; task?: string } & (
  | { kind: 'done' | 'start' | 'reopen'; note?: string }
  /** Undoes what its author did last to the task. */
  | { kind: 'undo' }
  | { kind: 'assign'; to: string; unsure?: true }
  | { kind: 'back'; reason: string }
  /** `parts`: what becomes of its open parts. */
  | { kind: 'drop'; reason: string; parts?: 'drop' | 'keep' }
  | { kind: 'approve' | 'review'; note?: string }
  | { kind: 'send-back'; comments: string }
  /** The task goes on without `other`, or waits for `instead` in its place. */
  | { kind: 'without'; other: string; instead?: string }
  /** `task` joins the task `into`. */
  | { kind: 'merge'; into: string; note?: string }
  | { kind: 'add'; agent: string }
  | { kind: 'admit'; address: string; name?: string }
  | { kind: 'involve'; words: string }
  /** `message`: the mail that joined a task. */
  | { kind: 'apart'; message: string }
  /** `day` is absent if the words are no day. `also`: another day that they may mean. */
  | { kind: 'due'; words: string; day?: string; also?: string }
  /** `every`: on which days; null ends it. Absent: it goes on. */
  | { kind: 'repeat'; every?: string | null }
  /** `roles`: such as “presenter: Ada”. `about` is absent where nothing is said: then it is what the conversation is about. */
  | { kind: 'workflow'; name: string; about?: string; roles: string[] }
  | { kind: 'decide'; decision: string }
  /** A command that lacks what it needs. `asks`: the sentence that says so, with an example. */
  | { kind: 'half'; asks: string }
);

/** The commands that need more than their own word. */
export type Half = 'drop' | 'send-back' | 'back' | 'assign' | 'merge' | 'due' | 'repeat' | 'without' | 'workflow';

export interface Commanded {
  commands: ReplyCommand[];
  /** The text that remains without the commands. */
  rest: string;
}

export interface CommandFacts {
  /** The names of assignees that no member has. A line “assign to” one of them is text, and no command. */
  nobody?: ReadonlySet<string>;
  /**
   * Set if the reply answers a notice about a task. A line “start” is then a command for that task; in other replies it
   * may answer a question.
   */
  about?: 'task' | undefined;
  /** True if the words say how closely their author stays with a task, such as “only tell me when it's done”. */
  involves?: ((words: string) => boolean) | undefined;
  /** The author's mail that joined the task of the conversation. Absent: no line makes a task of its own of it. */
  joined?: string | undefined;
  /** Reads a day, as “Friday”. Absent: no line sets a due day. */
  dayIn?: ((words: string) => { day: string; also?: string } | undefined) | undefined;
  /** True if the words say on which days something repeats, such as “every Monday”. Absent: no line says that. */
  everyIn?: ((words: string) => boolean) | undefined;
}
