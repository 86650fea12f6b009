// A crystal in three dimensions.
import { combine, dot, quaternion, rows, scale, standardView, subtract, xyz } from './geometry.js';
import { drawCell, drawPolyhedra, sizeOf } from './scene-shapes.js';
import { softenLight } from './soft-light.js';
import { load3Dmol } from './three-dimensions.js';
import { onThemeChange, themeColours } from './theme.js';

const bondRadius = 0.085;
const ballScale = 0.82; // of the radii that the server gives, so that bonds show
const ballScaleInPolyhedra = 0.58;
const fieldOfView = (20 * Math.PI) / 180;
const cameraAt = 150;
const margin = 1.12;
const marginInSquares = 1.2;

export class CrystalView {
  /** Called with the atom of the scene that was chosen, or null. */
  onAtom = () => {};

  /** Called with the view when the crystal was turned, moved or zoomed. */
  onTurn = () => {};

  /** Called with the axes of the cell and how they are turned, whenever the picture changes. */
  onAxes = () => {};

  #container;
  #mol = null;
  #viewer = null;
  #scene = null;
  #look = { style: 'balls', colours: 'jmol' };
  #mark = null;
  #marked = null;
  #fitted = null;

  constructor(container) {
    this.#container = container;
    onThemeChange(() => this.#redraw());
    new ResizeObserver(() => this.#resized()).observe(container);
    container.addEventListener('keydown', (event) => this.#keys(event));
  }

  /** Draws a scene; turned as before where keepTurn is set. */
  async show(scene, { keepTurn = false } = {}) {
    this.#mol ??= await load3Dmol();
    this.#viewer ??= this.#create();
    const turn = keepTurn && this.#scene ? this.#viewer.getView().slice(4, 8) : null;
    this.#scene = scene;
    this.#marked = null;
    this.onAtom(null);
    this.#draw();
    this.#fit(turn);
  }

  clear() {
    this.#scene = null;
    this.#marked = null;
    if (!this.#viewer) return;
    this.#viewer.clear();
    this.#viewer.render();
  }

  look(look) {
    const isOtherStyle = look.style !== this.#look.style;
    this.#look = { ...look };
    if (!this.#viewer || !this.#scene) return;
    const fitted = this.#isFitted;
    this.#draw();
    if (isOtherStyle && fitted) this.#fit(this.#viewer.getView().slice(4, 8));
  }

  reset() {
    if (this.#scene) this.#fit(null);
  }

  get view() {
    return this.#viewer?.getView() ?? null;
  }

  /** Turns as the other view is turned; keeps its own place and size. */
  turnTo(quaternionOfOther, zoomFactor) {
    if (!this.#viewer || !this.#scene) return;
    const view = this.#viewer.getView();
    if (zoomFactor && this.#fitted) view[3] = cameraAt - (cameraAt - this.#fitted[3]) * zoomFactor;
    this.#viewer.setView([...view.slice(0, 4), ...quaternionOfOther], true);
  }

  /** The distance to the crystal, as a multiple of that at which it just fits. */
  get zoomFactor() {
    return this.#fitted ? (cameraAt - this.#viewer.getView()[3]) / (cameraAt - this.#fitted[3]) : 1;
  }

  /** What is drawn, or null. */
  get canvas() {
    return this.#scene ? (this.#viewer?.getCanvas() ?? null) : null;
  }

  #create() {
    const viewer = this.#mol.createViewer(this.#container, {
      backgroundColor: themeColours().background,
      orthographic: true,
      disableFog: true,
      antialias: true,
      minimumZoomToDistance: 1,
    });
    softenLight(viewer);
    viewer.setViewChangeCallback((view) => {
      if (!this.#scene) return;
      this.onAxes(this.#scene.vectors, view.slice(4, 8));
      this.onTurn(view);
    });
    return viewer;
  }

  #redraw() {
    if (!this.#viewer || !this.#scene) return;
    this.#draw();
  }

  #draw() {
    const viewer = this.#viewer;
    const scene = this.#scene;
    const colours = themeColours();
    const size = sizeOf(scene);
    viewer.setBackgroundColor(colours.background, 1);
    viewer.removeAllModels();
    viewer.removeAllShapes();
    this.#mark = null;
    const withPolyhedra = this.#look.style === 'polyhedra' && scene.polyhedra.length > 0;
    this.#addAtoms(withPolyhedra);
    drawCell(viewer, scene, colours, size);
    if (withPolyhedra) drawPolyhedra(viewer, scene, (element) => this.#element(element)[this.#look.colours], darker);
    if (this.#marked) this.#addMark(this.#marked);
    viewer.setSlab(-4 * size - 20, 4 * size + 20);
    viewer.render();
  }

  #addAtoms(withPolyhedra) {
    const scene = this.#scene;
    const indices = new Map();
    scene.atoms.forEach((atom, at) => {
      if (withPolyhedra || atom.kind !== 'beyond') indices.set(at, indices.size);
    });
    const atoms = [...indices.keys()].map((at) => {
      const { element, position } = scene.atoms[at];
      return { elem: element, ...xyz(position), bonds: [], bondOrder: [], serial: at, properties: { at } };
    });
    const centres = new Set(scene.polyhedra.map((polyhedron) => polyhedron.centre));
    for (const [i, j] of scene.bonds) {
      if (!indices.has(i) || !indices.has(j)) continue;
      if (withPolyhedra && !centres.has(i) && !centres.has(j)) continue; // polyhedra say enough
      const [p, q] = [indices.get(i), indices.get(j)];
      atoms[p].bonds.push(q);
      atoms[p].bondOrder.push(1);
      atoms[q].bonds.push(p);
      atoms[q].bondOrder.push(1);
    }

    const model = this.#viewer.addModel();
    model.addAtoms(atoms);
    for (const element of scene.elements) {
      model.setStyle({ elem: element.symbol }, this.#styleOf(element, withPolyhedra));
    }

    this.#viewer.setClickable({}, true, (atom) => this.#click(scene.atoms[atom.properties.at]));
  }

  #styleOf(element, withPolyhedra) {
    const color = element[this.#look.colours];
    if (this.#look.style === 'space') return { sphere: { radius: element.spaceFilling, color } };
    const radius = element.ball * (withPolyhedra ? ballScaleInPolyhedra : ballScale);
    return { sphere: { radius, color }, stick: { radius: withPolyhedra ? 0.6 * bondRadius : bondRadius, color } };
  }

  #radiusOf(atom) {
    const element = this.#element(atom.element);
    return this.#look.style === 'space' ? element.spaceFilling : ballScale * element.ball;
  }

  #element(symbol) {
    return this.#scene.elements.find((element) => element.symbol === symbol);
  }

  #click(atom) {
    this.#marked = this.#marked === atom ? null : atom;
    if (this.#mark) this.#viewer.removeShape(this.#mark);
    this.#mark = null;
    if (this.#marked) this.#addMark(this.#marked);
    this.#viewer.render();
    this.onAtom(this.#marked);
  }

  #addMark(atom) {
    const radius = this.#radiusOf(atom);
    this.#mark = this.#viewer.addSphere({ center: xyz(atom.position), radius: radius * 1.15 + 0.12, color: themeColours().accent, opacity: 0.6 });
  }

  /** Puts the middle of the cell into the middle of the picture, as large as fits. */
  #fit(turn) {
    const scene = this.#scene;
    const q = turn ?? quaternion(standardView(scene.vectors));
    const [right, up] = rows(q);
    const middle = scale(combine(scene.vectors, scene.supercell), 0.5);
    const aspect = this.#aspect();
    let half = 0;
    const reach = (point, radius) => {
      const offset = subtract(point, middle);
      half = Math.max(half, Math.abs(dot(offset, right)) + radius, (Math.abs(dot(offset, up)) + radius) * aspect);
    };
    const withBeyond = this.#look.style === 'polyhedra';
    for (const atom of scene.atoms) if (withBeyond || atom.kind !== 'beyond') reach(atom.position, this.#radiusOf(atom));
    for (let corner = 0; corner < 8; corner++) {
      reach(combine(scene.vectors, scene.supercell.map((n, axis) => ((corner >> axis) & 1) * n)), 0.1);
    }

    const distance = (half * (aspect < 1.15 ? marginInSquares : margin)) / Math.tan(fieldOfView);
    const view = [...scale(middle, -1), cameraAt - distance, ...q];
    this.#viewer.setView(view);
    this.#fitted = view;
  }

  #aspect() {
    return this.#container.offsetHeight > 0 ? this.#container.offsetWidth / this.#container.offsetHeight : 1;
  }

  /** 3Dmol resizes by itself; a crystal that just fitted is to fit again. */
  #resized() {
    if (this.#viewer && this.#scene && this.#isFitted) this.#fit(this.#viewer.getView().slice(4, 8));
  }

  get #isFitted() {
    return this.#fitted !== null && Math.abs(this.#viewer.getView()[3] - this.#fitted[3]) < 1e-6 * cameraAt;
  }

  #keys(event) {
    if (!this.#viewer || !this.#scene || event.ctrlKey || event.metaKey || event.altKey) return;
    const turns = { ArrowLeft: [-10, 'y'], ArrowRight: [10, 'y'], ArrowUp: [-10, 'x'], ArrowDown: [10, 'x'] };
    if (turns[event.key]) this.#viewer.rotate(...turns[event.key]);
    else if (event.key === '+' || event.key === '=') this.#viewer.zoom(1.15);
    else if (event.key === '-') this.#viewer.zoom(1 / 1.15);
    else if (event.key === '0') this.reset();
    else return;
    event.preventDefault();
  }
}

function darker(colour) {
  const parts = [1, 3, 5].map((at) => Math.round(parseInt(colour.slice(at, at + 2), 16) * 0.6));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
