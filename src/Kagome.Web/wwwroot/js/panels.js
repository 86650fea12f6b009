// What stands under the 3D view: one panel at a time, chosen by tabs. A further panel is one more entry:
//   addPanel({ id: 'powder', title: 'Powder pattern', isFor: (crystal) => true, draw: (element, crystal) => … });
import { fill, h } from './dom.js';

const known = [];

export function addPanel(panel) {
  known.push(panel);
}

let lists = 0;

export class Panels {
  element = h('div.panels');
  #list = ++lists;
  #crystal = null;
  #chosen = null;

  show(crystal) {
    this.#crystal = crystal;
    const fitting = known.filter((panel) => !panel.isFor || panel.isFor(crystal));
    const chosen = fitting.find((panel) => panel.id === this.#chosen) ?? fitting[0];
    fill(this.element);
    if (!chosen) return;
    const body = h('div.panel-body', { id: `panel-${this.#list}` });
    if (fitting.length > 1) {
      body.setAttribute('role', 'tabpanel');
      body.setAttribute('aria-labelledby', `tab-${this.#list}-${chosen.id}`);
      this.element.append(this.#tabs(fitting, chosen));
    }

    this.element.append(body);
    chosen.draw(body, crystal);
  }

  clear() {
    this.#crystal = null;
    fill(this.element);
  }

  #tabs(fitting, chosen) {
    const tabs = fitting.map((panel) =>
      h(
        'button.tab',
        {
          type: 'button',
          role: 'tab',
          id: `tab-${this.#list}-${panel.id}`,
          'aria-selected': String(panel === chosen),
          'aria-controls': `panel-${this.#list}`,
          tabindex: panel === chosen ? 0 : -1,
          onclick: () => this.#choose(panel),
        },
        panel.title,
      ),
    );
    const list = h('div.tabs', { role: 'tablist', 'aria-label': 'About this crystal' }, tabs);
    list.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = fitting[(fitting.indexOf(chosen) + step + fitting.length) % fitting.length];
      this.#choose(next);
    });
    return list;
  }

  #choose(panel) {
    this.#chosen = panel.id;
    this.show(this.#crystal);
    this.element.querySelector('[aria-selected=true]')?.focus();
  }
}
