// How a candidate was found: from which known crystal, and how many of the generated ones are the same.
import { h } from './dom.js';
import { formula } from './typeset.js';

export function howFound(candidate, generatedInAll) {
  const parts = [];
  const { template } = candidate;
  if (template) {
    const swaps = Object.entries(template.replaced ?? {});
    const comma = (at) => (at < swaps.length - 1 ? ',' : '');
    const changes = swaps.length > 0 ? swaps.map(([from, to], at) => [h('span.whole', {}, `${from} → ${to}${comma(at)}`), ' ']) : 'known ';
    parts.push(h('span.whole', {}, template.id, ','), ' ', h('span.whole', {}, formula(template.formula), swaps.length > 0 ? ':' : ','), ' ', changes);
  }

  if (candidate.generated > 0 || !template) {
    const times = candidate.generated || candidate.found;
    parts.push(h('span.whole', {}, 'generated', generatedInAll > 0 ? `, ${times} of ${generatedInAll}` : ` ${times} ×`));
  }

  return h('span.how', {}, parts);
}

/** The same as a sentence. */
export function templateSentence(template) {
  const swaps = Object.entries(template.replaced ?? {});
  const source = template.source ? ` of ${template.source}` : '';
  const known = h('span', {}, formula(template.formula), ` (${template.id}${source})`);
  return swaps.length > 0
    ? h('span', {}, 'Like ', known, ', with ', swaps.map(([from, to]) => `${from} → ${to}`).join(', '))
    : h('span', {}, 'Known: ', known);
}

/** How many generated structures the shown candidates stand for, failed ones included. */
export function countGenerated(candidates) {
  return candidates.reduce((sum, candidate) => sum + candidate.generated, 0);
}
