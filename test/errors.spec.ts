import { expect } from 'chai';
import { z } from 'zod';
import { faultsIn } from '../src/errors.ts';

describe('the faults of an input', () => {
  const schema = z.strictObject({
    title: z.string().min(1),
    files: z.array(z.object({ name: z.string() })).optional(),
  });
  const told = (input: unknown) => {
    const { error } = schema.safeParse(input);
    return error ? faultsIn(error) : '';
  };

  it('are told each with its place, and what is about the whole without one', () => {
    expect(told({ title: '', files: [{ name: 'a' }, { name: 7 }] })).to.match(
      /^[^;]+ at title; [^;]+ at files\[1\]\.name$/,
    );
    expect(told('text')).to.match(/^Invalid input: expected object, received string$/);
  });

  it('keep what they quote, whatever stands in it', () => {
    const quoting = z.object({ a: z.string().refine(() => false, { error: 'Not this:\n✖ one\n  → at home' }) });
    const { error } = quoting.safeParse({ a: '' });
    expect(error && faultsIn(error)).to.equal('Not this:\n✖ one\n  → at home at a');
  });
});
