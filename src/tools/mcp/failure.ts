// Classifies the failure of an MCP call: answered with an error, not made, or unknown. Pure.

import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { reasonOf } from '../../errors.ts';

export type Failure =
  /** The server understood the call and answered that it cannot do it. */
  | { kind: 'declined'; text: string }
  /** The credentials are missing or wrong. */
  | { kind: 'refused'; status: number }
  /**
   * The server refused the request, most often because the HTTP session has expired. The call can be repeated in a new
   * session.
   */
  | { kind: 'expired'; status: number }
  /** The call never reached the server. */
  | { kind: 'not_made'; why: string; retryAfterMs?: number }
  /** The call was sent, and nobody knows whether the server did it. */
  | { kind: 'lost'; why: string; timedOut: boolean };

const NEVER_ARRIVED = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

export function failureOf(error: unknown): Failure {
  if (error instanceof McpError) return protocolFailure(error);
  if (error instanceof StreamableHTTPError) return httpFailure(error);
  const why = causeOf(error);
  if (NEVER_ARRIVED.includes(why)) return { kind: 'not_made', why };
  // The SDK throws this error before it sends anything.
  if (error instanceof Error && error.message === 'Not connected')
    return { kind: 'not_made', why: 'it has just stopped' };
  if (error instanceof Error && 'issues' in error) return lost('it answered with something that is no MCP result');
  return lost(`the connection failed (${why})`);
}

function protocolFailure(error: McpError): Failure {
  switch (error.code) {
    case ErrorCode.RequestTimeout:
      return lost('it did not answer in time', true);
    case ErrorCode.ConnectionClosed:
      return lost('it stopped while it worked');
    default:
      return { kind: 'declined', text: error.message.replace(/^MCP error -?\d+: /, '') };
  }
}

function httpFailure(error: StreamableHTTPError): Failure {
  const status = error.code ?? 0;
  if (status === 401 || status === 403) return { kind: 'refused', status };
  // The specification demands 404. Many servers built from the SDK's examples answer 400.
  if (status === 404 || status === 400) return { kind: 'expired', status };
  if (status === 429) return { kind: 'not_made', why: 'it is asked too often (HTTP 429)', retryAfterMs: 30_000 };
  if (status >= 400 && status < 500)
    return { kind: 'declined', text: `The server refused the request (HTTP ${status}).` };
  return lost(status > 0 ? `it answered HTTP ${status}` : 'it answered with something that is no MCP result');
}

function lost(why: string, timedOut = false): Failure {
  return { kind: 'lost', why, timedOut };
}

/** Returns the system's error code, such as `ECONNREFUSED`, which fetch hides in `cause`; else the error's message. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : reasonOf(cause);
}
