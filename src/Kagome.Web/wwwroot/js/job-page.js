// One prediction: its progress, its crystals, and the one that is looked at.
import { candidateScene, cancelJob, getCandidates, getJob, repeatJob, Refusal, Silence } from './api.js';
import { fill, h, say } from './dom.js';
import { ComparisonPage } from './comparison.js';
import { Downloads } from './downloads.js';
import { candidateFacts, concernList } from './facts.js';
import { asLabelled } from './field-labels.js';
import { countGenerated, howFound } from './how-found.js';
import { JobWatch, hasEnded } from './job-watch.js';
import { onServerBack } from './offline.js';
import { addPanel, Panels } from './panels.js';
import { ProgressLine } from './progress.js';
import { findAgain } from './same-crystal.js';
import { go, note } from './router.js';
import { settingsInWords } from './settings-words.js';
import { CandidateTable } from './table.js';
import { count, formula, symbol } from './typeset.js';
import { lookControls } from './view-controls.js';
import { ViewPanel } from './view-panel.js';

addPanel({
  id: 'structure',
  title: 'Structure',
  draw: (element, { candidate }) => fill(element, concernList(candidate.concerns), candidateFacts(candidate)),
});

export class JobPage {
  #element;
  #changed;
  #id = null;
  #job = null;
  #watch = null;
  #candidates = [];
  #revision = -1;
  #isFetching = false;
  #selected = null;
  #wanted = null;
  #compared = null;
  #viewed = null;
  #isChosenByHand = false;

  #title = h('h1');
  #asked = h('p.quiet.asked');
  #actions = h('p.actions');
  #progress = new ProgressLine();
  #problem = h('p.problem', { role: 'alert' });
  #remarks = h('ul.remarks');
  #table = new CandidateTable((rank) => this.#choose(rank));
  #tableNote = h('p.quiet.table-note');
  #view = new ViewPanel({ id: 'view' });
  #viewTitle = h('h2.view-title');
  #compareWith = h('select', { 'aria-label': 'Compare with another crystal', onchange: () => this.#startComparison() });
  #panels = new Panels();
  #downloads = new Downloads();
  #list;
  #results;
  #comparison = new ComparisonPage();

  /** changed is called with each new state of the job. */
  constructor(element, changed) {
    this.#element = element;
    this.#changed = changed;
    this.#list = h('div.results-list', {}, this.#table.element, this.#tableNote);
    this.#results = h(
      'div.results',
      { hidden: true },
      this.#list,
      h(
        'div.results-view',
        {},
        h('div.view-head', {}, this.#viewTitle, this.#compareWith),
        this.#view.element,
        lookControls(),
        this.#downloads.element,
        this.#panels.element,
      ),
    );
    element.append(
      h('header.job-head', {}, this.#title, this.#asked, this.#progress.element, this.#actions),
      this.#problem,
      this.#results,
      this.#comparison.element,
      this.#remarks,
    );
    onServerBack(() => this.#id && this.#start());
  }

  get job() {
    return this.#job;
  }

  open({ job, candidate, compare }) {
    this.#element.hidden = false;
    this.#wanted = candidate;
    this.#compared = compare;
    if (job === this.#id) return this.#arrange();
    this.close();
    this.#element.hidden = false;
    this.#id = job;
    this.#wanted = candidate;
    this.#compared = compare;
    this.#start();
  }

  /** A job that was just made is shown before the first answer. */
  openNew(job) {
    this.close();
    this.#element.hidden = false;
    this.#id = job.id;
    this.#seen(job);
    this.#follow();
  }

  close() {
    this.#watch?.stop();
    this.#watch = null;
    this.#element.hidden = true;
    this.#id = null;
    this.#job = null;
    this.#candidates = [];
    this.#revision = -1;
    this.#selected = null;
    this.#wanted = null;
    this.#compared = null;
    this.#isChosenByHand = false;
    this.#clearView();
    this.#panels.clear();
    this.#comparison.hide();
    this.#results.hidden = true;
    fill(this.#problem);
    fill(this.#remarks);
    fill(this.#title);
    fill(this.#asked);
    fill(this.#actions);
    this.#progress.clear();
  }

  async #start() {
    const id = this.#id;
    try {
      const job = await getJob(id);
      if (id !== this.#id) return;
      this.#seen(job);
      this.#follow();
    } catch (error) {
      if (id === this.#id) this.#fail(error);
    }
  }

  #follow() {
    this.#watch?.stop();
    this.#watch = null;
    if (this.#job && hasEnded(this.#job)) return;
    this.#watch = new JobWatch(this.#id, (job) => this.#seen(job), (error) => this.#fail(error));
  }

  #fail(error) {
    if (error instanceof Silence) return;
    if (!(error instanceof Refusal)) console.error(error);
    this.#problem.textContent = error.message;
  }

  #seen(job) {
    const before = this.#job;
    this.#job = job;
    fill(this.#problem);
    if (!before || before.state !== job.state) this.#drawHead();
    if (before && before.state !== job.state && hasEnded(job)) say(`${job.formula}: ${job.state}`);
    this.#progress.show(job);
    this.#changed(job);
    if (job.crystals > 0 || job.revision > 0) this.#fetch();
    else this.#note();
    // Remarks stand below the table once there is one.
    (this.#candidates.length > 0 ? this.#list : this.#element).append(this.#remarks);
    fill(this.#remarks, job.remarks.map((remark) => h('li', {}, asLabelled(remark))));
  }

  #drawHead() {
    const job = this.#job;
    fill(this.#title, formula(job.formula));
    const words = settingsInWords(job.request);
    fill(this.#asked, words);
    this.#asked.hidden = words === '';
    const button = (text, action) => h('button', { type: 'button', onclick: (event) => this.#act(event.target, action) }, text);
    fill(
      this.#actions,
      hasEnded(job)
        ? button('Predict again', async () => go({ job: (await repeatJob(job.id)).id }))
        : button('Cancel', async () => this.#seen(await cancelJob(job.id))),
    );
  }

  async #act(button, action) {
    button.disabled = true;
    try {
      await action();
    } catch (error) {
      this.#fail(error);
    } finally {
      button.disabled = false;
    }
  }

  /** Fetches candidates whenever there are newer ones than those shown, one request at a time. */
  async #fetch() {
    if (this.#isFetching) return;
    this.#isFetching = true;
    const id = this.#id;
    try {
      while (id === this.#id && this.#revision < this.#job.revision) {
        const answer = await getCandidates(id);
        if (id !== this.#id) break;
        const isNewer = answer.revision > this.#revision;
        this.#revision = answer.revision;
        if (!isNewer) break;
        this.#take(answer.candidates);
      }
    } catch (error) {
      if (id === this.#id) this.#fail(error);
    } finally {
      this.#isFetching = false;
    }

    if (this.#id && id !== this.#id && this.#job) this.#fetch();
  }

  #take(candidates) {
    const seen = this.#candidates.find((candidate) => candidate.rank === this.#selected);
    const hadSelection = this.#selected !== null;
    const shown = candidates.filter((candidate) => candidate.cell);
    this.#candidates = shown;
    if (shown.length > 0) this.#list.append(this.#remarks);
    this.#table.show(shown, countGenerated(candidates));
    this.#note(candidates);
    if (shown.length === 0) {
      this.#results.hidden = true;
      return;
    }

    if (this.#compared) return this.#arrange();
    this.#results.hidden = false;
    const again = findAgain(shown, seen);
    if (!hadSelection) return this.#arrange();
    // The best crystal is looked at until one is chosen by hand, which is then kept wherever its rank goes.
    const target = (this.#isChosenByHand ? again : null) ?? shown[0];
    this.#select(target.rank);
    if (this.#isChosenByHand) note({ job: this.#id, candidate: target.rank });
  }

  #note(candidates = []) {
    const failed = candidates.filter((candidate) => !candidate.cell);
    const reasons = [...new Set(failed.map((candidate) => candidate.problem).filter(Boolean))];
    fill(this.#tableNote, failed.length > 0 && `${count(failed.length, 'sample')} came to no structure: ${reasons.join(' ')}`);
  }

  /** Shows what the address asks for: a crystal, or two beside each other. */
  #arrange() {
    if (this.#candidates.length === 0) return;
    if (this.#compared) {
      this.#results.hidden = true;
      this.#clearView();
      this.#comparison.show(this.#id, this.#candidates, this.#compared, countGenerated(this.#candidates));
      return;
    }

    this.#comparison.hide();
    this.#results.hidden = false;
    const wanted = this.#candidates.find((candidate) => candidate.rank === this.#wanted);
    if (wanted) this.#isChosenByHand = true;
    const rank = (wanted ?? this.#candidates.find((candidate) => candidate.rank === this.#selected) ?? this.#candidates[0]).rank;
    this.#select(rank);
  }

  #choose(rank) {
    this.#isChosenByHand = true;
    this.#select(rank);
    note({ job: this.#id, candidate: rank });
  }

  #select(rank) {
    this.#selected = rank;
    this.#table.select(rank);
    const candidate = this.#candidates.find((one) => one.rank === rank);
    const job = this.#job;
    this.#downloads.show(job.id, candidate, true);
    this.#offerComparison(rank);
    fill(
      this.#viewTitle,
      h('span.quiet', {}, `${rank} `),
      formula(job.reducedFormula),
      candidate.spaceGroup ? [' ', symbol(candidate.spaceGroup.symbol)] : null,
    );
    this.#panels.show({ job: job.id, candidate });
    // A crystal that is seen already is not turned back.
    if (this.#viewed && this.#viewed.rank === rank && findAgain([candidate], this.#viewed)) return;
    this.#viewed = candidate;
    const name = `${job.reducedFormula}_${rank}`;
    this.#view.show(name, (options, signal) => candidateScene(job.id, rank, options, signal));
  }

  #clearView() {
    this.#view.clear();
    this.#viewed = null;
  }

  #offerComparison(rank) {
    const others = this.#candidates.filter((candidate) => candidate.rank !== rank);
    this.#compareWith.hidden = others.length === 0;
    fill(
      this.#compareWith,
      h('option', { value: '' }, 'Compare with …'),
      others.map((candidate) =>
        h('option', { value: candidate.rank }, `${candidate.rank}: ${candidate.spaceGroup?.symbol ?? 'no space group'}, ${howFound(candidate, 0).textContent}`),
      ),
    );
  }

  #startComparison() {
    const other = this.#compareWith.value;
    if (other) go({ job: this.#id, compare: `${this.#selected},${other}` });
  }
}
