/** Section 4.5: random loss towards all servers. */
import type { Implementation, Row } from '../contract.ts';
import { type Asked, Lab } from '../lab.ts';
import { type Measured, ofEach } from './of-each.ts';
import { isGood, seconds, type ZoneName } from './outage-lab.ts';

/** 150 cache misses at 10 a second, this share of packets lost. */
function lossy(
  implementation: Implementation,
  zone: ZoneName,
  loss: number,
  seed: number,
  discards: boolean,
): Lab {
  const lab = new Lab({ implementation, seed, settings: discards ? {} : { 'discard-after': 'never' } });
  for (let index = 0; index < 4; index++) lab.resolve(`w${index}.x.${zone}.lab.`);
  lab.resetCounters();
  for (const server of lab.servers.values()) server.loss = loss;
  lab.every(0.1, 150, (index) => `q${index}.x.${zone}.lab.`);
  lab.runAll();
  return lab;
}

/** One TCP connection for all decides: four more runs of the program gave 0.2 to 0.56 where 0.21 was measured. */
const ONE_CONNECTION: readonly Implementation[] = ['knot-resolver'];

function loss(
  share: number,
  zone: ZoneName,
  measured: { readonly success: Measured; readonly soon: Measured; readonly packets: Measured },
): Row[] {
  const set = `${share * 100} % loss, ${zone === 'one' ? 'one server' : 'two servers'}`;
  const slug = `loss-${share * 100}-${zone}`;
  const rate = (lab: Lab, test: (asked: Asked) => boolean): number =>
    lab.asked.filter(test).length / lab.asked.length;
  return [
    ...ofEach({
      section: '4.5',
      slug: `${slug}/success`,
      quantity: `${set}: share of queries answered`,
      unit: 'share',
      kind: 'share',
      byChance: ONE_CONNECTION,
      measured: measured.success,
      play: (implementation, seed) => rate(lossy(implementation, zone, share, seed, true), isGood),
    }),
    ...ofEach({
      section: '4.5',
      slug: `${slug}/soon`,
      quantity: `${set}: share of queries answered within 1 s`,
      unit: 'share',
      kind: 'share',
      byChance: ONE_CONNECTION,
      measured: measured.soon,
      play: (implementation, seed) =>
        rate(lossy(implementation, zone, share, seed, true), (asked) => isGood(asked) && seconds(asked) <= 1),
    }),
    ...ofEach({
      section: '4.5',
      slug: `${slug}/packets`,
      quantity: `${set}: packets per client query`,
      unit: 'packets',
      kind: 'rate',
      measured: measured.packets,
      play: (implementation, seed) => lossy(implementation, zone, share, seed, true).packets / 150,
    }),
  ];
}

export const LOSS_ROWS: readonly Row[] = [
  ...loss(0.25, 'one', {
    success: [1, 1, 0.75, 1],
    soon: [1, 0.93, 0.75, 0.96],
    packets: [1.4, 1.4, 1, 2.4],
  }),
  ...loss(0.5, 'one', {
    success: [1, 0.98, 0.5, 0.71],
    soon: [1, 0.73, 0.5, 0.21],
    packets: [2.2, 2, 1, undefined],
  }),
  ...loss(0.5, 'two', {
    success: [1, 1, 0.68, 0.86],
    soon: [0.99, 0.76, 0.43, 0.19],
    packets: [2.5, 2, 1.6, undefined],
  }),
  ...loss(0.9, 'two', {
    success: [0.51, 0.63, 0.21, 0.06],
    soon: [0.34, 0.23, 0.1, 0],
    packets: [12.3, 6, 1.9, undefined],
  }),
  ...loss(0, 'two', {
    success: [1, 1, 1, 1],
    soon: [1, 1, 1, 1],
    packets: [undefined, undefined, undefined, undefined],
  }),
  ...ofEach({
    section: '4.5',
    slug: 'loss-90-two/success-undiscarded',
    quantity: '90 % loss, two servers, discard-timeout off: share of queries answered',
    unit: 'share',
    kind: 'share',
    measured: [0.83, undefined, undefined, undefined],
    play: (implementation, seed) => {
      const { asked } = lossy(implementation, 'two', 0.9, seed, false);
      return asked.filter(isGood).length / asked.length;
    },
  }),
];
