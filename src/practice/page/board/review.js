// What whoever reviews a task can do with it -> buttons. Whoever is asked nothing gets none.
import { h } from '../nodes/tree.js';

/**
 * @param {{ number: number, asks_you?: 'review' | 'decide', turn?: number }} task `asks_you`: to approve it or send it back, or, after the last round, how it goes on
 */
export function reviewMoves({ number, asks_you: asks, turn }) {
  const button = (action, label, name, main = false) =>
    h(
      'button',
      {
        key: action,
        type: 'button',
        class: main ? 'button small primary' : 'button small',
        'data-do': action,
        'data-turn': turn,
        'data-number': number,
        'aria-label': name,
      },
      label,
    );
  if (asks === 'review')
    return [
      button('approve-task', 'Approve', `Approve (#${number})`, true),
      button('send-back-task', 'Send back…', `Send back… (#${number})`),
    ];
  if (asks === 'decide') return [button('send-back-task', 'Once more…', `Once more… (#${number})`)];
  return [];
}
