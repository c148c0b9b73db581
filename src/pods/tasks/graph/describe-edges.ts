// Tells a change of a task's edges, for history, digest and news. Pure.
import type { Phrase } from '../../../log/kind.ts';
import type { Named, ParticipantId } from '../../../log/participant.ts';
import type { TaskChange } from '../task-change.ts';
import type { EdgeChange } from './edge.ts';
import { droppers, listed, waitsWords } from './waits-words.ts';

type Change = Extract<TaskChange, Pick<EdgeChange, 'type'>>;

/** The participants whose names the sentence needs. */
export function droppersIn(change: TaskChange): ParticipantId[] {
  return change.type === 'dependencies_moved' ? droppers(change.moved) : [];
}

export function describeEdges(
  change: Change,
  task: string,
  names: ReadonlyMap<ParticipantId, Named>,
): Phrase | undefined {
  switch (change.type) {
    case 'dependencies_changed': {
      const { add, remove } = change;
      const said = [
        add.length ? `it depends on ${numbers(add)}` : '',
        remove.length ? `no longer on ${numbers(remove)}` : '',
      ].filter(Boolean);
      return ['changed', `what ${task} waits for: ${said.join(', ')}`];
    }
    case 'dependencies_moved': {
      // It is dropped or opened again itself.
      if (change.along) return undefined;
      const done = change.moved.filter((one) => one.done);
      const waits = change.moved.filter((one) => !one.done);
      const said = [
        done.length ? `${numbers(done)} ${done.length > 1 ? 'are' : 'is'} done` : '',
        waits.length ? `it waits for ${waitsWords(waits, names)}` : '',
      ].filter(Boolean);
      return ['changed', `what ${task} waits for: ${said.join(', ')}`];
    }
    // The part's own change says it.
    case 'part_changed':
      return undefined;
    default:
      change satisfies never;
      return undefined;
  }
}

function numbers(tasks: readonly { number: number }[]): string {
  return listed(tasks.map(({ number }) => `#${number}`));
}
