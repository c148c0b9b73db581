// The words that list the steps of a workflow that is started. Pure.
import type { Named } from '../../log/participant.ts';

interface Step {
  own: number;
  title: string;
  assignee: Named | undefined;
  after: readonly string[];
}

export function stepLines(steps: readonly Step[], numbers: ReadonlyMap<string, { number: number }>): string {
  return steps
    .map(({ own, title, assignee, after }) => {
      const waits = after.map((id) => `#${numbers.get(id)?.number}`).join(' and ');
      return `- #${own} ${title} – ${assignee?.name ?? 'nobody'}${waits ? `, after ${waits}` : ''}`;
    })
    .join('\n');
}
