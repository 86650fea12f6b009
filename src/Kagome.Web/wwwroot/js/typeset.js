// Formulas, space groups and numbers as the field writes them.
import { h } from './dom.js';

/** SrTiO3 with its counts as subscripts. */
export function formula(text) {
  const parts = String(text ?? '').split(/(\d+(?:\.\d+)?)/);
  return h('span.formula', {}, parts.map((part, at) => (at % 2 === 1 ? h('sub', {}, part) : part)));
}

/** Pm-3m with a bar above the 3, P6_3mc with a subscript. */
export function symbol(text) {
  const out = h('span.symbol');
  const pattern = /-(\d)|_(\d)|([A-Za-z]+)|(.)/g;
  const spoken = String(text).replace(/-(\d)/g, ' bar $1').replace(/_(\d)/g, ' sub $1');
  for (const [, barred, screw, letters, rest] of String(text).matchAll(pattern)) {
    if (barred) out.append(h('span.bar', {}, barred));
    else if (screw) out.append(h('sub', {}, screw));
    else if (letters) out.append(h('i', {}, letters));
    else out.append(rest);
  }
  out.title = text;
  out.setAttribute('role', 'img');
  out.setAttribute('aria-label', spoken);
  return out;
}

/** Fm-3m (225), or a dash. */
export function spaceGroup(group) {
  return group ? h('span.group', {}, symbol(group.symbol), h('span.quiet', {}, ` ${group.number}`)) : '–';
}

/** "O 3c" -> "O 3c" with the letter in italics. */
export function wyckoff(text) {
  const match = /^(.*?)(\d+)([a-zA-Z])$/.exec(text);
  return match ? h('span.wyckoff', {}, match[1], match[2], h('i', {}, match[3])) : h('span.wyckoff', {}, text);
}

const minus = (text) => text.replace('-', '−');

export function fixed(value, digits) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const text = value.toFixed(digits);
  return minus(Number(text) === 0 ? text.replace('-', '') : text);
}

/** Without zeros at its end. */
export function trimmed(value, digits) {
  return fixed(value, digits).replace(/\.?0+$/, '') || '0';
}

/** A share as a percentage that does not pretend to more digits than it has. */
export function percent(share) {
  if (share === null || share === undefined) return '–';
  const value = 100 * share;
  if (value > 0 && value < 0.1) return '< 0.1 %';
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} %`;
}

export function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** 75 s -> "1 min 15 s". */
export function duration(exactly) {
  const seconds = exactly > 120 ? 5 * Math.round(exactly / 5) : Math.round(exactly);
  if (seconds < 60) return `${Math.max(1, seconds)} s`;
  if (seconds < 3600) {
    const rest = seconds % 60;
    return rest > 0 && seconds < 600 ? `${Math.floor(seconds / 60)} min ${rest} s` : `${Math.round(seconds / 60)} min`;
  }
  const minutes = Math.round((seconds % 3600) / 60);
  return minutes === 0 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 3600)} h ${minutes} min`;
}

/** How long ago, or the date. */
export function when(iso) {
  if (!iso) return '';
  const then = new Date(iso);
  const seconds = (Date.now() - then.getTime()) / 1000;
  let text;
  if (seconds < 60) text = 'just now';
  else if (seconds < 3600) text = `${Math.floor(seconds / 60)} min ago`;
  else if (seconds < 86400) text = `${Math.floor(seconds / 3600)} h ago`;
  else text = then.toLocaleDateString('en', { day: 'numeric', month: 'short', year: 'numeric' });
  return h('time', { datetime: iso, title: then.toLocaleString('en') }, text);
}

/** a, b, c, α, β, γ in a line. */
export function cellText(cell) {
  return [cell.a, cell.b, cell.c].map((length) => fixed(length, 3)).join(' × ') + ' Å';
}

export function anglesText(cell) {
  return [cell.alpha, cell.beta, cell.gamma].map((angle) => trimmed(angle, 2)).join('°, ') + '°';
}
