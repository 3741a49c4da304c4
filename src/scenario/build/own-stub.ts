/** Applications that ask the configured resolvers themselves, past the operating system's cache. */
import type { ApplicationBehaviour, StubBehaviour } from '../../profiles/client-behaviour.ts';

/** What stands between the application and its resolvers: its own stub where it has one, else the system's. */
export function stubInUse({ id, ownStub }: ApplicationBehaviour, system: StubBehaviour): StubBehaviour {
  if (ownStub === undefined) return system;
  return {
    ...system,
    id: `${id} past ${system.id}`,
    cache: { ...system.cache, mode: 'none' },
    schedules: ownStub.schedules,
    mostResolvers: Number.POSITIVE_INFINITY,
    order: 'listed',
    nextOnFailure: true,
    failureRepeats: 0,
    types: 'together',
    keepOnFailure: false,
  };
}
