/**
 * Limits of a resolver on each machine that asks it: queries per second, and queries that wait for their answer. What
 * is more is dropped on the machine's own platform: the resolver never sees it, and nobody is told (Azure DNS limits;
 * Amazon VPC, DNS quotas).
 *
 * A machine is a client, or an instance of a forwarder. Not modelled: how operators measure a second (here by the
 * clock, so that twice the limit may pass around its turn), and other services that count against the same limit.
 */
import { type Micros, SECOND } from '../../base/time.ts';
import type { Ticket } from '../../dns/resolve/protocol.ts';
import type { ClientLimits, PopulationSpec } from '../spec.ts';

/** Number of a machine among all that ask a resolver service; -1 = one that is not counted. */
export type Machine = number;

export const UNCOUNTED: Machine = -1;

interface Count {
  second: number;
  sent: number;
  pending: number;
}

export class ClientGate {
  readonly #limits: ClientLimits;
  readonly #counts: Map<Machine, Count> = new Map();
  /** Machines that wait, by ticket. */
  readonly #waiting: Map<Ticket, Machine> = new Map();

  constructor(limits: ClientLimits) {
    this.#limits = limits;
  }

  /** Whether a query gets through; it waits from then on. */
  admits(machine: Machine, ticket: Ticket, now: Micros): boolean {
    const second = Math.floor(now / SECOND);
    const count = this.#counts.get(machine) ?? { second, sent: 0, pending: 0 };
    this.#counts.set(machine, count);
    if (count.second !== second) {
      count.second = second;
      count.sent = 0;
    }
    const { perSecond, pending } = this.#limits;
    if (count.sent >= perSecond || count.pending >= pending) return false;
    count.sent++;
    count.pending++;
    this.#waiting.set(ticket, machine);
    return true;
  }

  /** The query has been answered, or never will be. */
  release(ticket: Ticket): void {
    const machine = this.#waiting.get(ticket);
    if (machine === undefined) return;
    this.#waiting.delete(ticket);
    this.#counts.get(machine)!.pending--;
  }
}

/** Clients that ask less often than this share of a limit never come near it, retries included. */
const NEAR = 1 / 20;

/** Whether single clients of a population may come near the limits, so that their queries have to be counted. */
export function mayExceed({ perSecond, pending }: ClientLimits, population: PopulationSpec): boolean {
  return lookupsPerSecond(population) >= Math.min(perSecond, pending) * NEAR;
}

/** Most look-ups that one client begins in a second on average: at the daily peak, or within a session. */
function lookupsPerSecond({ workload, questions }: PopulationSpec): number {
  const most = questions.map(({ types, search }) => types.length * (search?.candidates.length ?? 1));
  const pause = workload.kind === 'sessions' ? Math.min(workload.every, workload.pause) : workload.every;
  const rise = workload.kind === 'periodic' ? 1 : 1 + (workload.diurnal?.amplitude ?? 0);
  return (Math.max(...most) * rise * SECOND) / Math.max(pause, 1);
}
