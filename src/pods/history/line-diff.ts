// The difference between two texts, line by line, as models and people read it. Pure.
import { clipped } from '../../log/well-formed.ts';

/** Larger differences are shown as one block, because the time to compare grows with the product of the lengths. */
const MOST_CELLS = 4_000_000;
/** The unchanged lines that are shown around a difference. */
const CONTEXT = 2;
const LONGEST_LINE = 1_000;

interface Line {
  sign: ' ' | '-' | '+';
  text: string;
}

/**
 * Returns the lines that differ, each with `-` or `+` in front, between some lines that both texts have. Undefined if
 * the texts are equal. `most`: the length, in characters, at which the difference is cut off.
 */
export function lineDiff(before: string, after: string, most: number): string | undefined {
  if (before === after) return undefined;
  const [a, b] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const from = Math.max(0, start - CONTEXT);
  const lines: Line[] = [
    ...a.slice(from, start).map(same),
    ...compared(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end, a.length - end + CONTEXT).map(same),
  ];
  return cut(hunks(lines, from + 1), most);
}

/** Returns the lines of two texts in an order in which as many as possible are the same (longest common subsequence). */
function compared(a: readonly string[], b: readonly string[]): Line[] {
  if (a.length * b.length > MOST_CELLS) return [...a.map(gone), ...b.map(added)];
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: Line[] = [];
  for (let [i, j] = [0, 0]; i < a.length || j < b.length; ) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      lines.push(same(left));
      i++;
      j++;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(gone(left));
      i++;
    } else {
      lines.push(added(right ?? ''));
      j++;
    }
  }
  return lines;
}

const same = (text: string): Line => ({ sign: ' ', text });
const gone = (text: string): Line => ({ sign: '-', text });
const added = (text: string): Line => ({ sign: '+', text });

/** Returns the lines as text, without the unchanged ones that are far from a difference. `first`: the first line's number. */
function hunks(lines: readonly Line[], first: number): string[] {
  const near = lines.map((_, n) =>
    lines.slice(Math.max(0, n - CONTEXT), n + CONTEXT + 1).some(({ sign }) => sign !== ' '),
  );
  let number = first;
  return lines.flatMap(({ sign, text }, n) => {
    const here = number;
    if (sign !== '+') number++;
    if (!near[n]) return [];
    return [...(near[n - 1] ? [] : [`@ line ${here}`]), `${sign} ${clipped(text, LONGEST_LINE)}`];
  });
}

function cut(lines: readonly string[], most: number): string {
  let length = 0;
  const shown = lines.findIndex((line) => {
    length += line.length + 1;
    return length > most;
  });
  if (shown < 0) return lines.join('\n');
  return [...lines.slice(0, shown), `… ${lines.length - shown} more lines of the difference`].join('\n');
}
