// The token in a digest mail that ends the digests of one person, and of nobody else.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { isPerson, type PersonId } from '../log/participant.ts';

/** `<person>.<signature>`, both in letters that an address may hold. */
export function unsubscribeToken(secret: string, person: string): string {
  return `${Buffer.from(person).toString('base64url')}.${sign(secret, person).toString('base64url')}`;
}

/** The person that the token was made for; undefined if we did not make it. */
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
