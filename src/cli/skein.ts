// The command line: runs a command, and turns errors into a message and an exit code.
import { InvalidInput, Retryable, reasonOf, UserFacingError } from '../errors.ts';
import { ALL_ACTIONS } from '../pods/actions.ts';
import { NotRunning, ServerFailed } from './client.ts';
import { commandNamed, commandsFor, HELP } from './commands.ts';
import type { Io } from './io.ts';
import { plain } from './show.ts';

/** Runs a command. Returns the exit code: 0 done, 1 refused or failed, 2 no server. */
export async function skein(io: Io, args: readonly string[], actions = ALL_ACTIONS): Promise<number> {
  try {
    const [name = 'help', ...rest] = args;
    const command = commandNamed(commandsFor(actions), name);
    if (rest.length === 1 && HELP.has(rest[0])) io.out(command.help());
    else await command.run(io, rest);
    return 0;
  } catch (error) {
    io.err(`${plain(sentenceOf(error))}\n`);
    return error instanceof NotRunning ? 2 : 1;
  }
}

/** Returns the message for the person. An error of an unexpected class is a bug, and is shown with its stack. */
function sentenceOf(error: unknown): string {
  const meant =
    error instanceof UserFacingError ||
    error instanceof Retryable ||
    error instanceof NotRunning ||
    error instanceof ServerFailed;
  return meant ? error.message : error instanceof Error ? (error.stack ?? reasonOf(error)) : reasonOf(error);
}

/**
 * Runs the command line in this process. Exits explicitly, because open handles must not keep a stopped server alive.
 */
export async function main(home: string): Promise<void> {
  // The program that reads the output, such as `head`, may close the pipe early.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const code = await skein(processIo(home), process.argv.slice(2));
  process.exitCode = code;
  // Writes to a pipe are asynchronous, and an exit would lose them.
  await Promise.all([drained(process.stdout), drained(process.stderr)]);
  process.exit(code);
}

function processIo(home: string): Io {
  return {
    env: process.env,
    home,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    stdin: () => readText(process.stdin),
  };
}

/**
 * Reads the stream as text. @throws InvalidInput if the bytes are not UTF-8, because replacement characters would be
 * stored for good
 */
export async function readText(stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    throw new InvalidInput('Standard input is no UTF-8 text. Send other contents as --base64 "$(base64 <file>)".', {
      cause: error,
    });
  }
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
