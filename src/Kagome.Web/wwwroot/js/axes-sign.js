// The small sign in the corner that tells where a, b and c point to; on the page in SVG, in saved pictures on their canvas.
import { fill, svg } from './dom.js';
import { dot, rows, unit } from './geometry.js';
import { themeColours } from './theme.js';

const size = 84;
const reach = 25;
const lettersAt = 34;

export class AxesSign {
  element = svg('svg', { class: 'axes-sign', viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, width: size, height: size, 'aria-hidden': 'true' });
  #arrows = [];

  /** Shows the axes as they are turned by the quaternion. */
  show(vectors, quaternion) {
    const [right, up, out] = rows(quaternion);
    const colours = themeColours().axes;
    this.#arrows = vectors
      .map((vector, axis) => {
        const along = unit(vector);
        return { letter: 'abc'[axis], colour: colours[axis], x: dot(along, right), y: -dot(along, up), depth: dot(along, out) };
      })
      .sort((one, other) => one.depth - other.depth);
    fill(this.element, this.#arrows.map(drawArrow));
  }

  clear() {
    this.#arrows = [];
    fill(this.element);
  }

  /** Draws the same on a canvas, about the middle of the sign. */
  paint(context, x, y, scale, font) {
    context.save();
    context.translate(x, y);
    context.scale(scale, scale);
    context.lineCap = 'round';
    context.lineWidth = 2.5;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.font = `600 13px ${font}`;
    for (const arrow of this.#arrows) {
      context.strokeStyle = context.fillStyle = arrow.colour;
      context.beginPath();
      context.moveTo(0, 0);
      context.lineTo(arrow.x * reach, arrow.y * reach);
      context.stroke();
      const place = letterPlace(arrow);
      context.fillText(arrow.letter, place.x, place.y);
    }

    context.restore();
  }
}

export const signSize = size;

function drawArrow(arrow) {
  const place = letterPlace(arrow);
  return [
    svg('line', { x2: arrow.x * reach, y2: arrow.y * reach, stroke: arrow.colour }),
    svg('text', { x: place.x, y: place.y, fill: arrow.colour }, arrow.letter),
  ];
}

/** Beyond the arrow's end; beside the middle where it points at the viewer. */
function letterPlace({ x, y }) {
  const flat = Math.hypot(x, y);
  if (flat < 0.12) return { x: -10, y: 10 };
  const at = Math.max(14, reach * flat + lettersAt - reach);
  return { x: (x / flat) * at, y: (y / flat) * at };
}
