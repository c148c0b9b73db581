// The words that list the steps of a workflow that is started. Pure.
import { isPerson, type Named } from '../../log/participant.ts';
import { listed } from '../tasks/graph/waits-words.ts';
import type { StepPeople } from './step-people.ts';
import type { WorkflowStep } from './workflow.ts';

interface Step extends StepPeople, Pick<WorkflowStep, 'checkpoint'> {
  own: number;
  title: string;
  assignee: Named | undefined;
  after: readonly string[];
  /** How its task stands, if that is shown: “in review by Ben Okafor, round 1 of 3”. */
  stands?: string;
}

export function stepLines(steps: readonly Step[], numbers: ReadonlyMap<string, { number: number }>): string {
  return steps
    .map(({ own, title, assignee, after, reviewers, stops, checkpoint, stands }) => {
      const names = (all: readonly Named[]) => listed(all.map(({ name }) => name));
      const facts = [
        `- #${own} ${title} – ${assignee?.name ?? 'nobody'}`,
        after.length && `after ${after.map((id) => `#${numbers.get(id)?.number}`).join(' and ')}`,
        reviewers.length && `reviewed by ${names(reviewers)}`,
        checkpoint && stops.length && atCheckpoint(assignee, checkpoint.name, names(stops)),
      ];
      return `${facts.filter(Boolean).join(', ')}${stands ? ` · ${stands}` : ''}`;
    })
    .join('\n');
}

/** An agent is made to stop. Nothing makes a person stop, so they read what they are to do. */
function atCheckpoint(assignee: Named | undefined, name: string, whom: string): string {
  if (assignee && isPerson(assignee.id)) return `shows “${name}” to ${whom} before going on`;
  return `stops at “${name}” for ${whom}`;
}
