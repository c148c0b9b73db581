// Slack's permalinks lead to a message; on this page they lead there too.

const PERMALINK = /^https:\/\/[\w.-]+\.slack\.com\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})(?:\?(.*))?$/;

/** @param {string} href @returns {{ place: string, thread: string } | undefined} */
export function meantBy(href) {
  const [, place, seconds, micros, query] = PERMALINK.exec(href) ?? [];
  if (place === undefined) return undefined;
  return { place, thread: new URLSearchParams(query).get('thread_ts') ?? `${seconds}.${micros}` };
}
