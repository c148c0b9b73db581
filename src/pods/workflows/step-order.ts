// The order of the steps of a workflow: a step comes after those that it names. Pure.
import type { WorkflowStep } from './workflow.ts';

type Ordered = Pick<WorkflowStep, 'id' | 'after'>;

/** Returns the steps so that each stands behind those it comes after; a circle as its path, such as a, b, a. */
export function inOrder<S extends Ordered>(steps: readonly S[]): { steps: S[] } | { circle: string[] } {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const done: S[] = [];
  const path: string[] = [];
  const visit = (step: S): string[] | undefined => {
    if (done.includes(step)) return undefined;
    const at = path.indexOf(step.id);
    if (at >= 0) return [...path.slice(at), step.id];
    path.push(step.id);
    for (const id of step.after) {
      const before = byId.get(id);
      const circle = before && visit(before);
      if (circle) return circle;
    }
    path.pop();
    done.push(step);
    return undefined;
  };
  for (const step of steps) {
    const circle = visit(step);
    if (circle) return { circle };
  }
  return { steps: done };
}
