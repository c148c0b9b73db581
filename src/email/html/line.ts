// A line of a body, and its kind: written, quoted or signature.
export type LinePart = 'written' | 'quoted' | 'signature';

export interface Line {
  /** The text, without quote marks. */
  text: string;
  part: LinePart;
  /** The number of quotes around the line. */
  depth: number;
  /**
   * Only for HTML: the number of the outermost container in which mail programs put quotes and forwards. The container
   * may contain answers too.
   */
  box?: number;
  /** Only for HTML: set if a horizontal line is drawn directly above the line. */
  ruled?: true;
}
