// Ranks move while a job runs: finds the crystal that was looked at again.

export function findAgain(candidates, seen) {
  if (!seen) return null;
  const isSame = (candidate) =>
    candidate.formulaUnits === seen.formulaUnits &&
    candidate.spaceGroup?.number === seen.spaceGroup?.number &&
    candidate.template?.id === seen.template?.id &&
    close(candidate.volumePerAtom, seen.volumePerAtom);
  const same = candidates.filter(isSame);
  if (same.length > 0) return same.find((candidate) => candidate.rank === seen.rank) ?? same[0];
  // Another of the same crystals may stand for it now.
  return (
    candidates.find((candidate) => candidate.spaceGroup?.number === seen.spaceGroup?.number && close(candidate.volumePerAtom, seen.volumePerAtom)) ?? null
  );
}

const close = (a, b) => Math.abs(a - b) < 0.005 * Math.abs(b);
