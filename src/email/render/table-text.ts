// Renders a table as plain text: in columns if they fit a mail's width, otherwise each row as several lines. Pure.

/** The longest line that a mail should have (RFC 5322 section 2.1.1). */
const WIDTH = 78;
const GAP = '  ';

/** Renders the table. The first row is the header. */
export function tableText(rows: readonly (readonly string[])[], columns: readonly ('left' | 'right')[]): string {
  const [head = [], ...body] = rows;
  const widths = columns.map((_, n) => Math.max(1, ...rows.map((row) => [...(row[n] ?? '')].length)));
  const width = widths.reduce((sum, one) => sum + one, GAP.length * (widths.length - 1));
  if (width > WIDTH && body.length) return body.map((row) => rowAsLines(head, row)).join('\n\n');
  const line = (row: readonly string[]) =>
    widths
      .map((most, n) => filled(row[n] ?? '', most, columns[n]))
      .join(GAP)
      .trimEnd();
  return [line(head), widths.map((most) => '-'.repeat(most)).join(GAP), ...body.map(line)].join('\n');
}

function filled(cell: string, width: number, side: 'left' | 'right' | undefined): string {
  const room = ' '.repeat(Math.max(0, width - [...cell].length));
  return side === 'right' ? `${room}${cell}` : `${cell}${room}`;
}

function rowAsLines(head: readonly string[], row: readonly string[]): string {
  return row
    .map((cell, n) => (head[n] ? `${head[n]}: ${cell}` : cell).trim())
    .filter((line) => line !== '')
    .join('\n');
}
