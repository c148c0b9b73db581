// Slack's permalinks lead to a message; on this page they lead there too.

const PERMALINK = /^https:\/\/[\w.-]+\.slack\.com\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})(?:\?(.*))?$/;

/** A link in a drawing has its address as the drawing has it. @param {Element | null} link */
export const addressOf = (link) => link?.href?.baseVal ?? link?.href ?? '';

/** @param {string} href @returns {{ place: string, thread: string } | undefined} */
export function meantBy(href) {
  const [, place, seconds, micros, query] = PERMALINK.exec(href) ?? [];
  if (place === undefined) return undefined;
  return { place, thread: new URLSearchParams(query).get('thread_ts') ?? `${seconds}.${micros}` };
}
