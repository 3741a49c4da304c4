/**
 * The simulated world: the outside and all cells, played in lock step.
 *
 * The outside runs ahead to the next instant at which a cell could see something change; every cell plays up to
 * that instant, one after the other (its memory stays in the processor's caches); then the change is applied.
 * Cells share nothing else, so their order cannot matter.
 */
import { HOUR, MINUTE, type Micros, SECOND } from '../base/time.ts';
import type { Question } from '../dns/data/message.ts';
import type { Name } from '../dns/data/name.ts';
import { combineDigests, Digest } from '../kernel/digest.ts';
import { RandomStreams } from '../kernel/random-streams.ts';
import type { AnswerCount } from './answer-count.ts';
import { addAttacks } from './attacks.ts';
import { createOutside } from './authority/outside-world.ts';
import { Cell, type Shared } from './cell.ts';
import { AnswerTable } from './clients/answer-table.ts';
import { Ledger } from './clients/ledger.ts';
import type { Observation } from './clients/observation.ts';
import { Population, type SlotRange } from './clients/population.ts';
import { Tally } from './clients/tally.ts';
import { CauseTable } from './outcome.ts';
import type { Outside } from './outside.ts';
import { ServiceLoad } from './resolvers/service-load.ts';
import { type CellPlan, planCells } from './settle.ts';
import type { QuestionSpec, WorldSpec } from './spec.ts';
import { warmCells } from './warm-cells.ts';

export interface WorldOptions {
  /** Told every finished request; switches the counting of certain requests off. */
  readonly observer?: (observation: Observation) => void;
}

export class World {
  readonly spec: WorldSpec;
  readonly outside: Outside;
  readonly populations: readonly Population[];
  readonly cells: readonly Cell[];
  readonly causes: CauseTable = new CauseTable();
  readonly answers: AnswerTable;
  /** By resolver service. */
  readonly loads: readonly ServiceLoad[];
  /** Start of the first fault (of the first change when there is no fault, 0 when there is neither). */
  readonly firstFaultAt: Micros;
  /** From the start of the first fault to the end of the last, at most the horizon; empty without a fault. */
  readonly faultWindow: FaultWindow;
  /** Queries of each authoritative hop at the start and at the end of the fault window, once passed. */
  readonly queriesAtFault: { start?: readonly number[]; end?: readonly number[] } = {};
  /** Answers given by the start of the fault window, once passed. */
  answersAtFault: readonly AnswerCount[] | undefined;
  now: Micros = 0;

  constructor(spec: WorldSpec, seed: number, replication: number, options: WorldOptions = {}) {
    this.spec = spec;
    const streams = new RandomStreams(seed, replication);
    this.outside = createOutside(spec, streams);
    const table = new QuestionTable();
    const slots = spec.populations.map((population) => table.slotsOf(population.questions));
    this.answers = new AnswerTable(table.questions, spec.network.regions.length, this.outside);
    this.firstFaultAt = firstFaultAt(spec);
    this.faultWindow = faultWindow(spec);
    const ledger = new Ledger(this.answers, this.causes, this.firstFaultAt, options.observer);
    const bucket = bucketWidth(spec.duration);
    this.populations = spec.populations.map(
      (population, index) =>
        new Population(population, index, slots[index]!, new Tally(spec.duration, bucket)),
    );
    this.loads = spec.resolvers.map(() => new ServiceLoad(spec.duration, bucket));
    const { outside, answers, loads } = this;
    const shared: Shared = { spec, outside, streams, answers, ledger, loads };
    this.cells = planCells(spec, (question) => this.#isScoped(question)).map((plan) =>
      this.#build(plan, shared),
    );
    addAttacks(this.cells, spec);
    if (spec.start === 'warm') warmCells(this.cells, shared);
  }

  /** Plays up to `until`, exclusive; may be called again to go on. */
  runUntil(until: Micros): void {
    const end = Math.min(until, this.spec.duration);
    this.#apply();
    while (this.now < end) {
      const next = this.outside.advance(this.#nextStop(end));
      for (const cell of this.cells) cell.play(next);
      this.now = next;
      this.#apply();
      this.#countAtFault();
    }
  }

  /** The run halts at both ends of the fault window, to read the load there. */
  #nextStop(end: Micros): Micros {
    const { start, end: faultEnd } = this.faultWindow;
    if (this.now < start) return Math.min(start, end);
    return this.now < faultEnd ? Math.min(faultEnd, end) : end;
  }

  #countAtFault(): void {
    const { start, end } = this.faultWindow;
    if (this.now !== start && this.now !== end) return;
    const queries = this.outside.load().map((hop) => hop.queries);
    if (this.now === start) {
      this.queriesAtFault.start ??= queries;
      this.answersAtFault ??= this.outside.answers();
    }
    if (this.now === end) this.queriesAtFault.end ??= queries;
  }

  /** Fingerprint of everything that happened. */
  digest(): string {
    const totals = new Digest();
    for (const { tally } of this.populations) {
      for (const counts of [tally.served, tally.failed, tally.outcomes, tally.causeMicros]) {
        for (const count of counts) totals.fold(count);
      }
    }
    const cells = this.cells.map((cell) => cell.simulation.digest.hex());
    return combineDigests([this.outside.digest(), ...cells, totals.hex()]);
  }

  #apply(): void {
    const before = this.outside.version;
    this.outside.apply();
    if (this.outside.version !== before) this.answers.refresh();
    for (const flush of this.outside.flushes) {
      for (const cell of this.cells) cell.flush(flush);
    }
  }

  #isScoped({ name, types }: QuestionSpec): boolean {
    return types.some((type) => this.outside.isScoped({ name, type }));
  }

  #build(plan: CellPlan, shared: Shared): Cell {
    const slots = plan.settlements.flatMap(({ population }) => this.populations[population]!.slots);
    const questions = new Set(
      slots.flatMap(({ questions, candidates = [] }) => [...questions, ...candidates.flat()]),
    );
    const cell = new Cell(plan, questions, shared);
    for (const settlement of plan.settlements) {
      cell.addCohort(this.populations[settlement.population]!, settlement);
    }
    cell.addBackground();
    return cell;
  }
}

/** All questions of a world, each once. */
class QuestionTable {
  readonly questions: Question[] = [];
  readonly #indexes: Map<string, number> = new Map();

  slotsOf(questions: WorldSpec['populations'][number]['questions']): readonly SlotRange[] {
    let start = 0;
    return questions.map(({ name, types, search }) => {
      const asked = (one: Name): number[] => types.map((type) => this.#index({ name: one, type }));
      const range = { start, questions: asked(name) };
      start += types.length;
      return search ? { ...range, candidates: search.candidates.map(asked) } : range;
    });
  }

  #index(question: Question): number {
    const key = `${question.name} ${question.type}`;
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    this.#indexes.set(key, this.questions.length);
    return this.questions.push(question) - 1;
  }
}

/** Start of the first fault, else of the first change; 0 without either. */
export function firstFaultAt({ timeline }: Pick<WorldSpec, 'timeline'>): Micros {
  const first = timeline.find((item) => item.kind === 'fault') ?? timeline[0];
  return first?.at ?? 0;
}

export interface FaultWindow {
  readonly start: Micros;
  readonly end: Micros;
}

function faultWindow({ timeline, duration }: WorldSpec): FaultWindow {
  const faults = timeline.flatMap((item) => (item.kind === 'fault' ? [item] : []));
  if (faults.length === 0) return { start: duration, end: duration };
  const end = faults.reduce((latest, { until }) => Math.max(latest, until), 0);
  return { start: Math.min(faults[0]!.at, duration), end: Math.min(end, duration) };
}

const BUCKETS: readonly Micros[] = [
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
];

/** The smallest round width that gives at most 400 buckets over the horizon; whole hours beyond that. */
export function bucketWidth(duration: Micros): Micros {
  const fitting = BUCKETS.find((width) => duration / width <= 400);
  return fitting ?? Math.ceil(duration / 400 / HOUR) * HOUR;
}
