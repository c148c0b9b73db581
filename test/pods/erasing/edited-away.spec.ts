import { expect } from 'chai';
import { editedAway } from '../../../src/pods/erasing/edits/edited-away.ts';

describe('words that are edited away', () => {
  for (const [before, now, away] of [
    ['The boxes come on Friday', 'The boxes come on Friday.', false],
    ['the  boxes\ncome', 'The boxes come', false],
    ['The boxes come', 'On Friday the boxes come, at noon', false],
    ['Look at https://x.example/a', 'Look at <https://x.example/a|https://x.example/a>', false],
    ['The boxse come', 'The boxes come', false],
    ['The adress is right', 'The address is right', false],
    ['It occured twice', 'It occurred twice', false],
    ['We recieve them', 'We receive them', false],
    [':tada:', ':tada: :tada:', false],
    ['', 'The boxes come', false],
    ['The code is 4711', 'The code is 4712', true],
    ['Ask Maria', 'Ask Marta', true],
    ['Ask Maria about the boxes', 'Ask about the boxes', true],
    ['We do not want them', 'We want them', true],
    ['The salary of Ben is high', '', true],
    ['no', 'on', true],
    ['come come', 'come', true],
    ['箱は金曜日', '箱は月曜日', true],
  ] as const)
    it(`${away ? 'are there' : 'are none'} in ${JSON.stringify(before)} → ${JSON.stringify(now)}`, () => {
      expect(editedAway(before, now)).to.equal(away);
    });
});
