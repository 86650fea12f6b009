// A view with what belongs to it: legend, what the chosen atom is, reset and picture.
import { Refusal, Silence } from './api.js';
import { AxesSign } from './axes-sign.js';
import { fill, h } from './dom.js';
import { look, onLook } from './look.js';
import { onServerBack } from './offline.js';
import { compose } from './picture.js';
import { themeColours } from './theme.js';
import { hasWebGl } from './three-dimensions.js';
import { trimmed } from './typeset.js';
import { CrystalView } from './viewer.js';

export class ViewPanel {
  element = h('div.view-panel');
  view;
  #canvas;
  #legend = h('div.legend', { 'aria-label': 'Elements' });
  #atomLine = h('p.atom-line', { 'aria-live': 'polite' });
  #message = h('p.view-message');
  #sign = new AxesSign();
  #source = null;
  #name = '';
  #loading = null;
  #scene = null;

  constructor({ id = null } = {}) {
    this.#canvas = h('div.view', { id, tabindex: 0, role: 'img', 'aria-label': 'Crystal' });
    const buttons = h(
      'div.view-buttons',
      {},
      h('button.plain', { type: 'button', title: 'Turn back and fit (0)', onclick: () => this.view.reset() }, 'Reset view'),
      h('button.plain', { type: 'button', title: 'Save the picture', onclick: () => this.#save() }, 'PNG'),
    );
    this.element.append(
      h('div.view-frame', {}, this.#canvas, this.#message, this.#sign.element),
      h('div.view-below', {}, this.#legend, buttons),
      this.#atomLine,
    );
    this.view = new CrystalView(this.#canvas);
    this.view.look(look);
    this.view.onAxes = (vectors, turn) => this.#sign.show(vectors, turn);
    this.view.onAtom = (atom) => this.#tell(atom);
    this.#tell(null);
    onLook((change) => this.#lookChanged(change));
    onServerBack(() => this.#source && !this.#scene && this.#load());
  }

  /** source({ cell, supercell }, signal) gives the scene. */
  show(name, source) {
    this.#source = source;
    this.#name = name;
    return this.#load();
  }

  clear() {
    this.#source = null;
    this.#scene = null;
    this.#loading?.abort();
    fill(this.#legend);
    this.#sign.clear();
    this.#message.textContent = '';
    this.view.clear();
  }

  async #load({ keepTurn = false } = {}) {
    this.#loading?.abort();
    const loading = (this.#loading = new AbortController());
    if (!hasWebGlOnce()) {
      this.#message.textContent = 'This browser shows no 3D graphics (WebGL is off).';
      return;
    }

    try {
      const scene = await this.#source({ cell: look.cell, supercell: look.supercell }, loading.signal);
      if (loading.signal.aborted) return;
      this.#scene = scene;
      this.#message.textContent = '';
      this.#canvas.setAttribute('aria-label', `3D view of ${this.#name}; arrow keys turn it, + and − zoom, 0 resets`);
      this.#drawLegend();
      await this.view.show(scene, { keepTurn });
    } catch (error) {
      if (error.name === 'AbortError' || loading.signal.aborted) return;
      this.#scene = null;
      this.view.clear();
      this.#message.textContent = error instanceof Silence ? '' : error.message;
      if (!(error instanceof Silence || error instanceof Refusal)) console.error(error);
    }
  }

  #lookChanged(change) {
    if ('cell' in change || 'supercell' in change) {
      if (this.#source) this.#load({ keepTurn: 'supercell' in change });
      return;
    }

    this.view.look(look);
    this.#drawLegend();
  }

  #drawLegend() {
    if (!this.#scene) return;
    fill(
      this.#legend,
      this.#scene.elements.map((element) =>
        h('span', { title: element.name }, h('i.dot', { style: `background:${element[look.colours]}` }), element.symbol),
      ),
    );
  }

  #tell(atom) {
    if (!atom) return fill(this.#atomLine, h('span.quiet', {}, 'Choose an atom in the picture to see what it is.'));
    const element = this.#scene.elements.find((one) => one.symbol === atom.element);
    const letter = /^(\d+)([a-zA-Z])$/.exec(atom.wyckoff ?? '');
    fill(
      this.#atomLine,
      h('b', {}, element.name),
      h('span', {}, `(${atom.fractional.map((value) => trimmed(value, 4)).join(', ')})`),
      letter && h('span', {}, 'Wyckoff position ', letter[1], h('i', {}, letter[2])),
      h('span.quiet', {}, `site ${atom.site + 1}`),
    );
  }

  #save() {
    const { canvas } = this.view;
    if (!canvas || !this.#scene) return;
    const { background, ink } = themeColours();
    const elements = this.#scene.elements.map((element) => ({ symbol: element.symbol, colour: element[look.colours] }));
    const address = compose({ canvas, scale: canvas.width / this.#canvas.clientWidth, background, ink, elements, sign: this.#sign });
    const name = this.#name.replaceAll(/[^\w.-]+/g, '_') || 'crystal';
    h('a', { href: address, download: `${name}.png` }).click();
  }
}

let isThere = null;
const hasWebGlOnce = () => (isThere ??= hasWebGl());
