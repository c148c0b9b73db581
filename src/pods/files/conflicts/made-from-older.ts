// Decides whether an uploaded text was made from an older version than the newest one. Pure.

/** A text is derived from another if it has at least this part of the other's lines. */
const DERIVED = 0.5;

/**
 * Returns true if the upload is derived from the older version and has nothing of what the newest version changed in
 * it. Nobody says from which version they worked, and most people have read the newest one.
 */
export function madeFromOlder({ upload, newest, older }: { upload: string; newest: string; older: string }): boolean {
  const [mine, now, before] = [linesOf(upload), linesOf(newest), linesOf(older)];
  if (upload === older) return newest !== older;
  const shared = [...before].filter((line) => mine.has(line)).length;
  if (!before.size || shared < before.size * DERIVED) return false;
  const added = [...now].filter((line) => !before.has(line));
  if (added.length) return !added.some((line) => mine.has(line));
  const removed = [...before].filter((line) => !now.has(line));
  return removed.length > 0 && removed.every((line) => mine.has(line));
}

function linesOf(text: string): Set<string> {
  return new Set(text.split('\n').flatMap((line) => line.trim() || []));
}
