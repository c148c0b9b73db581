// Reads the time to wait before a retry from the headers of an answer.

/**
 * Returns milliseconds: from `retry-after-ms`, else from `retry-after` as seconds or as an HTTP date (RFC 9110 10.2.3).
 */
export function retryAfterMs(headers: Headers | undefined, now: number): number | undefined {
  const milliseconds = positive(headers?.get('retry-after-ms'));
  if (milliseconds !== undefined) return milliseconds;
  const text = headers?.get('retry-after');
  if (!text) return undefined;
  const seconds = positive(text);
  if (seconds !== undefined) return Math.ceil(seconds * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function positive(text: string | null | undefined): number | undefined {
  if (!text?.trim()) return undefined;
  const number = Number(text);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}
