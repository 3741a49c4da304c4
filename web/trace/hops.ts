/**
 * The steps of a trace as hops: a question and what came of it are one hop, and what happens again and again (other
 * clients that join the same query) is told once with a count.
 */
import type { TraceStep } from '../../src/index.ts';

export interface Hop {
  readonly where: string;
  readonly code: string;
  readonly text: string;
  /** Microseconds since the request. */
  readonly from: number;
  readonly to: number;
  /** What came of it; absent while nothing did. */
  readonly result?: { readonly code: string; readonly text: string };
  /** How often the same happened, at least 1. */
  readonly times: number;
  /** 0 for the application, 3 for servers asked by a resolver. */
  readonly depth: number;
  readonly outcome: 'fine' | 'bad' | 'neutral';
}

/** Steps that end a question, by the step that began it. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  ask: [
    'referral',
    'answer',
    'server-timeout',
    'server-unreachable',
    'server-unusable',
    'truncated',
    'no-cut',
    'alias',
  ],
  forward: ['answer', 'server-timeout', 'server-unreachable', 'server-unusable'],
  'stub-send': ['stub-answer', 'stub-gave-up', 'stub-send'],
};
const BAD: readonly string[] = [
  ...['connection-lost', 'stub-gave-up', 'server-timeout', 'server-unreachable', 'server-unusable'],
  ...['failure', 'failure-cache-hit', 'deadline', 'probe-failed'],
];
const FINE: readonly string[] = ['cache-hit', 'stub-answer', 'answer', 'referral', 'connection-kept'];

/** Hops in the order in which they begin. */
export function hopsOf(steps: readonly TraceStep[]): Hop[] {
  const start = steps[0]?.at ?? 0;
  const end = steps.at(-1)?.at ?? start;
  const used = new Set<number>();
  return steps.flatMap((step, index) => {
    if (used.has(index)) return [];
    const again = step.code === 'join' ? repeats(steps, index) : [];
    for (const one of again) used.add(one);
    const ending = endingOf(steps, index, used);
    const result = ending === undefined ? undefined : steps[ending]!;
    if (result && result.code !== 'stub-send') used.add(ending!);
    const last = Math.max(step.at, ...again.map((one) => steps[one]!.at));
    return [
      {
        where: step.where,
        code: step.code,
        text: step.text,
        from: beginOf(steps, index) - start,
        to: (result?.at ?? (step.code in ENDINGS ? end : last)) - start,
        ...(result && result.code !== 'stub-send'
          ? { result: { code: result.code, text: result.text } }
          : {}),
        times: 1 + again.length,
        depth: depthOf(step),
        outcome: judge(step, result),
      },
    ];
  });
}

/** What the application does after the name is found, connecting, is told only at its end. */
function beginOf(steps: readonly TraceStep[], index: number): number {
  const { code, at } = steps[index]!;
  return code === 'outcome' ? (steps[index - 1]?.at ?? at) : at;
}

function repeats(steps: readonly TraceStep[], index: number): number[] {
  const { where, text } = steps[index]!;
  return steps.flatMap((step, at) => (at > index && step.where === where && step.text === text ? [at] : []));
}

/** The first later step of the same place that ends the question; a server that failed is named in it. */
function endingOf(steps: readonly TraceStep[], index: number, used: ReadonlySet<number>): number | undefined {
  const { where, code, text } = steps[index]!;
  const endings = ENDINGS[code];
  if (!endings) return undefined;
  const server = / \(([^)]+)\) of /.exec(text)?.[1];
  const found = steps.findIndex((step, at) => {
    if (at <= index || used.has(at) || step.where !== where || !endings.includes(step.code)) return false;
    return !step.code.startsWith('server-') || server === undefined || step.text.includes(`(${server})`);
  });
  return found < 0 ? undefined : found;
}

function depthOf({ where, code }: TraceStep): number {
  if (where === 'application' || where === 'connection') return 0;
  if (where.startsWith('resolver')) return code === 'ask' || code.startsWith('server-') ? 3 : 2;
  return 1;
}

function judge(step: TraceStep, result: TraceStep | undefined): Hop['outcome'] {
  if (step.code === 'outcome') return step.text.startsWith('gives up') ? 'bad' : 'fine';
  const { code, text } = result ?? step;
  if (code === 'stub-answer') return text.startsWith('NOERROR') ? 'fine' : 'bad';
  if (BAD.includes(code)) return 'bad';
  return FINE.includes(code) ? 'fine' : 'neutral';
}
