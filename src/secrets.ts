// Cuts secrets out of what is told, whoever quoted them. Pure.

/** Longest first, so that one secret inside another leaves nothing behind. */
export function cutOut(secrets: readonly string[]): (text: string) => string {
  const all = [...new Set(secrets)].filter(Boolean).sort((a, b) => b.length - a.length);
  return (text) => all.reduce((left, secret) => left.replaceAll(secret, '[secret]'), text);
}
