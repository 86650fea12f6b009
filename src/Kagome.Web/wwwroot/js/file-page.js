// A structure file of one's own: seen, described, and looked for among the predictions.
import { Refusal, Silence, readFile, structureScene } from './api.js';
import { fill, h } from './dom.js';
import { cellLines, concernList, energyText, facts, groupText, wyckoffList } from './facts.js';
import { address } from './router.js';
import { count, fixed, formula } from './typeset.js';
import { lookControls } from './view-controls.js';
import { ViewPanel } from './view-panel.js';

const kinds = '.cif,.mcif,.vasp,.poscar,.contcar,.xyz,.extxyz,.json,POSCAR,CONTCAR';

export class FilePage {
  #element;
  #input = h('input.unseen', { id: 'file', type: 'file', 'aria-describedby': 'file-kinds' });
  #problem = h('p.problem', { role: 'alert' });
  #title = h('h2.file-title');
  #choice = h('select', { 'aria-label': 'Structure of the file', hidden: true, onchange: () => this.#select(Number(this.#choice.value)) });
  #view = new ViewPanel({ id: 'file-view' });
  #facts = h('div');
  #found = h('div.found', { 'aria-live': 'polite' });
  #answer = h('div.results', { hidden: true });
  #structures = [];

  constructor(element) {
    this.#element = element;
    this.#input.accept = kinds;
    this.#input.addEventListener('change', () => {
      if (this.#input.files[0]) this.read(this.#input.files[0]);
      this.#input.value = '';
    });
    this.#answer.append(
      h('div.results-view', {}, this.#view.element, lookControls()),
      h('div.results-list', {}, h('div.view-head', {}, this.#title, this.#choice), this.#found, this.#facts),
    );
    element.append(
      h('h1.unseen', {}, 'Look at a file'),
      h(
        'label.chooser',
        {},
        this.#input,
        h('span.chooser-text', {}, h('b', {}, 'Choose a structure file'), ' or drop it anywhere on the page'),
        h('span.quiet', { id: 'file-kinds' }, 'CIF, POSCAR, extended XYZ or pymatgen JSON'),
      ),
      this.#problem,
      this.#answer,
    );
  }

  async read(file) {
    fill(this.#problem);
    this.#element.setAttribute('aria-busy', 'true');
    try {
      const answer = await readFile(file);
      this.#structures = answer.structures;
      if (answer.structures.length === 0) throw new Refusal(422, `There is no structure in ${file.name}.`);
      this.#offer(answer);
      this.#answer.hidden = false;
      this.#element.classList.add('has-answer');
      this.#select(0);
    } catch (error) {
      this.#answer.hidden = true;
      this.#element.classList.remove('has-answer');
      this.#view.clear();
      if (!(error instanceof Refusal || error instanceof Silence)) console.error(error);
      this.#problem.textContent = `${file.name}: ${error.message}`;
    } finally {
      this.#element.removeAttribute('aria-busy');
    }
  }

  #offer({ structures, total }) {
    this.#choice.hidden = structures.length < 2;
    const more = total > structures.length ? h('option', { disabled: true }, `${count(total - structures.length, 'more structure')} not shown`) : null;
    fill(this.#choice, structures.map(({ description }, at) => h('option', { value: at }, `${at + 1}: ${description.id || description.formula}`)), more);
  }

  #select(at) {
    const shown = this.#structures[at];
    const { description } = shown;
    fill(this.#title, formula(description.reducedFormula));
    fill(this.#found, matches(shown));
    fill(this.#facts, concernList(shown.concerns), describe(shown), remarks(description));
    this.#view.show(description.reducedFormula, (options, signal) => structureScene(shown.structure, options, signal));
  }
}

function matches({ description, matches: found, predicted }) {
  if (found.length === 0) {
    const among = predicted > 0 ? `None of ${count(predicted, 'finished prediction')} of ` : 'Nothing was predicted yet for ';
    return h(
      'p',
      {},
      among,
      formula(description.reducedFormula),
      predicted > 0 ? ' is this crystal. ' : '. ',
      h('a', { href: address({ formula: description.reducedFormula }), 'data-route': true }, predicted > 0 ? 'Predict it again' : 'Predict it'),
    );
  }

  return [
    h('p', {}, h('b', {}, 'This crystal was predicted:')),
    h(
      'ul',
      {},
      found.map((match) =>
        h(
          'li',
          {},
          h('a', { href: address({ job: match.job, candidate: match.rank }), 'data-route': true }, formula(match.formula), `, rank ${match.rank}`),
          match.rms !== null && h('span.quiet', {}, `, RMS ${fixed(match.rms, 4)}`),
        ),
      ),
    ),
  ];
}

function describe({ description, energyAboveHull, concerns }) {
  const labels = Object.entries(description.labels ?? {});
  return facts([
    ['Validity', description.valid ? 'valid' : h('span.problem', {}, description.problem ?? 'not valid')],
    ['Space group', groupText(description.spaceGroup) ?? description.spaceGroupUntried ?? 'none found'],
    ['Tolerance', description.spaceGroup && description.symprec ? `${description.symprec} Å` : null],
    ['Cell', cellLines(description.cell)],
    ['Content', h('span', {}, formula(description.formula), h('span.quiet', {}, `, ${count(description.atoms, 'atom')}, Z = ${description.formulaUnits}`))],
    ['Wyckoff positions', wyckoffList(description.spaceGroup)],
    ['Energy above hull', energyText(energyAboveHull, concerns)],
    ['Volume', `${fixed(description.volumePerAtom, 2)} Å³/atom`],
    ['Density', `${fixed(description.density, 2)} g/cm³`],
    ['Shortest distance', description.shortestDistance === null ? null : `${fixed(description.shortestDistance, 2)} Å`],
    ['Handedness', description.handedness && description.handedness !== 'right' ? `${description.handedness}-handed vectors` : null],
    ['Name', description.id || null],
    ['Labels', labels.length > 0 ? labels.map(([name, value]) => `${name} ${value}`).join(', ') : null],
  ]);
}

const remarks = ({ remarks: list }) => list?.length > 0 && h('ul.remarks', {}, list.map((remark) => h('li', {}, remark)));
