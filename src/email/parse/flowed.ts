// Converts format=flowed text (RFC 3676) to one line per paragraph, with quotes marked by `>`. Pure, linear.

interface Flowing {
  depth: number;
  pieces: string[];
}

/** Converts the text. `delSp`: true if the space at the end of a flowed line is not part of the text. */
export function unflow(text: string, delSp: boolean): string {
  const lines: string[] = [];
  let open: Flowing | undefined;
  const close = () => {
    if (open) lines.push(`${'>'.repeat(open.depth)}${shown(open)}`);
    open = undefined;
  };
  for (const line of text.split('\n')) {
    const { depth, content } = read(line);
    // RFC 3676 section 4.3: a signature separator never flows. Section 4.5: lines of another quote depth are another
    // paragraph.
    const isSignature = content === '-- ';
    if (open && (open.depth !== depth || isSignature)) close();
    const flows = content.endsWith(' ') && !isSignature;
    open ??= { depth, pieces: [] };
    open.pieces.push(flows && delSp ? content.slice(0, -1) : content);
    if (!flows) close();
  }
  close();
  return lines.join('\n');
}

/**
 * RFC 3676 section 4.5: counts the quote marks, then removes one stuffed space. Some programs write `> >` for a deeper
 * quote.
 */
function read(line: string): { depth: number; content: string } {
  let depth = 0;
  let at = 0;
  while (line[at] === '>' || (depth > 0 && line[at] === ' ' && line[at + 1] === '>')) {
    if (line[at] === '>') depth += 1;
    at += 1;
  }
  const rest = line.slice(at);
  return { depth, content: rest.startsWith(' ') ? rest.slice(1) : rest };
}

function shown({ depth, pieces }: Flowing): string {
  const content = pieces.join('');
  if (depth > 0) return content === '' ? '' : ` ${content}`;
  // Indents text that begins with `>`, so that it does not look like a quote.
  return content.startsWith('>') ? `  ${content}` : content;
}
