// A line of a body, and what it is.
export type LinePart = 'written' | 'quoted' | 'signature';

export interface Line {
  /** Without quote marks. */
  text: string;
  part: LinePart;
  /** How many quotes are around it. */
  depth: number;
  /** Of HTML: the number of the outermost container around it that mail programs put quotes and forwards into; answers may stand there too. */
  box?: number;
  /** Of HTML: a line is drawn right above it. */
  ruled?: true;
}
