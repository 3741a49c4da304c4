declare module 'seedrandom/lib/alea.js' {
  import type seedrandom from 'seedrandom';
  export default function alea(seed: string): seedrandom.PRNG;
}
