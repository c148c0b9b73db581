// Finds manifests with the same name. Without this check, the later one would silently replace the first. Pure.

export interface Named {
  file: string;
  /** The field that holds the name. */
  field: 'handle' | 'name';
  /** The name as it was written, not yet validated. */
  name: unknown;
}

/**
 * Returns the problems, with one for each name that several files have. The problems about the file names of such files
 * are dropped.
 */
export function withoutTwins(problems: readonly string[], named: readonly Named[]): string[] {
  const byName = new Map<string, Named[]>();
  for (const one of named) {
    if (typeof one.name !== 'string' || !one.name.trim()) continue;
    const name = one.name.trim().toLowerCase();
    byName.set(name, [...(byName.get(name) ?? []), one]);
  }
  const twins = [...byName].filter(([, all]) => all.length > 1);
  const misnamed = twins.flatMap(([, all]) => all.map(({ file, field }) => `${file}: \`${field}\` is "`));
  const others = problems.filter((problem) => !misnamed.some((start) => problem.startsWith(start)));
  return [...others, ...twins.map(([name, all]) => problemOf(name, all))];
}

function problemOf(name: string, all: readonly Named[]): string {
  const files = all.map(({ file, field }) => `${file} (\`${field}\`)`);
  const listed = `${files.slice(0, -1).join(', ')} and ${files.at(-1)}`;
  return `${listed} have the same name "${name}". Give each its own name, and its file the same, or take away the one that is not meant.`;
}
