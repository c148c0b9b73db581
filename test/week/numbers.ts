// Reads the numbers of the command line.

/** Throws where it is no whole number from 1 on. */
export function readNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`${name} is “${text}”; it is a whole number from 1 on.`);
  return Number(text);
}
