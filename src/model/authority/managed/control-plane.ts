/**
 * The control plane of a managed provider: takes zone changes in order and carries them to every edge.
 *
 * A change is accepted at once, or later by as much as the plane is slow; while the plane is down, operators'
 * changes wait and are handed in again, in order, when it is back. What was accepted reaches every edge at the
 * same instant, one propagation time later, whatever happens to the plane meanwhile.
 *
 * Not modelled: rejected changes, serial numbers (a change leaves the SOA alone), rate limits of the interface,
 * zone transfers, and edges that differ in their propagation time: a change is seen more abruptly than it is.
 */
import type { Micros } from '../../../base/time.ts';
import type { Zone } from '../../../dns/zone/zone.ts';
import type { ZoneChangeSpec } from '../../spec.ts';
import type { ProviderContext } from '../provider.ts';
import { changedZone } from '../zone-change.ts';
import { ACCEPT, PUBLISH } from './wake.ts';

interface Submission {
  readonly zone: number;
  readonly change: ZoneChangeSpec;
  readonly label: string;
}

interface Publication {
  readonly zone: number;
  readonly data: Zone;
  readonly label: string;
}

export class ControlPlane {
  readonly #context: ProviderContext;
  readonly #zones: Map<number, Zone>;
  /** Handed in while the plane was down. */
  #waiting: Submission[] = [];
  /** On their way through a slow plane, oldest first. */
  readonly #inHand: Submission[] = [];
  #lastDue: Micros = 0;
  /** On their way to the edges, oldest first. */
  readonly #publications: Publication[] = [];

  constructor(context: ProviderContext, zones: ReadonlyMap<number, Zone>) {
    this.#context = context;
    this.#zones = new Map(zones);
  }

  submit(submission: Submission, now: Micros): void {
    const { down, extra } = this.#context.plane('control');
    if (down !== 'none') {
      this.#waiting.push(submission);
      return;
    }
    this.#lastDue = Math.max(this.#lastDue, now + extra);
    this.#inHand.push(submission);
    if (this.#lastDue > now) this.#context.wake(this.#lastDue - now, ACCEPT, 0);
    else this.accept();
  }

  /** Accepts the oldest change in hand. */
  accept(): void {
    const submission = this.#inHand.shift()!;
    if (this.#context.plane('control').down !== 'none') {
      this.#waiting.push(submission);
      return;
    }
    const { zone, change, label } = submission;
    const data = changedZone(this.#zones.get(zone)!, change);
    this.#zones.set(zone, data);
    this.#context.reveal({ kind: 'accepted', provider: this.#context.index, zone, data });
    this.#publications.push({ zone, data, label });
    const { propagation } = this.#context.spec.providers[this.#context.index]!;
    if (propagation > 0) this.#context.wake(propagation, PUBLISH, 0);
    else this.publish();
  }

  /** The oldest accepted change is at every edge. */
  publish(): void {
    const { zone, data, label } = this.#publications.shift()!;
    const { index, spec } = this.#context;
    this.#context.reveal({ kind: 'published', provider: index, zone, data });
    this.#context.react('publish', `${label}: at every edge of ${spec.providers[index]!.name}`);
  }

  /** Hands in again what waited, if the plane is up. */
  planeChanged(now: Micros): void {
    if (this.#context.plane('control').down !== 'none') return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const submission of waiting) this.submit(submission, now);
  }
}
