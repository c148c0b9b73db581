// The words that people try first, as the action that they mean.
import { expect } from 'chai';
import { spokenAction } from '../../../src/doors/typed/spoken-action.ts';

describe('words for an action', () => {
  const read: [string, string | undefined][] = [
    ['find price', 'search_pod price'],
    ['Search for the price', 'search_pod the price'],
    ['task: buy oats', 'create_task buy oats'],
    ['new task call the printer --due friday', 'create_task call the printer --due friday'],
    ['todo', 'create_task'],
    ['decision: we take the blue boxes', 'record_decision we take the blue boxes'],
    ['history', 'pod_history'],
    ['agents', 'list_agents'],
    ['who', 'read_pod'],
    ['add @scribe', 'add_member @scribe'],
    ['invite', 'invite_person'],
    ['invite maja@orchard.example', 'invite_person --email maja@orchard.example'],
    [
      'invite Maja Holm <mailto:maja@o.example|maja@o.example>',
      'invite_person --email <mailto:maja@o.example|maja@o.example> --name "Maja Holm"',
    ],
    ['history since monday', undefined],
    ['who has #3', undefined],
    ['tasks', undefined],
    ['add two and two', undefined],
    ['finding', undefined],
  ];
  for (const [text, action] of read)
    it(`reads ${action ?? 'none'} in “${text}”`, () => expect(spokenAction(text)).to.equal(action));
});
