/**
 * What each measure means, one sentence each: the only place where measures are defined in words. Every
 * result document carries this table, and the text report prints the sentences of the measures it shows.
 */

/** A measure that has a definition. */
export type Measure =
  | 'availability'
  | 'availability.mean'
  | 'availability.min'
  | 'availability.budget'
  | 'recovery.affected'
  | 'recovery'
  | 'recovery.quantiles'
  | 'recovery.censored'
  | 'recovery.population'
  | 'phases'
  | 'user-minutes'
  | 'causes'
  | 'outcome'
  | 'latency'
  | 'stale.share'
  | 'far.share'
  | 'load'
  | 'hitRatio'
  | 'cost.month'
  | 'cost.outage'
  | 'amplification'
  | 'difference'
  | 'front'
  | 'precision'
  | 'interval';

export const DEFINITIONS: Readonly<Record<Measure, string>> = {
  availability:
    'Share of requests that were served, by the time they were made; a bucket without requests has none.',
  'availability.mean':
    'Share of all requests of a replication that were served; 1 when there were no requests.',
  'availability.min': 'Availability in the worst bucket that had requests.',
  'availability.budget':
    'Failed share of all requests over the share the recovery target allows; above 1 the error budget of the run is spent.',
  'recovery.affected':
    'Share of clients with at least one failed request since the start of the first fault.',
  recovery:
    'Time to recovery: per affected client, from the start of the first fault to its first success after its last failure.',
  'recovery.quantiles':
    'Quantiles over affected clients, mean over replications; beyond the horizon as soon as one replication is; 0 when nobody was affected.',
  'recovery.censored':
    'Share of affected clients whose last request failed, so that their recovery was not seen.',
  'recovery.population':
    'From the start of the first fault until availability is back at the target and stays there for the hold; 0 when it never fell below.',
  phases:
    'Consecutive parts of the recovery of the last client: detect, decide, publish, drain caches, reconnect; they add up.',
  'user-minutes': 'Represented users times minutes without service, over all clients.',
  causes:
    'Each failed request and the time it cost are counted under one cause: the cache, server or check that made it fail.',
  outcome: 'How requests ended, added up over replications.',
  latency:
    'From the request to a usable answer, failed connection attempts included; read from bins, exact to about a tenth; up to 1 µs counts as 0.',
  'stale.share': 'Share of answers with an address that held one the current data no longer named.',
  'far.share':
    'Share of answers whose address the current data name for clients of other regions only: their resolver is far from them and does not say where they are.',
  load: 'Queries per second for all represented users; the peak is the busiest second, mean over replications.',
  hitRatio: 'Queries answered from the cache over all queries to it.',
  'cost.month':
    'US dollars per month of 730 hours at list prices: the rate of queries before the first fault, zones, health checks; "at least" where a price is unknown.',
  'cost.outage':
    'What the faults of the run add once: queries since the first fault beyond the rate before it.',
  amplification:
    'Queries per second from the start of the first fault to the end of the last, over those before; the caches of clients start empty, so a short time before makes it too small.',
  difference:
    'Other strategy less reference, run by run under the same random draws; evidence: p below 0.05, each difference by itself.',
  front:
    'Strategies that no other beats in both time to recovery and load at the authoritative servers; or what a month costs, where every price is known.',
  precision:
    'Half the width of the interval of the chosen quantile over its mean, for the least certain strategy.',
  interval:
    "Intervals hold the true mean with 95 % confidence (Student's t over replications), cut off at possible values.",
};
