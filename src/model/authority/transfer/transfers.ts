/**
 * All zone transfers of a world: for each provider that is a secondary, one copy of every zone it shares with its
 * primary.
 *
 * A transfer succeeds while some server of the primary answers and the secondary's own control plane, which stands
 * for the machines that fetch, is up. What the primary holds is what its control plane has accepted, as with a hidden
 * primary whose file was edited.
 */
import type { Zone } from '../../../dns/zone/zone.ts';
import type { RandomStreams } from '../../../kernel/random-streams.ts';
import type { Simulation } from '../../../kernel/simulation.ts';
import type { WorldSpec } from '../../spec.ts';
import { regionState } from '../../timeline/exposure.ts';
import type { FaultBoard } from '../../timeline/fault-board.ts';
import type { Provider, ProviderChange } from '../provider.ts';
import { Secondary } from './secondary.ts';

export interface TransferParts {
  readonly spec: WorldSpec;
  readonly simulation: Simulation;
  readonly streams: RandomStreams;
  readonly board: FaultBoard;
  readonly providers: readonly Provider[];
  readonly reveal: (change: ProviderChange) => void;
  /** Notes what happened, for the phases of a recovery. */
  readonly react: (label: string) => void;
}

export class Transfers {
  readonly #parts: TransferParts;
  /** What the control plane of each provider holds, by provider and zone, once it has changed. */
  readonly #held: Map<string, Zone> = new Map();
  /** Secondaries to be notified, by provider and zone of their primary. */
  readonly #listeners: Map<string, Secondary[]> = new Map();

  /** Opens streams named `transfer/...`. */
  constructor(parts: TransferParts) {
    this.#parts = parts;
    parts.spec.providers.forEach(({ transfer }, provider) => {
      if (transfer) this.#start(provider, transfer.from, transfer.notify);
    });
  }

  /** A control plane holds new data. */
  accepted(provider: number, zone: number, data: Zone): void {
    const key = keyOf(provider, zone);
    this.#held.set(key, data);
    for (const secondary of this.#listeners.get(key) ?? []) secondary.notify();
  }

  #start(provider: number, from: number, notify: boolean): void {
    const { spec, simulation, streams, providers, reveal, react } = this.#parts;
    const { name } = spec.providers[provider]!;
    spec.zones.forEach(({ origin, providers: serving }, zone) => {
      if (!serving.includes(provider) || !serving.includes(from)) return;
      const key = keyOf(from, zone);
      const copy = providers[from]!.accepted.get(zone)!;
      const secondary = new Secondary(`${origin} at ${name}`, copy, {
        simulation,
        draw: streams.open(`transfer/${name}/${origin}`).uniform,
        primaryData: () => this.#held.get(key) ?? copy,
        isReachable: () => this.isReachable(from, provider),
        publish: (data, what) => {
          reveal({ kind: 'published', provider, zone, data });
          react(`${origin}: ${what} at every edge of ${name}`);
        },
      });
      if (notify) this.#listeners.set(key, [...(this.#listeners.get(key) ?? []), secondary]);
    });
  }

  /** Whether a transfer would succeed at this moment. */
  isReachable(primary: number, secondary: number): boolean {
    const { spec, board } = this.#parts;
    if (board.plane(secondary, 'control').down !== 'none') return false;
    return spec.providers[primary]!.servers.some(({ sites }, server) =>
      sites.some(({ region }, site) => {
        const { down, rcode } = board.site({ provider: primary, server, site });
        return down === 'none' && rcode === undefined && regionState(board, region).down === 'none';
      }),
    );
  }
}

function keyOf(provider: number, zone: number): string {
  return `${provider} ${zone}`;
}
