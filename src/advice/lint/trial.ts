/**
 * Plays what a finding costs: the scenario with a few clients and resolvers, and one outage of the finding's own.
 *
 * Not modelled: the scenario's own faults and changes are left out, and one replication is played, so the numbers
 * are of the right size and no more; people are counted as the scenario counts them.
 */
import type { TrialResult } from '../../base/finding.ts';
import { MINUTE, type Micros } from '../../base/time.ts';
import { simulateReplication } from '../../measure/simulate.ts';
import type { FaultSpec, TargetSpec, WorldSpec } from '../../model/spec.ts';
import type { Trial } from './rule.ts';
import type { ScenarioSubject } from './subject.ts';

/** When the outage of a trial begins: caches have settled. */
export const OUTAGE_BEGINS: Micros = 5 * MINUTE;
/** How long it lasts unless the trial says otherwise. */
export const OUTAGE_LENGTH: Micros = 30 * MINUTE;
/** Time left for caches to recover. */
const AFTERWARDS: Micros = 25 * MINUTE;
/** Clients in all, of all populations. */
const MOST_CLIENTS = 150;
/** Instances of a resolver service. */
const MOST_INSTANCES = 5;

/** Plays a trial; nothing where its faults do not apply. The same subject gives the same numbers. */
export function playTrial(scenario: ScenarioSubject, trial: Trial): TrialResult | undefined {
  const lost = lostUnder(scenario.spec, trial, scenario.seed);
  if (lost === undefined) return undefined;
  const { remedy } = trial;
  const fixed = remedy && remedied(scenario, trial);
  const withRemedy = fixed && lostUnder(fixed, trial, scenario.seed);
  return {
    what: trial.what,
    userMinutesLost: lost,
    // A fix that changes nothing here, where nothing is lost or another thing is in its way, is not told.
    ...(withRemedy === undefined || withRemedy >= lost
      ? {}
      : { remedy: remedy!.what, userMinutesLostWithRemedy: withRemedy }),
  };
}

function remedied(scenario: ScenarioSubject, { remedy }: Trial): WorldSpec | undefined {
  const { sets, change } = remedy!;
  const spec = sets ? scenario.variant(sets) : scenario.spec;
  return spec && change ? change(spec) : spec;
}

/** User-minutes lost, to a tenth. */
function lostUnder(spec: WorldSpec, trial: Trial, seed: number): number | undefined {
  const timeline = trial.timeline(spec);
  if (!timeline) return undefined;
  const { populations } = simulateReplication({ ...small(spec), timeline }, seed, 0);
  return Math.round((populations[0]!.lostUserMicros / MINUTE) * 10) / 10;
}

/** The same world with few clients, each standing for more people. */
function small(spec: WorldSpec): WorldSpec {
  const share = Math.max(1, Math.floor(MOST_CLIENTS / spec.populations.length));
  return {
    ...spec,
    duration: OUTAGE_BEGINS + OUTAGE_LENGTH + AFTERWARDS,
    populations: spec.populations.map((one) => ({ ...one, count: Math.min(one.count, share) })),
    resolvers: spec.resolvers.map((one) => ({ ...one, count: Math.min(one.count, MOST_INSTANCES) })),
  };
}

/** Something dies for half an hour. */
export function outage(target: TargetSpec, length: Micros = OUTAGE_LENGTH): FaultSpec {
  return fault(target, { kind: 'down', mode: 'silent' }, length);
}

/** A fault of the usual begin. */
export function fault(
  target: TargetSpec,
  effect: FaultSpec['effect'],
  length: Micros = OUTAGE_LENGTH,
): FaultSpec {
  const until = OUTAGE_BEGINS + length;
  return { kind: 'fault', label: 'trial', at: OUTAGE_BEGINS, until, ramp: 0, target, effect };
}
