// Runs in the page that is looked at: faults of its structure and of its contrast, each as a sentence.

// biome-ignore lint/correctness/noUnusedVariables: called by the audit that evaluates this file
async function faultsSeen() {
  // An animation that is under way would be measured halfway.
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})));
  return [...structureFaults(), ...contrastFaults()];
}

function structureFaults() {
  const told = (element) => `<${element.tagName.toLowerCase()} id="${element.id}" class="${element.className}">`;
  const all = [...document.querySelectorAll('*')];
  const shown = all.filter((element) => element.checkVisibility());
  const ids = all.map(({ id }) => id).filter(Boolean);
  const known = new Set(ids);
  const faults = [];
  for (const id of known) if (ids.filter((one) => one === id).length > 1) faults.push(`the id ${id} stands twice`);
  for (const element of shown)
    for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for', 'list'])
      for (const id of (element.getAttribute(name) ?? '').split(/\s+/).filter(Boolean))
        if (!known.has(id)) faults.push(`${told(element)} refers by ${name} to ${id}, which is not there`);
  const parents = { tab: '[role=tablist]', li: 'ul, ol', option: 'select, datalist' };
  for (const [part, whole] of Object.entries(parents))
    for (const element of document.querySelectorAll(`${part === 'tab' ? '[role=tab]' : part}`))
      if (!element.parentElement?.closest(whole)) faults.push(`${told(element)} stands outside ${whole}`);
  for (const list of document.querySelectorAll('ul, ol'))
    for (const child of list.children) if (child.tagName !== 'LI') faults.push(`${told(list)} holds ${told(child)}`);
  for (const element of shown) {
    if (Number(element.getAttribute('tabindex') ?? 0) > 0) faults.push(`${told(element)} has a tabindex above 0`);
    const nested =
      element.matches('button, a[href], summary') && element.querySelector('button, a[href], input, select');
    if (nested) faults.push(`${told(element)} holds ${told(nested)}, a control within a control`);
    const scrolls =
      element.scrollHeight > element.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(element).overflowY);
    const reached =
      element.matches('[tabindex], textarea, select') || element.querySelector('button, a[href], input, [tabindex]');
    if (scrolls && !reached) faults.push(`${told(element)} scrolls, and no key reaches it`);
  }
  if (document.querySelectorAll('main').length !== 1) faults.push('there is not one main');
  let level = 0;
  for (const heading of shown.filter((element) => /^H[1-6]$/.test(element.tagName))) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1 && level > 0)
      faults.push(`the heading “${heading.textContent}” leaps from ${level} to ${next}`);
    level = next;
  }
  return faults;
}

/** Every text that is seen, against what lies behind it. */
function contrastFaults() {
  const read = (text) => {
    const srgb = /^color\(srgb/.test(text) ? 255 : 1;
    const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+(?:e-\d+)?/g) ?? []).map(Number);
    return [r * srgb, g * srgb, b * srgb, a];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const light = ([r, g, b]) => {
    const linear = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  const behind = (element) => {
    if (element === null) return [255, 255, 255, 1];
    const style = getComputedStyle(element);
    const own = read(style.backgroundColor);
    return own[3] >= 1 ? own : over(own, behind(element.parentElement));
  };
  const faults = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (!element || !/[\p{L}\p{N}]/u.test(text) || !element.checkVisibility({ opacityProperty: true })) continue;
    if (element.closest('[aria-hidden=true], .visually-hidden, option, :disabled')) continue;
    const style = getComputedStyle(element);
    const back = behind(element);
    const [a, b] = [light(over(read(style.color), back)), light(back)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5))
      faults.push(
        `“${text.slice(0, 40)}” has a contrast of ${ratio.toFixed(2)} (${style.color} on ${back.map(Math.round)})`,
      );
  }
  return faults;
}
