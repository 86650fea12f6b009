// What was asked for beside the formula, in a few words; empty for the usual settings.

const sources = { prototypes: 'known types alone', generated: 'generator alone' };

export function settingsInWords(request) {
  const words = [];
  if (sources[request.candidates]) words.push(sources[request.candidates]);
  if (request.samples) words.push(`${request.samples} ${request.samples === 1 ? 'sample' : 'samples'}`);
  if (request.spaceGroups?.length) words.push(`space group ${request.spaceGroups.join(', ')}`);
  if (request.crystalSystems?.length) words.push(request.crystalSystems.join(', '));
  if (request.formulaUnits?.length) words.push(`Z = ${request.formulaUnits.join(', ')}`);
  if (request.maxAtoms) words.push(`at most ${request.maxAtoms} atoms`);
  if (request.temperature !== null && request.temperature !== undefined) words.push(`temperature ${request.temperature}`);
  if (request.steps) words.push(`${request.steps} steps`);
  if (request.seed !== null && request.seed !== undefined) words.push(`seed ${request.seed}`);
  if (request.cell) words.push('cell given');
  if (request.volumePerAtom) words.push('volume given');
  if (request.relax) words.push('relaxed');
  return words.join(' · ');
}
