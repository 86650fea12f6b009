// A saved picture: what is seen, with its legend and its axes.
import { signSize } from './axes-sign.js';

const font = 'system-ui, sans-serif';

/** Gives the address of a PNG. canvas is the drawn crystal, scale its pixels per pixel of the page. */
export function compose({ canvas, scale, background, ink, elements, sign }) {
  const out = document.createElement('canvas');
  out.width = canvas.width;
  out.height = canvas.height;
  const context = out.getContext('2d');
  context.fillStyle = background;
  context.fillRect(0, 0, out.width, out.height);
  context.drawImage(canvas, 0, 0);
  sign.paint(context, out.width - (signSize / 2 + 6) * scale, out.height - (signSize / 2 + 6) * scale, scale, font);
  legend(context, elements, ink, out.height, scale);
  return out.toDataURL('image/png');
}

function legend(context, elements, ink, height, scale) {
  context.scale(scale, scale);
  context.font = `14px ${font}`;
  context.textBaseline = 'middle';
  const y = height / scale - 22;
  let x = 20;
  for (const { symbol, colour } of elements) {
    context.beginPath();
    context.arc(x, y, 6, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
    context.strokeStyle = 'rgb(0 0 0 / 0.25)';
    context.stroke();
    context.fillStyle = ink;
    context.fillText(symbol, x + 11, y + 1);
    x += 28 + context.measureText(symbol).width;
  }
}
