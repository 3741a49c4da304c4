/** Section 4.4: server selection. */
import type { Implementation, Row } from '../contract.ts';
import { Lab } from '../lab.ts';

type Measured = readonly [unbound: number, bind: number, pdns: number, knot: number];

const FOUR: readonly Implementation[] = ['unbound', 'bind', 'pdns-recursor', 'knot-resolver'];

/** Share of the first server of two over 400 cache misses, one after the other. */
function shareOfFirst(
  implementation: Implementation,
  delays: readonly [number, number],
  seed: number,
): number {
  const lab = new Lab({ implementation, seed });
  const [first, second] = lab.serversOf('two');
  [first!.delaySeconds, second!.delaySeconds] = delays;
  for (let index = 0; index < 400; index++) lab.resolve(`q${index}.x.two.lab.`);
  return first!.packets / (first!.packets + second!.packets);
}

function shares(delays: readonly [number, number], measured: Measured): Row[] {
  const milliseconds = delays.map((seconds) => seconds * 1000).join('/');
  return FOUR.map((implementation, index) => ({
    id: `4.4/${implementation}/share-${milliseconds}`,
    section: '4.4',
    implementation,
    quantity: `share of the first server, delays ${milliseconds} ms`,
    measured: measured[index]!,
    unit: 'share',
    kind: 'share',
    play: (seed) => shareOfFirst(implementation, delays, seed),
  }));
}

export const SELECTION_ROWS: readonly Row[] = [
  ...shares([0.01, 0.1], [0.48, 1, 1, 0.97]),
  ...shares([0.01, 0.5], [0.995, 1, 1, 0.98]),
];
