// One quiet line while the server does not answer; it goes by itself when it does again.
import { byId } from './dom.js';

const first = 2000;
const longest = 15000;
let timer = null;
let wait = first;
const returns = new EventTarget();

export function serverIsSilent() {
  if (timer !== null) return;
  const line = byId('offline');
  line.textContent = 'The server does not answer; trying again.';
  line.hidden = false;
  again();
}

function again() {
  timer = setTimeout(async () => {
    try {
      const response = await fetch('api/about', { cache: 'no-store', credentials: 'same-origin' });
      if (response.status >= 502 && response.status <= 504) throw new Error();
      serverAnswers();
    } catch {
      wait = Math.min(longest, wait * 1.5);
      again();
    }
  }, wait);
}

export function serverAnswers() {
  if (timer === null) return;
  clearTimeout(timer);
  timer = null;
  wait = first;
  byId('offline').hidden = true;
  returns.dispatchEvent(new Event('back'));
}

/** Calls back whenever the server answers again after a silence. */
export function onServerBack(callback) {
  returns.addEventListener('back', callback);
}
