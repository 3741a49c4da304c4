/** Settings of a PowerDNS provider as data. Each default stands with its source in the scenario format. */
import type { Micros } from '../../../../base/time.ts';
import type { RuleSpec } from '../../../spec.ts';

export interface PowerDnsOptions extends RuleSpec {
  readonly kind: 'powerdns';
  /** `enable-lua-records`: without, LUA records are not looked at. */
  readonly luaRecords: 'no' | 'yes' | 'shared';
  /** `lua-records-exec-limit`: steps a record may take, 0 = no limit. */
  readonly stepLimit: number;
  /** `lua-health-checks-interval`: from sweep to sweep. */
  readonly sweepInterval: Micros;
  /** What a sweep follows by that interval: the start of the one before, or its end. */
  readonly sweepFrom: 'start' | 'end';
  /** `lua-health-checks-expire-delay`: checks nobody asked for this long are forgotten. */
  readonly expireAfter: Micros;
  /** Whether the servers have been running, and been asked, for longer than that. Else they have just been started. */
  readonly isWarm: boolean;
  /** Whether a record's targets are checked from its first query on, or always. */
  readonly checksFrom: 'first-query' | 'start';
  /** When a target that was never asked for is probed first. */
  readonly firstCheck: 'at-once' | 'next-sweep';
  /** What `backupSelector` picks from when everything is down. */
  readonly backupSet: 'all' | 'first';
  /** What `pickselfweighted` does when everything is down. */
  readonly selfWeightedDown: 'servfail' | 'random';
  /** Whether the geoip backend runs; without it nobody is anywhere. */
  readonly geoip: boolean;
  /** `expand-alias`: without, ALIAS records are not looked at. */
  readonly expandAlias: boolean;
  /** `resolver` is set; without one no ALIAS can be expanded. */
  readonly hasResolver: boolean;
  /** Whether servers read a database that fails with the control plane, or a copy of their own. */
  readonly backend: 'copy' | 'database';
  /** `cache-ttl` and `query-cache-ttl`: how long what was read is answered once the database is gone. */
  readonly queryCache: Micros;
  /** `negquery-cache-ttl`: the same for what is not there. */
  readonly negativeQueryCache: Micros;
}
