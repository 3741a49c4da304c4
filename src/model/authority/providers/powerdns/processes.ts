/** The processes of a provider: one at every site of every server, each with a state of its own. */
import type { ProviderSpec, WorldSpec } from '../../../spec.ts';

export interface ProcessPlace {
  readonly index: number;
  readonly server: number;
  /** Position among the sites of its server. */
  readonly site: number;
  /** Index of the region it stands in. */
  readonly region: number;
  /** `ns1.example.net`, with its region where the server has several sites. */
  readonly label: string;
}

/** All processes, server by server. */
export function processesOf({ servers }: ProviderSpec, { network }: WorldSpec): ProcessPlace[] {
  const places = servers.flatMap(({ name, sites }, server) =>
    sites.map(({ region }, site) => {
      const bare = name.slice(0, -1);
      const label = sites.length > 1 ? `${bare} in ${network.regions[region]}` : bare;
      return { server, site, region, label };
    }),
  );
  return places.map((place, index) => ({ ...place, index }));
}
