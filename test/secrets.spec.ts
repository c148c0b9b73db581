import { expect } from 'chai';
import { cutOut } from '../src/secrets.ts';

describe('secrets', () => {
  it('are cut out wherever they stand, the longer one first, and an empty one cuts nothing', () => {
    const clean = cutOut(['', 'hush', 'hush-hush', 'hush']);
    expect(clean('hush-hush, hush! shush')).to.equal('[secret], [secret]! s[secret]');
    expect(cutOut([])('hush')).to.equal('hush');
  });
});
