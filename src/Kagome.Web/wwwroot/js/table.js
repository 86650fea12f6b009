// The table of candidates: sortable, walked with the arrow keys, keeps its place when more candidates come.
import { fill, h } from './dom.js';
import { howFound } from './how-found.js';
import { fixed, percent, spaceGroup } from './typeset.js';

const missingLast = (value) => (value === null || value === undefined ? Infinity : value);

const columns = [
  { id: 'rank', title: '#', name: 'Rank', value: (c) => c.rank, cell: (c) => c.rank, isNumber: true },
  { id: 'found', title: 'How found', value: (c) => (c.template ? c.template.formula : '~'), cell: (c, all) => howFound(c, all.generated) },
  { id: 'probability', title: 'Probability', value: (c) => -(c.probability ?? -1), cell: (c) => percent(c.probability), isNumber: true, has: (c) => c.probability !== null },
  { id: 'energy', title: 'E above hull', unit: 'eV/atom', value: (c) => missingLast(c.energyAboveHull), cell: (c) => fixed(c.energyAboveHull, 3), isNumber: true, has: (c) => c.energyAboveHull !== null },
  { id: 'group', title: 'Space group', value: (c) => -(c.spaceGroup?.number ?? 0), cell: groupOrProblem },
  { id: 'z', title: 'Z', name: 'Formula units a cell, Z', value: (c) => c.formulaUnits, cell: (c) => c.formulaUnits, isNumber: true },
  { id: 'volume', title: 'Volume', unit: 'Å³/atom', value: (c) => missingLast(c.volumePerAtom), cell: (c) => fixed(c.volumePerAtom, 2), isNumber: true },
  { id: 'density', title: 'Density', unit: 'g/cm³', value: (c) => -(c.density ?? 0), cell: (c) => fixed(c.density, 2), isNumber: true },
];

function groupOrProblem(candidate) {
  if (candidate.valid) return spaceGroup(candidate.spaceGroup);
  return h('span.problem', { title: candidate.problem }, 'not valid');
}

export class CandidateTable {
  element = h('div.table-scroll', { tabindex: -1 });
  #table = h('table.candidates', { id: 'candidates', role: 'grid', 'aria-label': 'Candidates', 'aria-readonly': 'true' });
  #head = h('thead');
  #body = h('tbody');
  #candidates = [];
  #generated = 0;
  #selected = null;
  #order = { id: 'rank', isDown: false };
  #chosen;

  constructor(chosen) {
    this.#chosen = chosen;
    this.#table.append(this.#head, this.#body);
    this.element.append(this.#table);
    this.#body.addEventListener('click', (event) => {
      const row = event.target.closest('tr[data-rank]');
      if (row) this.#choose(row);
    });
    this.#body.addEventListener('keydown', (event) => this.#walk(event));
  }

  show(candidates, generated) {
    this.#candidates = candidates;
    this.#generated = generated;
    this.#draw();
  }

  select(rank) {
    this.#selected = rank;
    for (const row of this.#body.rows) this.#mark(row);
  }

  #draw() {
    const shown = columns.filter((column) => !column.has || this.#candidates.some(column.has));
    fill(this.#head, h('tr', {}, shown.map((column) => this.#heading(column))));
    const by = columns.find((column) => column.id === this.#order.id);
    const sign = this.#order.isDown ? -1 : 1;
    const sorted = this.#candidates.toSorted((a, b) => {
      const [x, y] = [by.value(a), by.value(b)];
      return (x < y ? -sign : x > y ? sign : 0) || a.rank - b.rank;
    });
    const hadFocus = this.#body.contains(document.activeElement);
    const top = this.element.scrollTop;
    fill(this.#body, sorted.map((candidate) => this.#row(candidate, shown)));
    this.element.scrollTop = top;
    if (hadFocus) this.#body.querySelector('tr[aria-selected=true]')?.focus({ preventScroll: true });
  }

  #heading(column) {
    const isBy = column.id === this.#order.id;
    const button = h('button.plain', { type: 'button', title: `Sort by ${(column.name ?? column.title).toLowerCase()}`, 'aria-label': column.name }, column.title);
    button.addEventListener('click', () => {
      this.#order = { id: column.id, isDown: isBy && !this.#order.isDown };
      this.#draw();
      this.#head.querySelector(`[data-column=${column.id}] button`).focus();
    });
    const sort = isBy ? (this.#order.isDown ? 'descending' : 'ascending') : null;
    return h(
      `th${column.isNumber ? '.number' : ''}`,
      { scope: 'col', 'aria-sort': sort, data: { column: column.id } },
      button,
      column.unit && h('span.unit', {}, column.unit),
    );
  }

  #row(candidate, shown) {
    const row = h(
      'tr',
      { data: { rank: candidate.rank }, role: 'row' },
      shown.map((column) =>
        h(`td${column.isNumber ? '.number' : ''}`, { data: { column: column.id } }, column.cell(candidate, { generated: this.#generated })),
      ),
    );
    if (candidate.concerns.length > 0) {
      row.querySelector('[data-column=energy]')?.prepend(h('span.caution', { title: `May be far off: ${candidate.concerns.join(' ')}` }, '≈ '));
    }

    this.#mark(row);
    return row;
  }

  #mark(row) {
    const isSelected = Number(row.dataset.rank) === this.#selected;
    row.setAttribute('aria-selected', isSelected);
    row.tabIndex = isSelected ? 0 : -1;
  }

  #choose(row) {
    const rank = Number(row.dataset.rank);
    this.select(rank);
    row.focus({ preventScroll: true });
    this.#reveal(row);
    this.#chosen(rank);
  }

  #walk(event) {
    const rows = [...this.#body.rows];
    const at = rows.indexOf(event.target.closest('tr'));
    const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10, Home: -rows.length, End: rows.length };
    const step = steps[event.key];
    if (step === undefined || at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#choose(rows[Math.max(0, Math.min(rows.length - 1, at + step))]);
  }

  /** Scrolls the table alone, below its heading, never the page. */
  #reveal(row) {
    const head = this.#head.offsetHeight;
    const { scrollTop, clientHeight } = this.element;
    if (row.offsetTop - head < scrollTop) this.element.scrollTop = row.offsetTop - head;
    else if (row.offsetTop + row.offsetHeight > scrollTop + clientHeight) this.element.scrollTop = row.offsetTop + row.offsetHeight - clientHeight;
  }
}
