/** Set-ups that rows of section 4.5 share. */
import type { Implementation } from '../contract.ts';
import { type Asked, Lab, type Mode } from '../lab.ts';

const ZONES = ['one', 'two'] as const;
export type ZoneName = (typeof ZONES)[number];

/** A lab whose resolver has five replies of the zone's servers, counters at 0. */
export function warm(implementation: Implementation, zone: ZoneName, seed = 1): Lab {
  const lab = new Lab({ implementation, seed, settings: { 'discard-after': 'never' } });
  for (let index = 0; index < 4; index++) lab.resolve(`w${index}.x.${zone}.lab.`);
  lab.resetCounters();
  return lab;
}

export function setAll(lab: Lab, zone: ZoneName, mode: Mode): void {
  for (const server of lab.serversOf(zone)) server.mode = mode;
}

export const seconds = ({ seconds: time = Number.NaN }: Asked): number => time;

export const isGood = ({ answer }: Asked): boolean => answer?.rcode === 'NOERROR';

/** How long a name goes on failing without a packet, looked at every 0.5 s, seconds. */
export function heldFor(lab: Lab, name: string): number {
  const sent = (): number => [...lab.servers.values()].reduce((total, { log }) => total + log.length, 0);
  const failed = lab.now;
  const before = sent();
  for (;;) {
    lab.ask(name);
    if (sent() > before || lab.now > failed + 300) return lab.now - failed;
    lab.run(0.5);
  }
}
