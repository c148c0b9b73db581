// Reads the verdicts that a model gives with `go_ahead`: `{ "i41": "replaces i38" }`. Pure.

/** A verdict as the model gave it. `of` is absent where the model named no other instruction. */
export interface GivenVerdict {
  n: number;
  is: 'fits' | 'none' | 'replaces' | 'conflicts';
  of?: number;
}

export interface ReadVerdicts {
  verdicts: GivenVerdict[];
  /** A sentence for each that says nothing. */
  faults: string[];
}

/** Whole words only: “not sure whether it fits” is no verdict, so that effects stay locked. */
const FORMS: readonly [RegExp, GivenVerdict['is']][] = [
  [/^replaces?\b/, 'replaces'],
  [/^conflicts?\b/, 'conflicts'],
  [/^(?:fits?|keep|kept)\b(?!.*\b(?:conflict|replace|not|but))/, 'fits'],
  [/^(?:none|no instruction|not an instruction)\b/, 'none'],
];

export function readVerdicts(given: Readonly<Record<string, string>> = {}): ReadVerdicts {
  const read: ReadVerdicts = { verdicts: [], faults: [] };
  for (const [name, said] of Object.entries(given)) {
    const n = numberIn(name);
    const is = FORMS.find(([form]) => form.test(said.trim().toLowerCase()))?.[1];
    const of = numberIn(said);
    if (n === undefined || is === undefined) read.faults.push(faultOf(name, said));
    else read.verdicts.push({ n, is, ...(of === undefined || is === 'fits' || is === 'none' ? {} : { of }) });
  }
  return read;
}

function numberIn(text: string): number | undefined {
  const digits = /(?<![\p{L}\p{N}])[i#]?(\d{1,9})(?!\p{N})/iu.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function faultOf(name: string, said: string): string {
  return `"${name.slice(0, 40)}": "${said.slice(0, 80)}" is no verdict. Write "i41": "fits", "replaces i38", "conflicts i38" or "none".`;
}
