// Where this room writes what happened: a fixed phrase plus fields, never bodies, addresses or tokens.

export type Fields = Readonly<Record<string, string | number | boolean>>;

/** What the room needs of a logger. */
export interface Log {
  info(phrase: string, fields?: Fields): void;
  warn(phrase: string, fields?: Fields): void;
  error(phrase: string, fields?: Fields): void;
}
