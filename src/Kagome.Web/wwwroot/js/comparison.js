// Two crystals beside each other, turned together.
import { candidateScene, compare, Refusal, Silence } from './api.js';
import { fill, h } from './dom.js';
import { energyText, facts, groupText, cellLines, wyckoffList } from './facts.js';
import { howFound } from './how-found.js';
import { address, go } from './router.js';
import { fixed, formula, percent } from './typeset.js';
import { lookControls } from './view-controls.js';
import { ViewPanel } from './view-panel.js';

export class ComparisonPage {
  element = h('section.comparison', { id: 'comparison', hidden: true, 'aria-label': 'Comparison' });
  #sides = null;
  #verdict = h('p.verdict', { role: 'status' });
  #back = h('a.back', { 'data-route': true });
  #job = null;
  #ranks = [];
  #running = null;
  #isTurning = false;

  show(job, candidates, ranks, generated) {
    const isNew = this.#job !== job || this.element.hidden || ranks.some((rank, at) => rank !== this.#ranks[at]);
    this.#sides ??= this.#build();
    this.element.hidden = false;
    this.#job = job;
    this.#ranks = ranks;
    this.#back.href = address({ job, candidate: ranks[0] });
    fill(this.#back, '← All candidates');
    this.#sides.forEach((side, at) => {
      const candidate = candidates.find((one) => one.rank === ranks[at]);
      fill(
        side.select,
        candidates.map((one) => h('option', { value: one.rank, selected: one.rank === ranks[at] }, `${one.rank}: ${one.spaceGroup?.symbol ?? 'no space group'}`)),
      );
      if (!candidate) {
        side.select.prepend(h('option', { value: '', selected: true }, `${ranks[at]}: not there`));
        side.view.clear();
        fill(side.facts);
        return;
      }

      fill(side.facts, sideFacts(candidate, generated));
      if (isNew) side.view.show(`${candidate.composition}_${candidate.rank}`, (options, signal) => candidateScene(job, candidate.rank, options, signal));
    });
    if (isNew) this.#judge();
  }

  hide() {
    this.element.hidden = true;
    this.#running?.abort();
    this.#sides?.forEach((side) => side.view.clear());
  }

  #build() {
    const sides = [0, 1].map((at) => {
      const view = new ViewPanel();
      const select = h('select', { 'aria-label': at === 0 ? 'First crystal' : 'Second crystal' });
      select.addEventListener('change', () => {
        const ranks = this.#ranks.with(at, Number(select.value));
        go({ job: this.#job, compare: ranks.join(',') });
      });
      return { view, select, facts: h('div') };
    });
    sides.forEach((side, at) => {
      const other = sides[1 - at];
      side.view.view.onTurn = (view) => {
        if (this.#isTurning) return;
        this.#isTurning = true;
        other.view.view.turnTo(view.slice(4, 8), side.view.view.zoomFactor);
        this.#isTurning = false;
      };
    });
    fill(
      this.element,
      h('div.comparison-head', {}, this.#back, this.#verdict),
      h('div.sides', {}, sides.map((side) => h('div.side', {}, side.select, side.view.element))),
      lookControls(),
      h('div.sides', {}, sides.map((side) => side.facts)),
    );
    return sides;
  }

  async #judge() {
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    fill(this.#verdict, h('span.quiet', {}, 'Comparing …'));
    this.#verdict.classList.remove('problem');
    try {
      const answer = await compare(this.#job, ...this.#ranks, running.signal);
      fill(this.#verdict, h('b', {}, answer.verdict), answer.rms !== null && h('span.quiet', {}, ` ${distances(answer)}`));
    } catch (error) {
      if (error.name === 'AbortError') return;
      this.#verdict.classList.toggle('problem', error instanceof Refusal);
      fill(this.#verdict, error instanceof Silence ? '' : error.message);
    }
  }
}

function distances({ rms, largestDistance }) {
  const largest = largestDistance === null ? '' : `, largest ${fixed(largestDistance, 4)}`;
  return `RMS ${fixed(rms, 4)}${largest}, in units of the mean distance (V/n)^⅓.`;
}

function sideFacts(candidate, generated) {
  return facts([
    ['Space group', groupText(candidate.spaceGroup) ?? 'none found'],
    ['Cell', cellLines(candidate.cell)],
    ['Content', h('span', {}, formula(candidate.composition.replaceAll(' ', '')), h('span.quiet', {}, `, Z = ${candidate.formulaUnits}`))],
    ['Wyckoff positions', wyckoffList(candidate.spaceGroup)],
    ['How found', howFound(candidate, generated)],
    ['Probability', candidate.probability === null ? null : percent(candidate.probability)],
    ['Energy above hull', energyText(candidate.energyAboveHull, candidate.concerns)],
    ['Volume', `${fixed(candidate.volumePerAtom, 2)} Å³/atom`],
    ['Density', `${fixed(candidate.density, 2)} g/cm³`],
  ]);
}
