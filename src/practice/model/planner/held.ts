// Calls that were held, because somebody wrote first: they go ahead, unless the newest words take them back. Pure.
import type { Outcome, Step } from './step.ts';

const HELD = /^(?:Held \()?(\d+\.\d+)\)?: ([\s\S]*)/;
const TAKES_BACK =
  /^\s*(?:@[\w.-]+[\s,:]+)?(?:over to you(?: again)?[.,:\s]+)?(?:no|nope|stop|wait|don.?t|do not|not)\b/i;

export interface Held {
  steps: Step[];
  /** The names of the calls that are still held. */
  names: string[];
}

/** Puts the outcomes of `go_ahead` in the place of those of the calls that it made. */
export function withoutGoAhead(steps: readonly Step[], outcomeIn: (text: string) => Outcome): Held {
  const held = new Map<string, number>();
  const made: Step[] = [];
  for (const step of steps) {
    const name = step.outcome.kind === 'failed' ? heldIn(step.outcome.text) : undefined;
    if (step.tool !== 'go_ahead') {
      if (name) held.set(name, made.length);
      made.push(step);
      continue;
    }
    for (const [line, of] of linesIn(step.outcome.text)) {
      const at = held.get(of);
      const before = at === undefined ? undefined : made[at];
      if (at === undefined || !before || heldIn(line)) continue;
      made[at] = { ...before, outcome: outcomeIn(line.replace(HELD, '$2')) };
      held.delete(of);
    }
  }
  return { steps: made, names: [...held.keys()] };
}

export function takesBack(texts: readonly string[]): boolean {
  return texts.some((text) => TAKES_BACK.test(text));
}

function heldIn(text: string): string | undefined {
  return text.startsWith('Held (') ? HELD.exec(text)?.[1] : undefined;
}

function linesIn(text: string): [line: string, name: string][] {
  return text.split('\n').flatMap((line) => {
    const [, name] = HELD.exec(line) ?? [];
    return name === undefined ? [] : [[line, name] as [string, string]];
  });
}
