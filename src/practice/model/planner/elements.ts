// Parses the elements in a transcript, such as `<message from="…">…</message>`. Accepts any other text between them.

export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** The text inside the element, including its markup. */
  body: string;
}

const element = /<([a-z][\w-]*)((?:\s+[\w:-]+="[^"]*")*)\s*(?:\/>|>([\s\S]*?)<\/\1>)/gi;
const attribute = /([\w:-]+)="([^"]*)"/g;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** Returns the outermost elements in order, and the text around them. */
export function readElements(text: string): { elements: Element[]; rest: string } {
  const elements = [...text.matchAll(element)].map(([, name = '', attributes = '', body = '']) => ({
    name: name.toLowerCase(),
    attributes: Object.fromEntries(
      [...attributes.matchAll(attribute)].map(([, key = '', value = '']) => [key, unescapeText(value)]),
    ),
    body,
  }));
  return { elements, rest: text.replace(element, ' ').trim() };
}

export function unescapeText(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (whole, name: string) => entities[name] ?? whole);
}
