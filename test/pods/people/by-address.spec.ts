// A mail address as people write it for somebody. What they see of it is what counts.
import { expect } from 'chai';
import { addressIn } from '../../../src/pods/people/by-address.ts';

describe('a mail address for a person', () => {
  for (const [text, expected] of [
    ['maja@example.com', { address: 'maja@example.com' }],
    ['Maja Holm <Maja@example.com>', { address: 'maja@example.com', name: 'Maja Holm' }],
    ['[maja@example.com](mailto:maja@example.com)', { address: 'maja@example.com' }],
    ['<mailto:maja@example.com|Maja@example.com>', { address: 'maja@example.com' }],
    ['[Maja](mailto:maja@example.com)', { address: 'maja@example.com' }],
  ] as const)
    it(`is read from ${text}`, () => {
      expect(addressIn(text)).to.deep.equal(expected);
    });

  for (const text of [
    '[maja@example.com](mailto:eve@evil.example)',
    '<mailto:eve@evil.example|maja@example.com>',
    'maja@example.com <eve@evil.example>',
    'maja@example.com, eve@evil.example',
    '@maja',
    'Maja Holm',
  ])
    it(`is none in ${text}`, () => {
      expect(addressIn(text)).to.equal(undefined);
    });
});
