// A command's streams and environment. They are an argument, so that tests can replace them.

export interface Io {
  /** The environment. Commands read SKEIN_AS and SKEIN_DATA_DIR; start and doctor read all settings. */
  env: Readonly<Record<string, string | undefined>>;
  /** Skein's directory. A relative data directory is resolved against this directory. */
  home: string;
  out(text: string): void;
  err(text: string): void;
  /** Reads all of standard input. @throws InvalidInput if it is not UTF-8 text */
  stdin(): Promise<string>;
}

export interface Command {
  name: string;
  /** The usage of the command, without the word `skein`. */
  usage: string;
  about: string;
  /** The help text. */
  help(): string;
  /** Runs the command. @throws errors that `skein` in skein.ts turns into a message and an exit code */
  run(io: Io, args: readonly string[]): Promise<void>;
}

/** Returns the help of a command that one sentence explains. */
export function helpOf(usage: string, about: string): Pick<Command, 'usage' | 'about' | 'help'> {
  return { usage, about, help: () => `skein ${usage}\n\n${about}.\n` };
}
