/** Applications as they ship, from the presets, in small worlds of clients. */
import { type Micros, SECOND } from '../../../src/base/time.ts';
import type { Observation } from '../../../src/model/clients/observation.ts';
import type { PopulationSpec, WorldSpec } from '../../../src/model/spec.ts';
import { APPLICATIONS } from '../../../src/profiles/applications.ts';
import type { ApplicationBehaviour, StubBehaviour } from '../../../src/profiles/client-behaviour.ts';
import { findPreset, lineageOf, ownerOf, type PresetFamily } from '../../../src/profiles/preset.ts';
import { STUBS } from '../../../src/profiles/stubs.ts';
import { stubInUse } from '../../../src/scenario/build/own-stub.ts';
import {
  APPLICATION_SETTINGS,
  type ApplicationSettings,
  applicationBehaviour,
  STUB_SETTINGS,
  type StubSettings,
  stubBehaviour,
} from '../../../src/scenario/settings/client.ts';
import { presetValue } from '../../../src/scenario/settings/settle.ts';
import { type SettingTable, settingEntries } from '../../../src/scenario/settings/table.ts';
import { application, drill, moveAddress, observe, population, stub } from './population-world.ts';

function settingsOf<T>(family: PresetFamily, table: SettingTable<T>, id: string): T {
  const lineage = lineageOf(family, findPreset(family, id)!);
  const entries = settingEntries(table).map(([key, { kind }]) => {
    return [key, presetValue(kind, ownerOf(lineage, key), key)];
  });
  return Object.fromEntries(entries) as T;
}

/** The application of a preset. */
export function product(id: string): ApplicationBehaviour {
  return applicationBehaviour(id, settingsOf<ApplicationSettings>(APPLICATIONS, APPLICATION_SETTINGS, id));
}

/** The operating system of a preset. */
export function system(id: string): StubBehaviour {
  return stubBehaviour(id, settingsOf<StubSettings>(STUBS, STUB_SETTINGS, id));
}

/** One client, or more, of an application, asking `every` seconds. */
export function users(
  app: ApplicationBehaviour,
  every: number,
  parts: Partial<PopulationSpec> = {},
): PopulationSpec {
  return population({
    application: app,
    stub: stubInUse(app, parts.stub ?? stub()),
    workload: { kind: 'periodic', every: every * SECOND },
    ...(parts.stub ? { ...parts, stub: stubInUse(app, parts.stub) } : parts),
  });
}

/** A client without memory, which makes the resolver fetch as soon as its entry has run out, or joins in that. */
const PROBE: PopulationSpec = population({
  name: 'probe',
  application: application(),
  workload: { kind: 'periodic', every: SECOND / 100 },
});

/** 800 users who come and go, so that their caches are filled at any time. */
function comingAndGoing(app: ApplicationBehaviour, os: StubBehaviour): PopulationSpec {
  const workload = { kind: 'sessions', every: 150 * SECOND, requests: 100, pause: SECOND } as const;
  return population({ count: 800, application: app, stub: stubInUse(app, os), workload });
}

/**
 * How long after a change the last of many users is still served by the old address, seconds, when the change
 * comes just after the resolver has fetched: the worst case.
 */
export function worstCase(app: ApplicationBehaviour, ttl: number, os: StubBehaviour = stub()): number {
  const settled = (ttl + 150) * SECOND;
  const world = (populations: readonly PopulationSpec[], at: Micros, duration: Micros): WorldSpec =>
    drill({ ttl, duration, populations, timeline: at > 0 ? [moveAddress(at, ttl)] : [] });
  const probed = observe(world([PROBE], 0, settled + (ttl + 2) * SECOND)).seen;
  const at = probed.find((one) => one.at > settled && one.layer === 'authority')!.at + SECOND / 10;
  const { seen } = observe(world([PROBE, comingAndGoing(app, os)], at, at + (2 * ttl + 100) * SECOND));
  const isOld = ({ population: who, outcome }: Observation): boolean =>
    who === 'users' && outcome === 'served-old';
  return (seen.findLast(isOld)!.at - at) / SECOND;
}
