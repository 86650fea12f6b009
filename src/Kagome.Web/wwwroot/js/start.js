// What stands below an empty form: what to try, and what was asked last.
import { listJobs } from './api.js';
import { fill, h } from './dom.js';
import { best } from './history-page.js';
import { address } from './router.js';
import { formula, when } from './typeset.js';

const examples = ['NaCl', 'SrTiO3', 'TiO2', 'LiFePO4', 'MgB2'];
const mostRecent = 5;

export class StartPage {
  #element;
  #recent = h('div.recent');

  constructor(element, tryFormula) {
    this.#element = element;
    element.append(
      h('h1.unseen', {}, 'Predict crystal structures'),
      h('p.lead', {}, 'Type a formula: Kagome proposes crystals for it, from known structure types and from a generator, ranked by how likely each is.'),
      h(
        'p.examples',
        {},
        h('span.quiet', {}, 'For example'),
        examples.map((text) => h('button.example', { type: 'button', 'aria-label': text, onclick: () => tryFormula(text) }, formula(text))),
      ),
      this.#recent,
    );
  }

  async open() {
    this.#element.hidden = false;
    try {
      const { jobs } = await listJobs({ limit: mostRecent });
      fill(
        this.#recent,
        jobs.length > 0 && [
          h('h2', {}, 'Lately'),
          h(
            'ul',
            {},
            jobs.map((job) =>
              h(
                'li',
                {},
                h('a', { href: address({ job: job.id }), 'data-route': true }, formula(job.formula)),
                h('span', {}, best(job)),
                h('span.quiet', {}, job.state === 'done' || job.state === 'failed' ? when(job.created) : job.state),
              ),
            ),
          ),
        ],
      );
    } catch {
      fill(this.#recent);
    }
  }

  close() {
    this.#element.hidden = true;
  }
}
