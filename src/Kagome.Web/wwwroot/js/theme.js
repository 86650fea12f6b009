// The page's colours for what is drawn outside of CSS.

const dark = matchMedia('(prefers-color-scheme: dark)');

export function themeColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    background: read('--view'),
    ink: read('--ink'),
    edge: read('--cell-edge'),
    innerEdge: read('--cell-inner-edge'),
    axes: [read('--axis-a'), read('--axis-b'), read('--axis-c')],
    accent: read('--mark'),
  };
}

export function onThemeChange(callback) {
  dark.addEventListener('change', callback);
}
