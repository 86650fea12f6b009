// The form that asks for a prediction.
import { Refusal, Silence, startJob } from './api.js';
import { byId, fill } from './dom.js';
import { asLabelled } from './field-labels.js';
import { watchFormula } from './formula-check.js';
import { settingsInWords } from './settings-words.js';

export class PredictForm {
  #form = byId('predict');
  #input = byId('formula');
  #problem = byId('problem');
  #check;
  #started;

  constructor(started) {
    this.#started = started;
    const fields = this.#form.elements;
    this.#check = watchFormula(this.#input, () => Number(fields.maxAtoms.value) || null);
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#form.addEventListener('input', () => {
      fill(this.#problem);
      this.#summarise();
    });
    this.#form.addEventListener('reset', (event) => {
      event.preventDefault();
      this.settings = {};
    });
    fields.maxAtoms.addEventListener('input', () => this.#check.check());
  }

  focus() {
    this.#input.focus({ preventScroll: true });
  }

  get formula() {
    return this.#input.value;
  }

  set formula(text) {
    this.#input.value = text;
    fill(this.#problem);
    if (text) this.#check.check();
    else this.#check.clear();
  }

  limits({ samples, atoms, formulaLength }) {
    const fields = this.#form.elements;
    if (samples) fields.samples.max = samples;
    if (atoms) fields.maxAtoms.max = atoms;
    if (formulaLength) this.#input.maxLength = formulaLength;
  }

  /** As in the body of api/jobs, without the formula. */
  get settings() {
    const fields = this.#form.elements;
    const number = (name) => (fields[name].value === '' ? null : Number(fields[name].value));
    const parts = (name, between) => fields[name].value.split(between).map((part) => part.trim()).filter(Boolean);
    return {
      candidates: fields.candidates.value,
      samples: number('samples'),
      temperature: number('temperature'),
      seed: number('seed'),
      formulaUnits: parts('formulaUnits', /[\s,;]+/).map(Number),
      maxAtoms: number('maxAtoms'),
      spaceGroups: parts('spaceGroups', /[,;]+/),
      crystalSystems: parts('crystalSystems', /[,;]+/),
      relax: fields.relax.checked,
    };
  }

  set settings(request) {
    const fields = this.#form.elements;
    fields.candidates.value = request.candidates ?? 'both';
    for (const name of ['samples', 'temperature', 'seed', 'maxAtoms']) fields[name].value = request[name] ?? '';
    for (const name of ['formulaUnits', 'spaceGroups']) fields[name].value = (request[name] ?? []).join(', ');
    fields.crystalSystems.value = request.crystalSystems?.[0] ?? '';
    fields.relax.checked = request.relax ?? false;
    this.#summarise();
  }

  #summarise() {
    fill(byId('settings-summary'), settingsInWords(this.settings));
  }

  async #submit() {
    const formula = this.#input.value.trim();
    fill(this.#problem);
    if (formula === '') return this.#refuse('Type a formula first, for example SrTiO3.', this.#input);
    const settings = this.settings;
    if (settings.formulaUnits.some((units) => !Number.isInteger(units) || units < 1)) {
      byId('settings').open = true;
      return this.#refuse('Formula units a cell are whole numbers such as 2, 4.', this.#form.elements.formulaUnits);
    }

    const button = this.#form.querySelector('button[type=submit]');
    button.disabled = true;
    try {
      const job = await startJob({ formula, ...settings });
      if (matchMedia('(pointer: coarse)').matches) this.#input.blur(); // the screen's keyboard goes
      this.#started(job);
    } catch (error) {
      if (error instanceof Refusal) this.#refuse(asLabelled(error.message), this.#input);
      else if (!(error instanceof Silence)) throw error;
    } finally {
      button.disabled = false;
    }
  }

  #refuse(sentence, field) {
    this.#check.clear();
    this.#problem.textContent = sentence;
    field.focus();
  }
}
