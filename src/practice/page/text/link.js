// Which links may be followed: http and https, nothing else.

/** The address as the browser will read it, or undefined when it must stay text. @param {unknown} given */
export function safeHref(given) {
  const address = String(given ?? '').trim();
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return protocol === 'http:' || protocol === 'https:' ? href : undefined;
}
