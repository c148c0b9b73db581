// The log of the program: a fixed phrase and fields, one line each; no bodies, addresses or tokens.
export type Fields = Readonly<Record<string, unknown>>;

export interface Log {
  info(phrase: string, fields?: Fields): void;
  warn(phrase: string, fields?: Fields): void;
  error(phrase: string, fields?: Fields): void;
}

export function makeLog(write: (line: string) => void, clock: () => number): Log {
  const line =
    (level: string) =>
    (phrase: string, fields: Fields = {}) => {
      const told = Object.entries(fields)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      write([new Date(clock()).toISOString(), level, phrase, ...told].join(' '));
    };
  return { info: line('info'), warn: line('warn'), error: line('error') };
}
