// 3Dmol has one lamp beside the camera and no other light, so that whatever is seen from the side is black.
// Its shaders are given as text: here they get a share of light from everywhere.

const soft = new WeakSet();
const everywhere = 0.38;

export function softenLight(viewer) {
  const gl = viewer.getRenderer().getContext();
  if (!gl || soft.has(gl)) return;
  soft.add(gl);
  const original = gl.shaderSource.bind(gl);
  gl.shaderSource = (shader, source) =>
    original(shader, source.replaceAll(/max\(\s*(-?dotProduct),\s*0\.0\s*\)/g, `${everywhere} + ${(1.03 - everywhere).toFixed(2)} * max( $1, 0.0 )`));
}
