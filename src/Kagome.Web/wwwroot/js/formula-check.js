// Reads the formula while it is typed, and says what was understood or what is wrong.
import { Refusal, readFormula } from './api.js';
import { byId, fill, h } from './dom.js';
import { asLabelled } from './field-labels.js';
import { count, formula } from './typeset.js';

const pause = 250;

export function watchFormula(input, maxAtoms) {
  const line = byId('formula-says');
  let timer = null;
  let running = null;

  async function check() {
    running?.abort();
    const text = input.value.trim();
    if (text === '') return show(false);
    running = new AbortController();
    const { signal } = running;
    try {
      const reading = await readFormula(text, maxAtoms(), signal);
      if (!signal.aborted) show(false, understood(reading));
    } catch (error) {
      if (!signal.aborted && error instanceof Refusal) show(error.status !== 401, asLabelled(error.message));
    }
  }

  function show(isWrong, ...children) {
    fill(line, ...children);
    line.classList.toggle('wrong', isWrong);
    if (isWrong) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  }

  function later() {
    running?.abort();
    clearTimeout(timer);
    timer = setTimeout(check, pause);
  }

  input.addEventListener('input', later);
  return { check: later, clear: () => (clearTimeout(timer), running?.abort(), show(false)) };
}

function understood(reading) {
  const place = ({ symbol }) => reading.formula.search(new RegExp(`${symbol}(?![a-z])`));
  const elements = reading.elements.toSorted((one, other) => place(one) - place(other));
  const parts = [h('span', {}, formula(reading.formula), ': ', elements.map(({ symbol, count: n }) => `${n} ${symbol}`).join(', '))];
  const cells = reading.cells.map((cell) => cell.atoms);
  if (cells.length > 0) {
    const units = reading.cells.map((cell) => cell.formulaUnits).join(', ');
    const last = cells.length > 1 ? `${cells.slice(0, -1).join(', ')} or ${cells.at(-1)}` : `${cells[0]}`;
    const atoms = cells.length === 1 ? count(cells[0], 'atom') : `${last} atoms`;
    parts.push(h('span.quiet', {}, `Plausible cells have ${atoms} `, h('span.whole', {}, `(Z = ${units})`)));
  }

  for (const remark of reading.remarks) parts.push(h('span.quiet.remark', {}, asLabelled(remark)));
  return parts;
}
