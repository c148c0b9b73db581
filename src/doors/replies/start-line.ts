// Parses the first line of a new mail that starts a workflow: “start customer-question (expert: Ben)”. Pure.

export interface StartLine {
  name: string;
  /** Absent: it is about what the mail is about. */
  about?: string;
  /** Lines such as “expert: Ben”. */
  roles: string[];
  /** The text below the line. */
  rest: string;
  /** False if the line may be a sentence, such as “start early”. It is a command if there is a workflow of that name. */
  sure: boolean;
}

const LINE =
  /^(start(?:\s+(?:the\s+)?workflow)?|workflow)\s+([a-z][a-z0-9-]{0,40})(?:\s*:\s*([^()]{1,150}?))?(?:\s*\(([^()]{1,400})\))?[.!]?$/iu;

/** Undefined if the first line is none. */
export function readStart(text: string): StartLine | undefined {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.trim() !== '');
  const line = (lines[at] ?? '').trim();
  const [, verb = '', name = '', about, roles] = (line.length < 700 && LINE.exec(line)) || [];
  if (!name) return undefined;
  const filled = (roles ?? '').split(',').flatMap((one) => one.trim() || []);
  const sure = /workflow/i.test(verb) && (about !== undefined || filled.length > 0);
  const rest = lines
    .slice(at + 1)
    .join('\n')
    .trim();
  return { name: name.toLowerCase(), roles: filled, rest, sure, ...(about ? { about } : {}) };
}
