// All jobs so far, newest first: searched, opened, repeated, removed.
import { Refusal, Silence, listJobs, removeJob, repeatJob } from './api.js';
import { fill, h, say } from './dom.js';
import { hasEnded } from './job-watch.js';
import { onServerBack } from './offline.js';
import { address, go, note } from './router.js';
import { settingsInWords } from './settings-words.js';
import { formula, percent, symbol, when } from './typeset.js';

const pageSize = 50;
const pause = 200;
const refreshEvery = 4000;

export class HistoryPage {
  #element;
  #search = h('input', { type: 'search', placeholder: 'Formula, element or setting', 'aria-label': 'Search the history', spellcheck: 'false', autocapitalize: 'off' });
  #state = h(
    'select',
    { 'aria-label': 'State' },
    [['', 'every state'], ['running', 'running'], ['waiting', 'waiting'], ['done', 'done'], ['failed', 'failed'], ['cancelled', 'cancelled']].map(
      ([value, text]) => h('option', { value }, text),
    ),
  );
  #list = h('ul.history', { id: 'history' });
  #note = h('p.quiet', { role: 'status' });
  #problem = h('p.problem', { role: 'alert' });
  #more = h('button', { type: 'button', hidden: true, onclick: () => this.#load(this.#next) }, 'Show more');
  #next = null;
  #loading = null;
  #timer = null;
  #shown = new Map();

  constructor(element) {
    this.#element = element;
    element.append(h('h1', {}, 'History'), h('div.filters', {}, this.#search, this.#state), this.#problem, this.#list, this.#note, this.#more);
    let typing = null;
    const changed = () => {
      note({ view: 'history', search: this.#search.value.trim(), state: this.#state.value });
      this.#load(null);
    };
    this.#search.addEventListener('input', () => {
      clearTimeout(typing);
      typing = setTimeout(changed, pause);
    });
    this.#state.addEventListener('change', changed);
    onServerBack(() => !element.hidden && this.#load(null));
  }

  open({ search, state }) {
    this.#search.value = search;
    this.#state.value = state;
    this.#load(null);
  }

  close() {
    this.#loading?.abort();
    clearTimeout(this.#timer);
  }

  async #load(before) {
    this.#loading?.abort();
    clearTimeout(this.#timer);
    const loading = (this.#loading = new AbortController());
    const filter = { search: this.#search.value.trim(), state: this.#state.value, limit: pageSize, before };
    try {
      const { jobs, next } = await listJobs(filter, loading.signal);
      if (loading.signal.aborted) return;
      fill(this.#problem);
      if (before === null) {
        this.#shown.clear();
        fill(this.#list);
      }

      for (const job of jobs) this.#put(job);
      this.#next = next;
      this.#more.hidden = next === null;
      const isFiltered = filter.search || filter.state;
      this.#note.textContent = this.#shown.size > 0 ? '' : isFiltered ? 'Nothing of that kind was predicted.' : 'Nothing was predicted yet.';
      this.#refreshLater();
    } catch (error) {
      if (error.name === 'AbortError') return;
      this.#fail(error);
    }
  }

  /** Jobs that have not ended yet are looked at again. */
  #refreshLater() {
    const isOpen = [...this.#shown.values()].some(({ job }) => !hasEnded(job));
    if (isOpen && !this.#element.hidden) this.#timer = setTimeout(() => this.#refresh(), refreshEvery);
  }

  async #refresh() {
    try {
      const { jobs } = await listJobs({ search: this.#search.value.trim(), state: this.#state.value, limit: pageSize }, this.#loading.signal);
      for (const job of jobs) if (this.#shown.has(job.id)) this.#put(job);
    } catch (error) {
      if (error.name === 'AbortError') return;
      if (!(error instanceof Silence)) this.#fail(error);
    }

    this.#refreshLater();
  }

  #put(job) {
    const shown = this.#shown.get(job.id);
    if (shown && shown.job.state === job.state && shown.job.revision === job.revision) return;
    const row = this.#row(job);
    if (shown) shown.row.replaceWith(row);
    else this.#list.append(row);
    this.#shown.set(job.id, { job, row });
  }

  #row(job) {
    const words = settingsInWords(job.request);
    const button = (text, label, action) =>
      h('button.plain', { type: 'button', 'aria-label': `${label} ${job.formula}`, onclick: (event) => this.#act(event.target, action) }, text);
    return h(
      'li',
      { data: { job: job.id } },
      h(
        'div.history-what',
        {},
        h('a', { href: address({ job: job.id }), 'data-route': true }, formula(job.formula)),
        words && h('span.quiet', {}, words),
      ),
      h('div.history-best', {}, best(job)),
      h('div.history-when', {}, job.state !== 'done' && h(`span.state.${job.state}`, {}, job.state), when(job.created)),
      h(
        'div.history-actions',
        {},
        button('Again', 'Predict again', async () => go({ job: (await repeatJob(job.id)).id })),
        hasEnded(job) && button('Remove', 'Remove', () => this.#remove(job)),
      ),
    );
  }

  async #remove(job) {
    await removeJob(job.id);
    const { row } = this.#shown.get(job.id);
    const neighbour = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    this.#shown.delete(job.id);
    say(`${job.formula} removed`);
    (neighbour?.querySelector('a') ?? this.#search).focus();
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

  #fail(error) {
    if (error instanceof Silence) return;
    if (!(error instanceof Refusal)) console.error(error);
    this.#problem.textContent = error.message;
  }
}

export function best(job) {
  if (job.state === 'failed') return h('span.problem', {}, job.problem ?? 'failed');
  if (!job.best) return h('span.quiet', {}, hasEnded(job) ? 'no crystal' : '');
  return [
    job.best.spaceGroup ? symbol(job.best.spaceGroup.symbol) : h('span.quiet', {}, 'no space group'),
    job.best.probability !== null && h('span.quiet', {}, ` ${percent(job.best.probability)}`),
  ];
}
