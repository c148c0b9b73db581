// A line of a body, and what it is.
export type LinePart = 'written' | 'quoted' | 'signature';

export interface Line {
  /** Without quote marks. */
  text: string;
  part: LinePart;
  /** How many quotes are around it. */
  depth: number;
  /** HTML only: the number of the outermost container around the line in which mail programs put quotes and forwards. Answers may stand in it too. */
  box?: number;
  /** HTML only: a horizontal line is drawn right above it. */
  ruled?: true;
}
