// Elements from code. Text is only ever set as text, so that nothing from a file or a formula can become markup.

/** An element: h('a.quiet', { href: './' }, 'text', child). Properties named on… are listeners. */
export function h(description, properties = {}, ...children) {
  const [tag, ...classes] = description.split('.');
  const element = document.createElement(tag || 'div');
  if (classes.length > 0) element.className = classes.join(' ');
  setProperties(element, properties);
  append(element, children);
  return element;
}

/** The same in SVG. */
export function svg(tag, properties = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setProperties(element, properties);
  append(element, children);
  return element;
}

function setProperties(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'data') Object.assign(element.dataset, value);
    else if (value === true) element.setAttribute(name, '');
    else element.setAttribute(name, String(value));
  }
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

/** Puts these children in the place of what the element holds. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Says something to screen readers alone. */
export function say(text) {
  byId('said').textContent = text;
}
