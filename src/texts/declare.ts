// Declares one part of a text: the names of its fields, and whether it has several lines.

export interface Part<F extends string = string> {
  fields: readonly F[];
  /** True if a value may have several lines. */
  lines: boolean;
}

/** Declares a part of one line: a subject, a label, an item of a list. */
export function line<const F extends string = never>(...fields: F[]): Part<NoInfer<F>> {
  return { fields, lines: false };
}

/** Declares a part of one or more lines. */
export function lines<const F extends string = never>(...fields: F[]): Part<NoInfer<F>> {
  return { fields, lines: true };
}

/** Declares parts of one line that have no fields, such as the labels of buttons. */
export function bare<const N extends string>(...names: N[]): Record<N, Part<never>> {
  return Object.fromEntries(names.map((name) => [name, line()])) as Record<N, Part<never>>;
}
