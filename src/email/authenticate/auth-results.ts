// Parses an Authentication-Results header (RFC 8601 section 2.2) strictly, and ignores parts that it can't parse. Pure.

export interface AuthResult {
  method: string;
  result: string;
  /** The properties by name, such as `header.from`, `header.d` or `smtp.mailfrom`, in lower case. */
  properties: Map<string, string>;
}

export interface AuthResults {
  authservId: string;
  results: AuthResult[];
}

export function readAuthResults(value: string): AuthResults | undefined {
  const [first = '', ...pieces] = withoutComments(value.slice(0, 20_000)).split(';');
  const authservId = first.trim().split(/\s+/)[0]?.toLowerCase() ?? '';
  if (authservId === '') return undefined;
  return { authservId, results: pieces.flatMap((piece) => resultOf(piece.trim()) ?? []) };
}

function resultOf(piece: string): AuthResult | undefined {
  const [head = '', ...rest] = piece.split(/\s+/);
  const found = /^([a-z][a-z0-9-]*)(?:\/\d+)?=([a-z]+)$/i.exec(head);
  if (!found) return undefined;
  const properties = new Map<string, string>();
  for (const property of rest) {
    const equals = property.indexOf('=');
    const key = property.slice(0, equals).toLowerCase();
    if (equals > 0 && !properties.has(key)) properties.set(key, property.slice(equals + 1).toLowerCase());
  }
  return { method: found[1]?.toLowerCase() ?? '', result: found[2]?.toLowerCase() ?? '', properties };
}

/** Removes comments and quoted strings. The sender chooses their content, which may contain `;` and `dmarc=pass`. */
function withoutComments(value: string): string {
  let kept = '';
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at += 1) {
    const char = value.charAt(at);
    if (char === '\\' && (quoted || depth > 0)) at += 1;
    else if (char === '"' && depth === 0) quoted = !quoted;
    else if (quoted) continue;
    else if (char === '(') depth += 1;
    else if (char === ')' && depth > 0) depth -= 1;
    else if (depth === 0) kept += char;
  }
  return kept;
}
