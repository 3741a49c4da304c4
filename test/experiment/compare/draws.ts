/** Random draws for tests, reproducible. */
import alea from 'seedrandom/lib/alea.js';

/** Independent uniform draws in [0, 1). */
export function uniforms(seed: string): () => number {
  return alea(seed);
}

/** Independent standard normal draws (Box and Muller, 1958). */
export function normals(seed: string): () => number {
  const draw = uniforms(seed);
  return () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}

/** Four standard errors of a share seen in so many trials. */
export function fourStandardErrors(share: number, trials: number): number {
  return 4 * Math.sqrt((share * (1 - share)) / trials);
}
