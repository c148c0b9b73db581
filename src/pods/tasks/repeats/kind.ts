// The kind `repeats`: how a repeat changes, what it needs of people, and how history describes it.
import { ERASED } from '../../../log/body.ts';
import { kind, type Names, type Phrase } from '../../../log/kind.ts';
import type { Needed } from '../../../log/needs/need.ts';
import { quoted } from '../../history/phrase.ts';
import { REPEATING } from '../../needs/need.ts';
import { TASKS } from '../task.ts';
import { evolveRepeat, REPEATS, type RepeatChange, type RepeatDoc } from './repeat.ts';
import { ruleWords } from './rule.ts';

export const repeats = kind<RepeatDoc, RepeatChange>({
  ref: REPEATS,
  indexes: [
    { fields: ['pod', 'state', 'number'] },
    { fields: ['task'] },
    { fields: ['first'] },
    { fields: ['dueAt'], sparse: true },
  ],
  evolve: evolveRepeat,
  needs: repeatNeeds,
  describe,
  docsIn: ({ task }) => [{ ref: TASKS, id: task }],
});

/** The question is settled by whoever says go on or ends it, and withdrawn when its task was done before. */
function repeatNeeds(change: RepeatChange, before: RepeatDoc | undefined): Needed[] {
  const about = { on: REPEATING, id: before?.task ?? change.task };
  const settle = (withdrawn: boolean): Needed[] => {
    if (before?.state !== 'asked') return [];
    const asked = [...(before.owner ? [before.owner] : []), 'owners' as const];
    return asked.map((who) => ({ settle: { who, about }, ...(withdrawn ? { withdrawn: true as const } : {}) }));
  };
  switch (change.type) {
    case 'repeat_asked':
      return [{ open: { who: change.who, reason: 'goes_on', about } }];
    case 'repeat_set':
    case 'repeat_went_on':
      return settle(false);
    case 'repeat_ended':
      return settle(change.why === 'erased');
    case 'repeat_came': {
      const { left, task } = change;
      const who = before?.owner ?? ('owners' as const);
      const open: Needed = {
        open: { who, reason: 'repeated', about: { on: TASKS.name, id: task }, ...(left ? { left } : {}) },
      };
      return [...settle(true), ...(left ? [open] : [])];
    }
    case 'repeat_joined':
    case 'repeat_passed':
      return [];
    default:
      change satisfies never;
      return [];
  }
}

function describe(change: RepeatChange, names: Names): Phrase | undefined {
  const task = names.doc(TASKS, change.task);
  const label = task ? `#${task.number} ${quoted(names.texts.get(task.titleRef) ?? ERASED)}` : 'a task that is erased';
  switch (change.type) {
    case 'repeat_set':
      return ['set', `that ${label} repeats ${ruleWords(change.rule)}`];
    case 'repeat_joined':
      return ['noted', `that ${label} is due once more`];
    case 'repeat_asked':
      return ['asked', `whether ${label} goes on repeating`];
    case 'repeat_went_on':
      return ['let', `${label} go on repeating`];
    case 'repeat_ended':
      return ['ended', `the repeats of ${label}`];
    // The sentence about the new task says it.
    case 'repeat_came':
    case 'repeat_passed':
      return undefined;
    default:
      change satisfies never;
      return undefined;
  }
}
