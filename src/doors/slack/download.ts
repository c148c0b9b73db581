// Downloads a private file from Slack. Sends the bot token only to Slack's hosts, and stops at the size limit of a
// file.
import { InvalidInput, NotAllowed, NotFound, Retryable } from '../../errors.ts';
import { MOST_BYTES, megabytes } from '../../pods/files/files.ts';

export interface Downloading {
  token: string;
  /** The URL of the practice Slack, which may receive the bot token too. */
  apiUrl?: string | undefined;
  fetch?: typeof fetch;
  mostBytes?: number;
}

/** Returns the file's bytes. @throws Retryable if a later attempt may succeed, otherwise a UserFacingError */
export async function download(deps: Downloading, url: string, patienceMs: number): Promise<Uint8Array> {
  const { token, apiUrl, fetch: get = fetch, mostBytes = MOST_BYTES } = deps;
  if (!isSlacks(url, apiUrl))
    throw new InvalidInput('it stands outside Slack, so it was not fetched. Upload it to Slack.');
  try {
    const response = await get(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(patienceMs),
      // Slack redirects to its sign-in page if the app lacks the permission. The redirect is not followed.
      redirect: 'manual',
    });
    return await contentOf(response, mostBytes);
  } catch (error) {
    if (error instanceof InvalidInput || error instanceof NotAllowed || error instanceof NotFound) throw error;
    if (error instanceof Retryable) throw error;
    throw new Retryable('Slack did not give the file.', undefined, { cause: error });
  }
}

function isSlacks(url: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, host } = new URL(url);
  if (apiUrl !== undefined && host === new URL(apiUrl).host) return true;
  return protocol === 'https:' && hostname.endsWith('.slack.com');
}

async function contentOf(response: Response, mostBytes: number): Promise<Uint8Array> {
  const { status, body } = response;
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (status !== 200) {
    await body?.cancel();
    throw problem(status);
  }
  for await (const chunk of body ?? []) {
    size += chunk.length;
    // Leaving the loop aborts the download.
    if (size > mostBytes)
      throw new InvalidInput(`it has more than ${megabytes(mostBytes)}, the most that fits. Share a smaller one.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function problem(status: number): Error {
  if (status === 404 || status === 410) return new NotFound('it is gone from Slack. Share it again.');
  if (status >= 500 || status === 408 || status === 429)
    return new Retryable(`Slack did not give the file (HTTP ${status}).`);
  return new NotAllowed(
    `Slack does not let the app read it (HTTP ${status}). An admin can give the app the scope files:read; then share it again.`,
  );
}
