// What the page shows is in its address: ?job=…&candidate=…, ?job=…&compare=1,3, ?view=history&search=…, ?view=file.

const changes = new EventTarget();

export function route() {
  const query = new URLSearchParams(location.search);
  const job = query.get('job');
  const ranks = (query.get('compare') ?? '').split(',').map(Number).filter((rank) => Number.isInteger(rank) && rank > 0);
  return {
    view: job ? 'predict' : (query.get('view') ?? 'predict'),
    job,
    candidate: Number(query.get('candidate')) || null,
    compare: job && ranks.length === 2 ? ranks : null,
    search: query.get('search') ?? '',
    state: query.get('state') ?? '',
    formula: query.get('formula') ?? '',
  };
}

export function address(values) {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return given.length > 0 ? `./?${new URLSearchParams(given).toString().replaceAll('%2C', ',')}` : './';
}

/** Goes there: a new entry of the browser's history. */
export function go(values) {
  const target = new URL(address(values), location.href);
  if (target.href !== location.href) history.pushState(null, '', target);
  changes.dispatchEvent(new Event('change'));
}

/** Only tells the address what is seen already. */
export function note(values) {
  history.replaceState(null, '', address(values));
}

export function onRoute(callback) {
  changes.addEventListener('change', callback);
  addEventListener('popstate', callback);
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[data-route]');
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.href !== location.href) history.pushState(null, '', link.href);
    changes.dispatchEvent(new Event('change'));
    scrollTo(0, 0);
  });
}
