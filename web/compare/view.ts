/** What is looked at in a comparison besides the quantile: two pinned strategies and a stretch of time. */
import type { RunResult } from '../../src/measure/result.ts';
import type { ViewState } from '../share/contract.ts';
import type { Stretch } from './over-time.ts';

export interface View {
  readonly quantile: number;
  /** Names of the strategies pinned as A and B. */
  readonly pair?: readonly [string, string];
  readonly stretch?: Stretch;
}

export const FIRST_VIEW: View = { quantile: 0.99 };

/** The view a link asks for; what makes no sense is left out. */
export function viewOf({ quantile, a, b, from, to }: ViewState): View {
  return {
    quantile: typeof quantile === 'number' && quantile > 0 && quantile <= 1 ? quantile : FIRST_VIEW.quantile,
    ...(a !== undefined && b !== undefined ? { pair: [String(a), String(b)] as const } : {}),
    ...(typeof from === 'number' && typeof to === 'number' && to > from ? { stretch: { from, to } } : {}),
  };
}

/** The view as a link holds it. */
export function stateOf({ quantile, pair, stretch }: View): ViewState {
  return {
    ...(quantile === FIRST_VIEW.quantile ? {} : { quantile }),
    ...(pair ? { a: pair[0], b: pair[1] } : {}),
    ...(stretch ? { from: Math.round(stretch.from), to: Math.round(stretch.to) } : {}),
  };
}

/** Pinned strategies that are still compared, else the first and the last. */
export function pairOf({ pair }: View, { strategies }: RunResult): readonly [string, string] {
  const names = strategies.map(({ name }) => name);
  const [a, b] = pair ?? [];
  const first = a !== undefined && names.includes(a) ? a : names[0]!;
  const second =
    b !== undefined && b !== first && names.includes(b) ? b : names.findLast((name) => name !== first);
  return [first, second ?? first];
}
