// Removes secrets from texts that people see, whoever quoted them. Pure.

/**
 * Returns a function that replaces secrets in a text. The longest goes first, so that nothing is left of a secret that
 * contains another.
 */
export function cutOut(secrets: readonly string[]): (text: string) => string {
  const all = [...new Set(secrets)].filter(Boolean).sort((a, b) => b.length - a.length);
  return (text) => all.reduce((left, secret) => left.replaceAll(secret, '[secret]'), text);
}
