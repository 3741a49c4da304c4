/** What tests of whole providers share: one name with an endpoint in the east and one in the west, and what befalls it. */
import { SECOND } from '../../../../src/base/time.ts';
import type { ChangeSpec, EffectSpec, FaultSpec, WorldSpec } from '../../../../src/model/spec.ts';
import { ask, change, fault, rrset, worldAt } from '../../world.ts';

export const QUERY = 'app.example.com. A';
export const ON_EAST = 'app.example.com. 60 A 203.0.113.10';
export const ON_WEST = 'app.example.com. 60 A 198.51.100.20';
export const SILENT: EffectSpec = { kind: 'down', mode: 'silent' };

/** A name that a change brings, and its record. */
export const NEW_QUERY = 'new.example.com. A';
export const NEW = 'new.example.com. 300 A 203.0.113.99';

/** The answer after so many seconds. */
export function at(spec: WorldSpec, seconds: number, query: string = QUERY): string {
  return ask(worldAt(spec, seconds * SECOND), query);
}

/** The endpoint in the east is dead. @param from @param until seconds */
export function dead(from: number, until: number = Number.POSITIVE_INFINITY): FaultSpec {
  return fault({ kind: 'endpoint', endpoint: 0 }, SILENT, { at: from * SECOND, until: until * SECOND });
}

/** A plane of the provider is down. @param from @param until seconds */
export function planeDown(plane: 'health' | 'control' | 'edge', from: number, until: number): FaultSpec {
  return fault({ kind: 'plane', provider: 0, plane }, SILENT, { at: from * SECOND, until: until * SECOND });
}

/** Somebody adds the new name. */
export function added(seconds: number): ChangeSpec {
  return change(seconds * SECOND, { put: [rrset(NEW)] });
}
