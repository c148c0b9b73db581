// The token in a digest mail that ends the digests of one person.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { isPerson, type PersonId } from '../log/participant.ts';

/** Returns `<person>.<signature>`, in characters that a mail address may contain. */
export function unsubscribeToken(secret: string, person: string): string {
  return `${Buffer.from(person).toString('base64url')}.${sign(secret, person).toString('base64url')}`;
}

/** Returns the person of the token. Undefined if the signature is wrong. */
export function personOfToken(secret: string, token: string): PersonId | undefined {
  const [encoded = '', signature = ''] = token.split('.');
  const person = Buffer.from(encoded, 'base64url').toString();
  const expected = sign(secret, person);
  const given = Buffer.from(signature, 'base64url');
  const genuine = given.length === expected.length && timingSafeEqual(given, expected);
  return genuine && isPerson(person) ? person : undefined;
}

function sign(secret: string, person: string): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['unsubscribe', person]))
    .digest();
}
