// How far a job is.
import { fill, h } from './dom.js';
import { asLabelled } from './field-labels.js';
import { count, duration } from './typeset.js';

export class ProgressLine {
  element = h('div.progress', { id: 'progress', 'aria-live': 'off' });
  #bar = h('div.bar-fill');
  #track = h('div.bar-track', { role: 'progressbar', 'aria-label': 'Progress', 'aria-valuemin': 0, 'aria-valuemax': 100 }, this.#bar);
  #text = h('p.progress-text');

  constructor() {
    this.element.append(this.#text, this.#track);
  }

  clear() {
    delete this.element.dataset.state;
    this.#bar.style.transform = 'scaleX(0)';
    fill(this.#text);
  }

  show(job) {
    const { progress } = job;
    const isRunning = job.state === 'running';
    const share = progress?.total > 0 ? Math.min(1, progress.done / progress.total) : null;
    this.element.dataset.state = job.state;
    this.#track.classList.toggle('unknown', isRunning && share === null);
    this.#bar.style.transform = `scaleX(${share ?? 0})`;
    if (share === null) this.#track.removeAttribute('aria-valuenow');
    else this.#track.setAttribute('aria-valuenow', Math.round(100 * share));
    fill(this.#text, sentence(job));
  }
}

function sentence(job) {
  const crystals = job.crystals > 0 ? count(job.crystals, 'different crystal') : 'no crystals';
  switch (job.state) {
    case 'waiting':
      return job.place === null ? 'Waiting' : job.place === 1 ? 'Waiting; it is next' : `Waiting; number ${job.place} in the queue`;
    case 'running':
      return running(job);
    case 'done':
      return `Done${tookText(job)}; ${crystals}`;
    case 'cancelled':
      return `Cancelled; ${crystals} so far`;
    default:
      return h('span.problem', {}, asLabelled(job.problem ?? 'It failed.'));
  }
}

function running({ progress, crystals }) {
  const parts = [];
  if (progress?.total > 0) {
    parts.push(`${percent(progress)} %`);
    if (progress.secondsLeft !== null) parts.push(`${duration(progress.secondsLeft)} left`);
    if (progress.perSecond > 0) parts.push(`${Math.round(progress.perSecond).toLocaleString('en')} ${progress.unit} a second`);
  } else {
    parts.push('Looking at known structure types');
  }

  if (crystals > 0) parts.push(`${count(crystals, 'crystal')} so far`);
  return parts.join(' · ');
}

const percent = ({ done, total }) => Math.floor((100 * Math.min(done, total)) / total);

function tookText({ started, finished }) {
  if (!started || !finished) return '';
  return ` in ${duration((new Date(finished) - new Date(started)) / 1000)}`;
}
