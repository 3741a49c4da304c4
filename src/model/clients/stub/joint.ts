/** Look-ups of one request that belong together: where they stand. */
import type { Micros } from '../../../base/time.ts';
import type { Answer } from '../../../dns/resolve/protocol.ts';
import type { SearchRule, StubBehaviour } from '../../../profiles/client-behaviour.ts';
import type { SearchSpec } from '../../spec.ts';
import type { Request } from '../request.ts';

/** The types of one request on their way together. */
export interface Joint {
  readonly request: Request;
  /** Parts of the request that are asked, in the order they are asked. */
  readonly parts: readonly number[];
  readonly types: StubBehaviour['types'];
  readonly rule: SearchRule;
  readonly search: SearchSpec | undefined;
  /** Index of the candidate under way; -1 without a search list. */
  candidate: number;
  /** By position in `parts`. */
  answers: (Answer | undefined)[];
  waiting: number;
  /** Delay not yet played: of former candidates, and of this one. */
  spent: Micros;
  delay: Micros;
  /** The answers to tell if no candidate has data. */
  fallback:
    | { readonly rank: number; readonly candidate: number; answers: (Answer | undefined)[] }
    | undefined;
}
