// A server that is open to a network wants a token: asked for once, then kept in a cookie by the server.
import { byId, fill, h } from './dom.js';

let isAsking = false;

export function askForToken(detail) {
  if (isAsking) return;
  isAsking = true;
  const input = h('input', { id: 'token', name: 'token', type: 'password', required: true, autocomplete: 'current-password' });
  const form = h(
    'form.token',
    { action: './', method: 'get' },
    h('h1', {}, 'This server asks for its token'),
    h('p.quiet', {}, detail),
    h('label', { for: 'token' }, 'Token, as “kagome serve” printed it when it started'),
    h('div.ask-row', {}, input, h('button.primary', { type: 'submit' }, 'Go on')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    location.assign(`./?token=${encodeURIComponent(input.value.trim())}`);
  });
  fill(byId('main'), form);
  input.focus();
}
