// Remarks and refusals name settings as programs do; on the page they are called as their fields are.

const labels = {
  max_atoms: 'Most atoms a cell',
  formula_units: 'Formula units a cell',
  space_groups: 'Space group',
  crystal_systems: 'Crystal system',
};

export const asLabelled = (sentence) =>
  sentence.replaceAll(/\b[a-z]+_[a-z]+\b/g, (name) => (labels[name] ? `“${labels[name]}”` : name));
