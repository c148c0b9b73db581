// What a command may touch: its streams and its surroundings, handed in so that tests can hand in others.

export interface Io {
  /** The environment: SKEIN_AS and SKEIN_DATA_DIR are read, and all settings by start and doctor. */
  env: Readonly<Record<string, string | undefined>>;
  /** Where Skein lies: a relative data directory is meant from here. */
  home: string;
  out(text: string): void;
  err(text: string): void;
  /** All of standard input. @throws InvalidInput when it is no UTF-8 text */
  stdin(): Promise<string>;
}

export interface Command {
  name: string;
  /** Behind `skein`, as a person would write it. */
  usage: string;
  about: string;
  /** All there is to know of it, for a screen. */
  help(): string;
  /** @throws what `exitOf` in skein.ts tells people and turns into an exit code */
  run(io: Io, args: readonly string[]): Promise<void>;
}

/** A command that a sentence explains. */
export function helpOf(usage: string, about: string): Pick<Command, 'usage' | 'about' | 'help'> {
  return { usage, about, help: () => `skein ${usage}\n\n${about}.\n` };
}
