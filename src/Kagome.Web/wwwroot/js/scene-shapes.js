// What of a scene is drawn beside its atoms and bonds: the cell's edges and polyhedra.
import { add, cellEdges, cross, dot, length, scale, subtract, unit, xyz } from './geometry.js';

const edgeRadius = 0.028;
const axisRadius = 0.04;

export function drawCell(viewer, scene, colours, size) {
  const { outer, inner } = cellEdges(scene.vectors, scene.supercell);
  const thick = Math.max(1, size / 12);
  const byColour = new Map();
  const put = (colour, edge, radius) => {
    if (!byColour.has(colour)) byColour.set(colour, []);
    byColour.get(colour).push({ ...edge, radius });
  };
  for (const edge of outer) {
    if (edge.axis === null) put(colours.edge, edge, edgeRadius * thick);
    else put(colours.axes[edge.axis], edge, axisRadius * thick);
  }

  for (const edge of inner) put(colours.innerEdge, edge, 0.6 * edgeRadius * thick);
  for (const [color, edges] of byColour) {
    const shape = viewer.addShape({ color });
    for (const { from, to, radius } of edges) shape.addCylinder({ start: xyz(from), end: xyz(to), radius, fromCap: 2, toCap: 2 });
  }
}

/** One translucent mesh a colour, each face with its own corners, so that faces stay flat. */
export function drawPolyhedra(viewer, scene, colourOf, edgeColour) {
  const byColour = new Map();
  for (const { centre, faces } of scene.polyhedra) {
    const color = colourOf(scene.atoms[centre].element);
    if (!byColour.has(color)) byColour.set(color, { vertexArr: [], normalArr: [], faceArr: [], edges: [] });
    addPolyhedron(byColour.get(color), scene, centre, faces);
  }

  for (const [color, { vertexArr, normalArr, faceArr, edges }] of byColour) {
    viewer.addCustom({ vertexArr, normalArr, faceArr, color, opacity: 0.82 });
    const shape = viewer.addShape({ color: edgeColour(color) });
    for (const [from, to] of edges) shape.addCylinder({ start: xyz(from), end: xyz(to), radius: 0.018, fromCap: 1, toCap: 1 });
  }
}

function addPolyhedron(mesh, scene, centre, faces) {
  const at = (index) => scene.atoms[index].position;
  const middle = at(centre);
  const normals = new Map();
  for (const [i, j, k] of faces) {
    let corners = [at(i), at(j), at(k)];
    let normal = unit(cross(subtract(corners[1], corners[0]), subtract(corners[2], corners[0])));
    if (dot(normal, subtract(corners[0], middle)) < 0) {
      normal = scale(normal, -1);
      corners = corners.toReversed();
    }

    const first = mesh.vertexArr.length;
    for (const corner of corners) {
      mesh.vertexArr.push(xyz(corner));
      mesh.normalArr.push(xyz(normal));
    }

    mesh.faceArr.push(first, first + 1, first + 2);
    for (const [p, q] of [[i, j], [j, k], [k, i]]) {
      const key = p < q ? `${p},${q}` : `${q},${p}`;
      normals.set(key, [...(normals.get(key) ?? []), normal]);
    }
  }

  // Edges within a flat face, such as a cube's square, are not drawn.
  for (const [key, sides] of normals) {
    if (sides.length === 2 && dot(sides[0], sides[1]) > 0.999) continue;
    const [p, q] = key.split(',').map(Number);
    mesh.edges.push([at(p), at(q)]);
  }
}

export function sizeOf(scene) {
  return length(scene.vectors.reduce((sum, vector, axis) => add(sum, scale(vector, scene.supercell[axis])), [0, 0, 0]));
}
