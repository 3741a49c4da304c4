/**
 * Who answers at an address: every address of every server with the sites behind it.
 *
 * Not modelled: one address announced by several servers; the first server in the specification keeps it.
 */
import type { ProviderSpec, SiteSpec } from '../spec.ts';

/** One place where one server answers. Both address families end up at the same site. */
export interface Site extends SiteSpec {
  /** Position among all sites of the world. */
  readonly index: number;
  readonly provider: number;
  readonly server: number;
  /** Position among the sites of its server. */
  readonly site: number;
}

export interface ServerAddress {
  /** Position among all server addresses of the world. */
  readonly index: number;
  readonly provider: number;
  readonly family: 4 | 6;
  readonly sites: readonly Site[];
  readonly siteRegions: readonly number[];
}

export class SiteDirectory {
  readonly sites: readonly Site[];
  /** All server addresses by their index. */
  readonly addresses: readonly ServerAddress[];
  readonly #byAddress: ReadonlyMap<string, ServerAddress>;

  constructor(providers: readonly ProviderSpec[]) {
    const sites: Site[] = [];
    const byAddress = new Map<string, ServerAddress>();
    providers.forEach((spec, provider) => {
      spec.servers.forEach((serverSpec, server) => {
        const own = serverSpec.sites.map((siteSpec, site) => {
          const index = sites.length + site;
          return { ...siteSpec, index, provider, server, site };
        });
        sites.push(...own);
        const siteRegions = own.map((site) => site.region);
        for (const address of serverSpec.addresses) {
          if (byAddress.has(address)) continue;
          const entry = {
            index: byAddress.size,
            provider,
            family: familyOf(address),
            sites: own,
            siteRegions,
          };
          byAddress.set(address, entry);
        }
      });
    });
    this.sites = sites;
    this.addresses = [...byAddress.values()];
    this.#byAddress = byAddress;
  }

  /** The server address in canonical text form, or `undefined` when no server has it. */
  find(address: string): ServerAddress | undefined {
    return this.#byAddress.get(address);
  }
}

/** Address family by notation: only IPv6 addresses have colons (RFC 4291 §2.2). */
export function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}
