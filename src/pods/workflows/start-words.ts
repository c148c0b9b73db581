// The words that list the steps of a workflow that is started. Pure.
import type { Named } from '../../log/participant.ts';
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
        checkpoint && stops.length && `stops at “${checkpoint.name}” for ${names(stops)}`,
      ];
      return `${facts.filter(Boolean).join(', ')}${stands ? ` · ${stands}` : ''}`;
    })
    .join('\n');
}
