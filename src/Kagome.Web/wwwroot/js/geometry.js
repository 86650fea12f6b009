// The few vectors and rotations that the view needs.

export const add = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a, s) => [a[0] * s, a[1] * s, a[2] * s];
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
export const length = (a) => Math.sqrt(dot(a, a));
export const unit = (a) => scale(a, 1 / (length(a) || 1));
export const combine = (vectors, [u, v, w]) => add(add(scale(vectors[0], u), scale(vectors[1], v)), scale(vectors[2], w));
export const xyz = ([x, y, z]) => ({ x, y, z });

/** The rows of the rotation that turns c up and a out to the viewer's left, seen a little from above. */
export function standardView(vectors) {
  const turn = (28 * Math.PI) / 180;
  const tilt = (14 * Math.PI) / 180;
  const up = unit(vectors[2]);
  const out = unit(subtract(vectors[0], scale(up, dot(vectors[0], up))));
  const right = cross(up, out);
  // First about the upright axis, so that a goes left, then about the level one, so that c leans to the viewer.
  const x = add(scale(right, Math.cos(turn)), scale(out, -Math.sin(turn)));
  const z = add(scale(right, Math.sin(turn)), scale(out, Math.cos(turn)));
  const y = add(scale(up, Math.cos(tilt)), scale(z, -Math.sin(tilt)));
  return [x, y, add(scale(up, Math.sin(tilt)), scale(z, Math.cos(tilt)))];
}

/** The quaternion (x, y, z, w) of a rotation given by its rows. */
export function quaternion([[a, b, c], [d, e, f], [g, h, i]]) {
  const trace = a + e + i;
  let q;
  if (trace > 0) {
    const s = 2 * Math.sqrt(1 + trace);
    q = [(h - f) / s, (c - g) / s, (d - b) / s, s / 4];
  } else if (a > e && a > i) {
    const s = 2 * Math.sqrt(1 + a - e - i);
    q = [s / 4, (b + d) / s, (c + g) / s, (h - f) / s];
  } else if (e > i) {
    const s = 2 * Math.sqrt(1 + e - a - i);
    q = [(b + d) / s, s / 4, (f + h) / s, (c - g) / s];
  } else {
    const s = 2 * Math.sqrt(1 + i - a - e);
    q = [(c + g) / s, (f + h) / s, s / 4, (d - b) / s];
  }

  return q;
}

/** The rows of the rotation of a quaternion. */
export function rows([x, y, z, w]) {
  return [
    [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
    [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
    [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
  ];
}

/** The edges of a box of cells: of its outside, and of the cells within. */
export function cellEdges(vectors, [na, nb, nc]) {
  const outer = [];
  const inner = [];
  const counts = [na, nb, nc];
  for (let axis = 0; axis < 3; axis++) {
    const [p, q] = [0, 1, 2].filter((other) => other !== axis);
    for (let i = 0; i <= counts[p]; i++) {
      for (let j = 0; j <= counts[q]; j++) {
        const from = [0, 0, 0];
        from[p] = i;
        from[q] = j;
        const to = [...from];
        to[axis] = counts[axis];
        const isOuter = i % counts[p] === 0 && j % counts[q] === 0;
        const axisFromOrigin = i === 0 && j === 0 ? axis : null;
        (isOuter ? outer : inner).push({ from: combine(vectors, from), to: combine(vectors, to), axis: axisFromOrigin });
      }
    }
  }

  return { outer, inner };
}
