/** Settings of a CoreDNS provider as data. */
import type { Corefile } from '../../../../dns/corefile/plugins.ts';
import type { Name } from '../../../../dns/data/name.ts';
import type { Zone } from '../../../../dns/zone/zone.ts';
import type { RuleSpec } from '../../../spec.ts';

export interface CorednsOptions extends RuleSpec {
  readonly kind: 'coredns';
  readonly corefile: Corefile;
  /** The port that is asked. */
  readonly port: number;
  /** What the kubernetes plugin knows, by zone; reverse zones too. */
  readonly clusterZones: ReadonlyMap<Name, Zone>;
  /** Addresses of pods by namespace, for `pods verified`. */
  readonly pods: ReadonlyMap<string, ReadonlySet<string>>;
  /** Search lists of the namespaces that have pods, for `autopath @kubernetes`. */
  readonly searchLists: readonly (readonly Name[])[];
  /** Whether `cache` holds answers; else it only bounds their TTLs. */
  readonly holds: boolean;
  /** Whether a Service of Kubernetes stands in front, which knows who is `ready`. */
  readonly isCluster: boolean;
  /** Whether a server that was down comes back as a new process. */
  readonly restarts: boolean;
}
