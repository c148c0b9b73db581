// A digest as it stands in Slack. It is stored as a body, so that its posts can be updated: what was settled loses its
// buttons, and what was erased its words. Pure.

/** An open item, and the pod to which it belongs. */
export interface Item {
  need: string;
  pod: string;
}

export interface Line {
  /** Markdown. */
  text: string;
  /** The open item of the line. In Slack its buttons stand below. */
  item?: Item;
  /** The ids of the documents whose words the line repeats. */
  about?: string[];
  /** These words were erased. */
  erased?: true;
}

/** A section of a digest's text: a heading and a few lines. */
export interface Section {
  title: string;
  url?: string;
  lines: Line[];
  /** Its lines are what waits for the reader. */
  waits?: true;
}

export interface SentDigest {
  /** The reader's local date, as YYYY-MM-DD. */
  today: string;
  /** When the digests come, as HH:MM. */
  time: string;
  zone: string;
  sections: Section[];
  /** True if the news stands in posts of its own, because it did not fit beside what waits. */
  apart: boolean;
}

/** The documents whose words the sections repeat. */
export function repeated(sections: readonly Section[]): string[] {
  return [...new Set(sections.flatMap(({ lines }) => lines.flatMap(({ about = [] }) => about)))];
}

/** Removes the lines that repeat the words of this document. One line in their place says that something was erased. */
export function without(digest: SentDigest, id: string): SentDigest {
  const sections = digest.sections.map((section) => {
    const lines = section.lines.map((line): Line => (line.about?.includes(id) ? { text: '', erased: true } : line));
    const first = lines.findIndex(({ erased }) => erased);
    return { ...section, lines: lines.filter(({ erased }, n) => !erased || n === first) };
  });
  return { ...digest, sections };
}
