/** Mechanisms of applications that mean nothing without another one. */
import type { ApplicationBehaviour } from '../../profiles/client-behaviour.ts';
import type { Path } from '../document/tree.ts';
import type { Draft } from './draft.ts';

interface Need {
  /** Whether the mechanism is on without what it needs. */
  readonly lacks: (app: ApplicationBehaviour) => boolean;
  readonly message: string;
  readonly hint: string;
}

const NEEDS: readonly Need[] = [
  {
    lacks: ({ polling, cache }) => polling !== undefined && cache.mode === 'none',
    message: 'a timer looks names up, but the application keeps no answers',
    hint: 'set cache: forever, so that each look-up replaces what the one before brought',
  },
  {
    lacks: ({ hold, cache }) => hold !== undefined && cache.mode === 'none',
    message: 'there is nothing to hold, since the application keeps no answers',
    hint: 'set cache: ttl, fixed or forever',
  },
  {
    lacks: ({ connections, keepAlive }) => connections?.closeOnChange === true && keepAlive === 0,
    message: 'there are no kept connections to close',
    hint: 'set keep-alive',
  },
];

/** Warns of each mechanism that can have no effect. @param path of the application */
export function checkMechanisms({ issues }: Draft, app: ApplicationBehaviour, path: Path): void {
  for (const { lacks, message, hint } of NEEDS) {
    if (lacks(app)) issues.add(path, 'scenario-idle-mechanism', message, { hint, severity: 'warning' });
  }
}
