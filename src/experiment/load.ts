/** Load at each hop over replications, scaled from simulated to represented users. */
import { type Micros, SECOND } from '../base/time.ts';
import type { HopRecord, ReplicationRecord } from '../measure/record.ts';
import type { HopLoad } from '../measure/result.ts';
import { mean, share, tidy } from './estimate.ts';

/** Hops in the order in which replications first name them. */
export function aggregateLoad(records: readonly ReplicationRecord[]): HopLoad[] {
  const hops = [...new Set(records.flatMap((record) => record.hops.map((hop) => hop.hop)))];
  return hops.map((hop) => aggregateHop(hop, records));
}

function aggregateHop(name: string, records: readonly ReplicationRecord[]): HopLoad {
  const seen = records.map((record) => ({
    reached: record.reached,
    hop: record.hops.find((hop) => hop.hop === name) ?? silentHop(name),
  }));
  const amplified = amplification(seen.flatMap(({ hop }) => hop.around ?? []));
  const cached = seen.map(({ hop }) => hop).filter((hop) => hop.hits !== undefined);
  return {
    hop: name,
    queriesPerSecond: {
      mean: tidy(mean(seen.map(({ hop, reached }) => perSecond(hop, reached)))),
      peak: tidy(mean(seen.map(({ hop }) => hop.peakPerSecond * hop.scale))),
    },
    ...(cached.length > 0 && { hitRatio: hitRatio(cached) }),
    ...(amplified !== undefined && { amplification: amplified }),
  };
}

function silentHop(hop: string): HopRecord {
  return { hop, queries: 0, peakPerSecond: 0, scale: 1 };
}

function perSecond(hop: HopRecord, reached: Micros): number {
  return reached === 0 ? 0 : (hop.queries * hop.scale * SECOND) / reached;
}

function hitRatio(hops: readonly HopRecord[]): number {
  const hits = hops.reduce((sum, hop) => sum + (hop.hits ?? 0), 0);
  const queries = hops.reduce((sum, hop) => sum + hop.queries, 0);
  return tidy(share(hits, queries));
}

/** Rate during the faults over the rate before, replications added up; undefined when nothing came before. */
function amplification(parts: readonly NonNullable<HopRecord['around']>[]): number | undefined {
  const sum = (pick: (part: NonNullable<HopRecord['around']>) => number): number =>
    parts.reduce((total, part) => total + pick(part), 0);
  const before = sum((part) => part.before) / sum((part) => part.beforeMicros);
  const during = sum((part) => part.during) / sum((part) => part.duringMicros);
  return before > 0 && Number.isFinite(during) ? tidy(during / before) : undefined;
}
