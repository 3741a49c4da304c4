/**
 * The control plane of a managed provider: takes operators' changes in order and carries them to every edge.
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
import type { OperatorChange, ProviderChange, ProviderContext } from '../provider.ts';
import { changedZone } from '../zone-change.ts';
import { ACCEPT, PUBLISH } from './wake.ts';

interface Submission {
  readonly change: OperatorChange;
  readonly label: string;
}

interface Publication {
  readonly published: Published;
  readonly label: string;
}

/** What the plane tells when a change has come to every edge. */
export type Published = Extract<ProviderChange, { kind: 'published' | 'policy' | 'setting' }>;

/** What happens to changes beside their being revealed. */
export interface ControlHooks {
  /** Whether the kind carries an accepted change on by itself. */
  readonly carries?: (change: OperatorChange) => boolean;
  /** A change is at every edge. */
  readonly arrived: (published: Published) => void;
}

export class ControlPlane {
  readonly #context: ProviderContext;
  readonly #hooks: ControlHooks;
  readonly #zones: Map<number, Zone>;
  /** Handed in while the plane was down. */
  #waiting: Submission[] = [];
  /** On their way through a slow plane, oldest first. */
  readonly #inHand: Submission[] = [];
  #lastDue: Micros = 0;
  /** On their way to the edges, oldest first. */
  readonly #publications: Publication[] = [];

  constructor(context: ProviderContext, zones: ReadonlyMap<number, Zone>, hooks: ControlHooks) {
    this.#context = context;
    this.#hooks = hooks;
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
    if (this.#hooks.carries?.(submission.change)) return;
    this.#publications.push({ published: this.#take(submission), label: submission.label });
    const { propagation } = this.#context.spec.providers[this.#context.index]!;
    if (propagation > 0) this.#context.wake(propagation, PUBLISH, 0);
    else this.publish();
  }

  /** The oldest accepted change is at every edge. */
  publish(): void {
    const { published, label } = this.#publications.shift()!;
    const { index, spec } = this.#context;
    this.#hooks.arrived(published);
    this.#context.reveal(published);
    this.#context.react('publish', `at every edge of ${spec.providers[index]!.name}: ${label}`);
  }

  /** Hands in again what waited, if the plane is up. */
  planeChanged(now: Micros): void {
    if (this.#context.plane('control').down !== 'none') return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const submission of waiting) this.submit(submission, now);
  }

  /** Tells that a change is accepted. Returns what is to be told when it has arrived. */
  #take({ change, label }: Submission): Published {
    const { index: provider } = this.#context;
    if (change.kind === 'zone') {
      const { zone } = change;
      const data = changedZone(this.#zones.get(zone)!, change.change);
      this.#zones.set(zone, data);
      this.#context.reveal({ kind: 'accepted', provider, zone, data });
      return { kind: 'published', provider, zone, data };
    }
    const told = { ...change, provider, label };
    this.#context.reveal({ ...told, stage: 'accepted' });
    return { ...told, stage: 'published' };
  }
}
