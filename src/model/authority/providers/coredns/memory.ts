/**
 * What CoreDNS keeps in memory only, and loses when a server restarts: zones of `secondary` (plugin/secondary
 * README.md: not committed to disk, the transfer is tried again every 10 s) and of `kubernetes` (plugin/kubernetes:
 * SERVFAIL until it has synchronised with the API server). A server that runs on keeps its last data however long
 * their source is away.
 *
 * The primary is the provider named by `transfer`, else whatever the control plane stands for; the API server is the
 * control plane. Assumption: a server that was down comes back as a new process.
 *
 * Not modelled: the seconds a transfer or a synchronisation takes when its source answers, and a reload of the
 * Corefile, which begins anew as well.
 */
import { type Micros, SECOND } from '../../../../base/time.ts';
import type { Name } from '../../../../dns/data/name.ts';
import type { ProviderContext } from '../../provider.ts';
import type { CorednsOptions } from './rule.ts';

/** Kind of wake-up; those of the planes are smaller. */
export const LOAD = 100;

const LOAD_AGAIN: Micros = 10 * SECOND;

/** Zones that servers are without, as `SERVER ZONE`. */
export type Missing = ReadonlySet<string>;

export interface MissingState {
  readonly kind: 'missing';
  readonly missing: Missing;
}

export function missingKey(server: number, zone: Name): string {
  return `${server} ${zone}`;
}

export class Memory {
  readonly #context: ProviderContext;
  readonly #zones: readonly { readonly zone: Name; readonly source: 'primary' | 'api' }[];
  readonly #restarts: boolean;
  readonly #missing: Set<string> = new Set();
  #up: readonly boolean[];
  #waits = false;

  constructor(context: ProviderContext, { corefile, restarts }: CorednsOptions) {
    this.#context = context;
    this.#restarts = restarts;
    const plugins = corefile.blocks.flatMap((block) => block.plugins);
    this.#zones = plugins.flatMap((plugin) => {
      if (plugin.plugin !== 'secondary' && plugin.plugin !== 'kubernetes') return [];
      const source = plugin.plugin === 'secondary' ? 'primary' : 'api';
      return plugin.zones.map((zone) => ({ zone, source }) as const);
    });
    this.#up = this.#upNow();
  }

  /** Faults of servers or planes have changed. */
  changed(): void {
    if (!this.#restarts || this.#zones.length === 0) return;
    const before = this.#up;
    this.#up = this.#upNow();
    this.#up.forEach((isUp, server) => {
      if (isUp && !before[server]) this.#restart(server);
    });
    this.#load('api');
  }

  /** Tries once more what could not be had. */
  loadAgain(): void {
    this.#waits = false;
    this.#load('primary');
    this.#load('api');
    if (this.#missing.size > 0) this.#wait();
  }

  #restart(server: number): void {
    const lost = this.#zones.filter(({ source }) => !this.#isThere(source));
    for (const { zone } of lost) this.#missing.add(missingKey(server, zone));
    if (lost.length === 0) return;
    const { index, spec } = this.#context;
    const names = lost.map(({ zone }) => zone).join(', ');
    const { name } = spec.providers[index]!.servers[server]!;
    this.#tell(`${name} comes back without ${names}: CoreDNS kept it in memory, and its source is away`);
    this.#wait();
  }

  #load(source: 'primary' | 'api'): void {
    if (this.#missing.size === 0 || !this.#isThere(source)) return;
    const had = this.#missing.size;
    for (const { zone } of this.#zones.filter((one) => one.source === source)) {
      this.#up.forEach((_, server) => {
        this.#missing.delete(missingKey(server, zone));
      });
    }
    const { index, spec } = this.#context;
    if (this.#missing.size < had) this.#tell(`${spec.providers[index]!.name} has loaded what it had lost`);
  }

  #wait(): void {
    if (this.#waits) return;
    this.#waits = true;
    this.#context.wake(LOAD_AGAIN, LOAD, 0);
  }

  #tell(label: string): void {
    const state: MissingState = { kind: 'missing', missing: new Set(this.#missing) };
    this.#context.reveal({ kind: 'own', provider: this.#context.index, state });
    this.#context.react('publish', label);
  }

  #isThere(source: 'primary' | 'api'): boolean {
    const { spec, index } = this.#context;
    const primary = spec.providers[index]!.transfer?.from;
    if (source === 'primary' && primary !== undefined) return this.#context.reaches(primary);
    return this.#context.plane('control').down === 'none';
  }

  #upNow(): readonly boolean[] {
    const { spec, index } = this.#context;
    return spec.providers[index]!.servers.map(({ sites }, server) =>
      sites.some((_, site) => this.#context.site(server, site).down === 'none'),
    );
  }
}
