// The menu of times to which a person puts something off. Pure.

import { actionIds } from './action-ids.ts';
import type { Button } from './blocks.ts';

type Label = 'later-hour' | 'later-afternoon' | 'later-monday' | 'later-other';

/**
 * `label`: returns the words of a choice. `item`: the id of the open item. The value of a choice is the item and the
 * time; without a time, a form asks for it.
 */
export function laterMenu(label: (name: Label) => string, item: string): Button {
  return {
    ...{ actionId: actionIds.later, label: '', value: item },
    choices: [
      { label: label('later-hour'), value: `${item}/in an hour` },
      { label: label('later-afternoon'), value: `${item}/this afternoon` },
      { label: label('later-monday'), value: `${item}/Monday` },
      { label: label('later-other'), value: `${item}/` },
    ],
  };
}
