/**
 * The truth against which answers count as old or wrong: what the operators want the world to see at present.
 *
 * For every zone that is the data its first listed provider's control plane has accepted, whether or not it has
 * reached an edge; a change that waits for a dead control plane, or that only another provider got, is not part
 * of it. Where a policy covers a name, whichever provider runs it, the truth is the policy's decision for the
 * health known to that provider: a dead endpoint stays true until its health check has spoken. Faults of the
 * edge (lies, empty zones, stale copies) never change the truth.
 *
 * Not modelled: views that differ by client (every region gets the same truth from policies without geography).
 */
import type { Question } from '../../dns/data/message.ts';
import type { Name } from '../../dns/data/name.ts';
import type { RrType } from '../../dns/data/rrtype.ts';
import { lookup } from '../../dns/zone/lookup.ts';
import { type HostedZones, hostedZones } from '../../dns/zone/view.ts';
import type { WorldSpec } from '../spec.ts';
import type { PolicyAnswer, Provider } from './provider.ts';

export class Truth {
  readonly #spec: WorldSpec;
  readonly #providers: readonly Provider[];
  #zones: HostedZones = new Map();
  #known: Map<Name, Map<number, readonly string[]>> = new Map();

  constructor(spec: WorldSpec, providers: readonly Provider[]) {
    this.#spec = spec;
    this.#providers = providers;
    this.refresh();
  }

  /** Call whenever accepted zone data or known health has changed. */
  refresh(): void {
    const accepted = this.#spec.zones.map(({ providers, zone }, index) => {
      return this.#providers[providers[0] ?? -1]?.accepted.get(index) ?? zone;
    });
    this.#zones = hostedZones(accepted);
    this.#known = new Map();
  }

  /** All addresses a right answer may hold, in the order of the RRset; empty for NODATA and NXDOMAIN. */
  addresses(question: Question, region: number): readonly string[] {
    const key = question.type * this.#spec.network.regions.length + region;
    const known = this.#known.get(question.name)?.get(key);
    if (known) return known;
    const addresses = this.#find(question, region);
    const byKey = this.#known.get(question.name) ?? new Map<number, readonly string[]>();
    this.#known.set(question.name, byKey.set(key, addresses));
    return addresses;
  }

  #find(question: Question, region: number): readonly string[] {
    const override = (name: Name, type: RrType): PolicyAnswer | undefined => {
      for (const provider of this.#providers) {
        const decided = provider.correct(name, type, region);
        if (decided) return decided;
      }
      return undefined;
    };
    const { answer } = lookup(this.#zones, question, { override, minimalResponses: true });
    const wanted = answer.filter((rrset) => rrset.type === question.type);
    return wanted.flatMap(({ rdata }) => rdata.flatMap((one) => (one.kind === 'address' ? one.address : [])));
  }
}
