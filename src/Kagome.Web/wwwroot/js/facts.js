// What is known of a crystal, as a list of terms and values.
import { h } from './dom.js';
import { templateSentence } from './how-found.js';
import { anglesText, cellText, fixed, formula, percent, symbol, wyckoff } from './typeset.js';

/** A list of facts; pairs without a value are left out. */
export function facts(pairs) {
  return h(
    'dl.facts',
    {},
    pairs
      .filter(([, value]) => value !== null && value !== undefined && value !== false)
      .map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))),
  );
}

export function groupText(group) {
  if (!group) return null;
  return h('span', {}, symbol(group.symbol), `, number ${group.number}`, group.pointGroup && h('span.quiet', {}, ', point group ', symbol(group.pointGroup)));
}

export function cellLines(cell) {
  return cell && h('span', {}, cellText(cell), h('br'), anglesText(cell));
}

export function wyckoffList(group) {
  if (!group?.wyckoff?.length) return null;
  return h('span.sites', {}, group.wyckoff.map((site) => wyckoff(site)));
}

export function energyText(energy, concerns = []) {
  if (energy === null || energy === undefined) return null;
  return h('span', {}, concerns.length > 0 && '≈ ', `${fixed(energy, 3)} eV/atom`, h('span.quiet', {}, ', predicted'));
}

export function candidateFacts(candidate) {
  const before = candidate.energyBeforeRelaxation;
  const relaxed = before !== null && before !== undefined ? `from ${fixed(before, 3)} eV/atom` : null;
  return facts([
    ['Validity', candidate.valid ? null : h('span.problem', {}, candidate.problem)],
    ['Space group', groupText(candidate.spaceGroup) ?? 'none found'],
    ['Cell', cellLines(candidate.cell)],
    ['Content', h('span', {}, formula(candidate.composition.replaceAll(' ', '')), h('span.quiet', {}, `, Z = ${candidate.formulaUnits}`))],
    ['Wyckoff positions', wyckoffList(candidate.spaceGroup)],
    ['Energy above hull', energyText(candidate.energyAboveHull, candidate.concerns)],
    ['Relaxed', relaxed && h('span', {}, relaxed, typeof candidate.relaxation === 'string' && h('span.quiet', {}, ` (${candidate.relaxation.replaceAll('_', ' ')})`))],
    ['Probability', candidate.probability === null ? null : percent(candidate.probability)],
    ['Structure type', candidate.template && templateSentence(candidate.template)],
    ['Found', candidate.found > 1 ? `${candidate.found} times` : null],
    ['Volume', `${fixed(candidate.volumePerAtom, 2)} Å³/atom`],
    ['Density', `${fixed(candidate.density, 2)} g/cm³`],
    ['Shortest distance', candidate.shortestDistance === null ? null : `${fixed(candidate.shortestDistance, 2)} Å`],
  ]);
}

export function concernList(concerns) {
  return concerns.length > 0 && h('ul.concerns', {}, concerns.map((concern) => h('li', {}, `The energy may be far off: ${concern}`)));
}
