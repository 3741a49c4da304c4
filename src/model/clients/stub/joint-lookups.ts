/**
 * Look-ups that belong together: A and AAAA asked in turn, and names that go through a search list, where every
 * candidate is asked for all types before the next one.
 *
 * Not modelled: the host's cache for candidates; it keeps the outcome under the name asked, for its own TTL. The
 * cost: a few queries for candidates too many once the outcome has expired (glibc and musl have no such cache).
 */
import type { Micros } from '../../../base/time.ts';
import { A, type RrType } from '../../../dns/data/rrtype.ts';
import type { Answer } from '../../../dns/resolve/protocol.ts';
import type { SearchRule } from '../../../profiles/client-behaviour.ts';
import { isFailure } from '../../resolvers/pool.ts';
import type { SearchSpec } from '../../spec.ts';
import type { Request } from '../request.ts';
import type { Joint } from './joint.ts';
import type { Asked } from './lookup.ts';
import type { LookupDone } from './stub-plan.ts';

/** What a candidate of a search list may come to; with several types the first of this list that one of them has. */
const CANDIDATE_OUTCOMES = ['data', 'timeout', 'failure', 'nodata', 'nxdomain'] as const;
export type CandidateOutcome = (typeof CANDIDATE_OUTCOMES)[number];

/** Asks one question of a joint look-up; the answer comes back through `answered`. */
export type AskPart = (asked: Asked, now: Micros) => void;

export class JointLookups {
  readonly #ask: AskPart;
  readonly #done: LookupDone;

  constructor(ask: AskPart, done: LookupDone) {
    this.#ask = ask;
    this.#done = done;
  }

  /** Looks up the parts of a request that its caches do not know. */
  begin(request: Request, parts: readonly number[], now: Micros): void {
    const { stub, questions } = request.cohort.population.spec;
    const { types, search } = questions[request.question]!;
    const inOrder = stub.types === 'together' ? parts : aFirst(parts, (part) => types[part] === A);
    const joint: Joint = {
      request,
      parts: inOrder,
      types: stub.types,
      rule: stub.search,
      search,
      candidate: search ? 0 : -1,
      answers: [],
      waiting: 0,
      spent: 0,
      delay: 0,
      fallback: undefined,
    };
    this.#askCandidate(joint, now);
  }

  /** `undefined` = nobody answered in time. */
  answered(joint: Joint, position: number, answer: Answer | undefined, delay: Micros, now: Micros): void {
    const inTurn = joint.types !== 'together';
    joint.answers[position] = answer;
    joint.delay = inTurn ? joint.delay + delay : Math.max(joint.delay, delay);
    joint.waiting -= 1;
    const failed = answer === undefined || isFailure(answer);
    if (joint.waiting > 0 && joint.types === 'a-decides' && failed) {
      joint.parts.forEach((_, at) => {
        if (at > position) joint.answers[at] = answer;
      });
      tell(joint, now, 'stub-skip', 'the first type was not answered: the others are not asked');
      joint.waiting = 0;
    }
    if (joint.waiting === 0) this.#conclude(joint, now);
    else if (inTurn) this.#askPart(joint, position + 1, now);
  }

  #askCandidate(joint: Joint, now: Micros): void {
    const { parts, search, candidate } = joint;
    joint.answers = parts.map(() => undefined);
    joint.waiting = parts.length;
    joint.delay = 0;
    if (search && joint.request.trace) {
      const text = `${search.candidates[candidate]}: ${candidate + 1} of ${search.candidates.length} names that ${search.asked} may mean`;
      tell(joint, now, 'search-candidate', text);
    }
    const atOnce = joint.types === 'together' ? parts.length : 1;
    for (let position = 0; position < atOnce; position++) this.#askPart(joint, position, now);
  }

  #askPart(joint: Joint, position: number, now: Micros): void {
    const { request, search, candidate } = joint;
    const { name, types } = request.cohort.population.spec.questions[request.question]!;
    const part = joint.parts[position]!;
    const question = { name: search ? search.candidates[candidate]! : name, type: types[part]! };
    this.#ask({ request, part, question, joint, position }, now);
  }

  #conclude(joint: Joint, now: Micros): void {
    const { search, candidate, answers } = joint;
    joint.spent += joint.delay;
    if (search === undefined) {
      this.#finish(joint, -1, answers, now);
      return;
    }
    const { types } = joint.request.cohort.population.spec.questions[joint.request.question]!;
    const outcome = outcomeOf(answers.map((answer, at) => outcomeOfOne(answer, types[joint.parts[at]!]!)));
    const next = nextCandidate(search, candidate, outcome, joint.rule);
    if (next === 'end') {
      this.#finish(joint, candidate, answers, now);
      return;
    }
    remember(joint, outcome);
    if (next === 'exhausted') {
      this.#finish(joint, joint.fallback!.candidate, joint.fallback!.answers, now);
      return;
    }
    if (joint.request.trace)
      tell(joint, now, 'search-next', `${search.candidates[candidate]}: ${outcome}, goes on`);
    joint.candidate = next;
    this.#askCandidate(joint, now);
  }

  #finish({ request, parts, spent }: Joint, candidate: number, answers: Joint['answers'], now: Micros): void {
    request.candidate = candidate;
    for (const [position, part] of parts.entries()) this.#done(request, part, answers[position], spent, now);
  }
}

/** What the answers to one candidate say together: data of one type is enough. */
export function outcomeOf(outcomes: readonly CandidateOutcome[]): CandidateOutcome {
  return CANDIDATE_OUTCOMES.find((outcome) => outcomes.includes(outcome)) ?? 'nxdomain';
}

function outcomeOfOne(answer: Answer | undefined, type: RrType): CandidateOutcome {
  if (answer === undefined) return 'timeout';
  if (isFailure(answer)) return 'failure';
  if (answer.rcode === 'NXDOMAIN') return 'nxdomain';
  return answer.answer[answer.answer.length - 1]?.type === type ? 'data' : 'nodata';
}

/** The candidate asked next; `end` = this one decides; `exhausted` = none is left. */
export function nextCandidate(
  { candidates, asIs }: SearchSpec,
  candidate: number,
  outcome: CandidateOutcome,
  rule: SearchRule,
): number | 'end' | 'exhausted' {
  const step = outcome === 'data' ? 'end' : outcome === 'nxdomain' ? 'next' : rule[outcome];
  if (step === 'end') return 'end';
  if (step === 'as-is') return asIs > candidate ? asIs : 'exhausted';
  return candidate + 1 < candidates.length ? candidate + 1 : 'exhausted';
}

/**
 * What is told in the end: of the name as it stands when that was asked first, else NODATA, else a failure, else
 * the last NXDOMAIN (glibc resolv/res_query.c __res_context_search()).
 */
function remember(joint: Joint, outcome: CandidateOutcome): void {
  const { search, candidate, answers, fallback } = joint;
  const asIsFirst = candidate === 0 && search?.asIs === 0 && search.candidates.length > 1;
  const rank = asIsFirst ? 3 : outcome === 'nodata' ? 2 : outcome === 'nxdomain' ? 0 : 1;
  if (fallback === undefined || rank > fallback.rank || (rank === 0 && fallback.rank === 0)) {
    joint.fallback = { rank, candidate, answers };
  }
}

function aFirst(parts: readonly number[], isA: (part: number) => boolean): readonly number[] {
  return [...parts.filter(isA), ...parts.filter((part) => !isA(part))];
}

function tell({ request }: Joint, at: Micros, code: string, text: string): void {
  request.trace?.({ at, where: 'stub resolver', code, text });
}
