// A line of a body: written, quoted or signature.
export type LinePart = 'written' | 'quoted' | 'signature';

export interface Line {
  /** Without quote marks. */
  text: string;
  part: LinePart;
  /** The number of quotes around it. */
  depth: number;
  /** HTML only: the number of the outermost container in which mail programs put quotes and forwards. It may contain answers too. */
  box?: number;
  /** HTML only: a horizontal line is drawn right above it. */
  ruled?: true;
}
