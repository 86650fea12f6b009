// 3Dmol, fetched when a crystal is to be seen for the first time.

let loading = null;

export function load3Dmol() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = new URL('../vendor/3Dmol-min.js', import.meta.url).href;
    script.addEventListener('load', () => resolve(globalThis.$3Dmol));
    script.addEventListener('error', () => {
      loading = null;
      script.remove();
      reject(new Error('The 3D view could not be loaded.'));
    });
    document.head.append(script);
  });
  return loading;
}

export function hasWebGl() {
  try {
    const canvas = document.createElement('canvas');
    return Boolean(canvas.getContext('webgl2') ?? canvas.getContext('webgl'));
  } catch {
    return false;
  }
}
