// Names are snake_case on the wire, as in candidates.json, and camelCase on the page: translated here, once each way.

// What lies below these is data with names of its own.
const untouched = new Set(['labels', 'replaced', 'structure']);

export const toPage = (value) => rename(value, (name) => name.replaceAll(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase()));
export const toWire = (value) => rename(value, (name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

function rename(value, change) {
  if (Array.isArray(value)) return value.map((item) => rename(item, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [change(name), untouched.has(name) ? item : rename(item, change)]));
}
