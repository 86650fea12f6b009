// The controls below a view: what is drawn, and how.
import { h } from './dom.js';
import { look, onLook, setLook } from './look.js';

const styles = [
  ['balls', 'Ball and stick'],
  ['space', 'Space-filling'],
  ['polyhedra', 'Polyhedra'],
];

let groups = 0;

export function lookControls() {
  const style = segmented('Style', styles, () => look.style, (value) => setLook({ style: value }));
  const colours = choice('Colours', [['jmol', 'Jmol'], ['vesta', 'VESTA']], () => look.colours, (value) => setLook({ colours: value }));
  const cell = choice('Cell', [['conventional', 'conventional'], ['primitive', 'primitive']], () => look.cell, (value) => setLook({ cell: value }));
  return h('div.controls', {}, style, cell, supercell(), colours);
}

function segmented(name, options, get, set) {
  const group = `look-${++groups}`;
  const inputs = options.map(([value]) => h('input.unseen', { type: 'radio', name: group, value, onchange: () => set(value) }));
  const update = () => inputs.forEach((input) => (input.checked = input.value === get()));
  update();
  onLook(update);
  return h(
    'fieldset.segments',
    { 'aria-label': name },
    options.map(([, text], at) => h('label', {}, inputs[at], h('span', {}, text))),
  );
}

function choice(name, options, get, set) {
  const select = h('select', { 'aria-label': name, onchange: () => set(select.value) }, options.map(([value, text]) => h('option', { value }, text)));
  const update = () => (select.value = get());
  update();
  onLook(update);
  return h('label.choice', {}, h('span.quiet', {}, name), select);
}

function supercell() {
  const selects = [0, 1, 2].map((axis) => {
    const select = h(
      'select',
      {
        'aria-label': `Cells along ${'abc'[axis]}`,
        onchange: () => setLook({ supercell: look.supercell.map((n, at) => (at === axis ? Number(select.value) : n)) }),
      },
      [1, 2, 3].map((n) => h('option', { value: n }, n)),
    );
    return select;
  });
  const update = () => selects.forEach((select, axis) => (select.value = look.supercell[axis]));
  update();
  onLook(update);
  return h('span.choice', {}, h('span.quiet', {}, 'Cells'), h('span.supercell', {}, selects[0], '×', selects[1], '×', selects[2]));
}
