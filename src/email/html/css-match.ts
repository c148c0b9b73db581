// Matches elements with the rules of a style sheet, and merges the declarations of the rules that match. Pure; the work
// per mail is bounded.
import type { Compound, Declarations, Rule } from './css.ts';

export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  classes: ReadonlySet<string>;
  above: Element | undefined;
}

/** The most matching steps for all elements of one body. They take less than a second. */
const MOST_TRIES = 1_000_000;

export interface Sheet {
  /** Returns the declarations that apply to the element, merged by specificity. */
  declarationsFor(element: Element): Declarations;
  /** True if the limit of matching steps was reached. */
  exhausted(): boolean;
}

export function makeSheet(rules: readonly Rule[]): Sheet {
  const byKey = new Map<string, { rule: Rule; order: number }[]>();
  for (const [order, rule] of rules.entries()) {
    const key = keyOf(rule.selector[0]?.compound);
    const known = byKey.get(key);
    if (known) known.push({ rule, order });
    else byKey.set(key, [{ rule, order }]);
  }
  let tries = 0;

  function matches(element: Element, { selector }: Rule): boolean {
    let at: Element | undefined = element;
    for (const [n, { compound, direct }] of selector.entries()) {
      tries += 1;
      if (n > 0) at = at?.above;
      while (at && !fits(at, compound)) {
        tries += 1;
        if (n === 0 || direct) return false;
        at = at.above;
      }
      if (!at) return false;
    }
    return true;
  }

  return {
    declarationsFor(element) {
      const { id } = element.attributes;
      const found: { rule: Rule; order: number }[] = [];
      for (const key of [element.name, '*', id && `#${id}`, ...[...element.classes].map((one) => `.${one}`)])
        for (const one of (key && byKey.get(key)) || []) {
          if (tries > MOST_TRIES) return NONE;
          if (!matches(element, one.rule)) continue;
          found.push(one);
          tries += one.rule.declarations.size;
        }
      if (found.length === 0) return NONE;
      found.sort((a, b) => a.rule.specificity - b.rule.specificity || a.order - b.order);
      return merged(found.map(({ rule }) => rule.declarations));
    },
    exhausted: () => tries > MOST_TRIES,
  };
}

/** Merges declarations. Later ones override earlier ones, except `!important` ones. */
export function merged(all: readonly Declarations[]): Declarations {
  const [only, ...more] = all.filter(({ size }) => size > 0);
  if (!only || more.length === 0) return only ?? NONE;
  const out = new Map(only);
  for (const one of more)
    for (const [name, value] of one) if (one.has(`${name}!`) || !out.has(`${name}!`)) out.set(name, value);
  return out;
}

const NONE: Declarations = new Map();

function keyOf(compound: Compound | undefined): string {
  if (compound?.id) return `#${compound.id}`;
  const [first] = compound?.classes ?? [];
  return first ? `.${first}` : (compound?.tag ?? '*');
}

function fits({ name, attributes, classes }: Element, wanted: Compound): boolean {
  if (wanted.tag && wanted.tag !== name) return false;
  if (wanted.id && wanted.id !== attributes.id) return false;
  return wanted.classes.every((one) => classes.has(one)) && wanted.attributes.every((one) => holds(attributes, one));
}

function holds(attributes: Element['attributes'], { name, sign, value }: Compound['attributes'][number]): boolean {
  const found = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  if (found === undefined) return false;
  switch (sign) {
    case '=':
      return found === value;
    case '~=':
      return found.split(/\s+/).includes(value);
    case '^=':
      return value !== '' && found.startsWith(value);
    case '$=':
      return value !== '' && found.endsWith(value);
    case '*=':
      return value !== '' && found.includes(value);
    case '|=':
      return found === value || found.startsWith(`${value}-`);
    default:
      return true;
  }
}
