// How crystals are looked at: the same in every view of the page, and again next time.

const key = 'kagome.look';
const choices = {
  style: ['balls', 'space', 'polyhedra'],
  colours: ['jmol', 'vesta'],
  cell: ['conventional', 'primitive'],
};
const changes = new EventTarget();

export const look = { style: 'balls', colours: 'jmol', cell: 'conventional', supercell: [1, 1, 1], ...saved() };

function saved() {
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? '{}');
    return Object.fromEntries(Object.entries(choices).filter(([name, values]) => values.includes(stored[name])).map(([name]) => [name, stored[name]]));
  } catch {
    return {};
  }
}

export function setLook(change) {
  Object.assign(look, change);
  try {
    const { style, colours, cell } = look;
    localStorage.setItem(key, JSON.stringify({ style, colours, cell }));
  } catch {
    // Private windows keep nothing.
  }

  changes.dispatchEvent(Object.assign(new Event('change'), { change }));
}

/** Calls back with what has changed. */
export function onLook(callback) {
  changes.addEventListener('change', (event) => callback(event.change));
}
