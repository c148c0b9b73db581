// Mails for the tests: real bytes, written out as servers send them.

export interface ToBuild {
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

/** A mail from Ada to a pod with the given headers replaced or added. An empty list removes a header. */
export function aMail({ headers = {}, body = 'Hello.\r\n' }: ToBuild = {}): Buffer {
  const all: Record<string, string | string[]> = {
    From: 'Ada Lovelace <ada@example.org>',
    To: 'launch@pods.test',
    Subject: 'The list',
    Date: 'Mon, 16 Nov 2026 09:00:00 +0000',
    'Message-ID': '<m1@example.org>',
    'MIME-Version': '1.0',
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([key, values]) => [values].flat().map((value) => `${key}: ${value}\r\n`));
  return Buffer.concat([Buffer.from(`${lines.join('')}\r\n`, 'utf8'), Buffer.from(body)]);
}

export interface ToMultipart {
  type?: string;
  parts: (string | Buffer)[];
  boundary?: string;
  headers?: Record<string, string | string[]>;
}

export function aMultipart({ type = 'mixed', parts, boundary = 'b1', headers = {} }: ToMultipart): Buffer {
  return aMail({
    headers: { 'Content-Type': `multipart/${type}; boundary="${boundary}"`, ...headers },
    body: multipartBody(parts, boundary),
  });
}

export function multipartBody(parts: (string | Buffer)[], boundary = 'b1'): Buffer {
  const pieces = parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), Buffer.from(part), Buffer.from('\r\n')]);
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

export { silent } from '../logs.ts';
