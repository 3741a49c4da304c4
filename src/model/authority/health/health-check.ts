/**
 * The health check of one endpoint: a checker per region, each with its own phase, and their quorum.
 *
 * Probes start every interval, or an interval after the previous result (Route 53 documents the latter). An
 * endpoint is unhealthy while at least `quorum` checkers say so; the verdict turns at the very result that
 * completes or breaks the quorum. A checker whose region is down sends nothing and keeps its verdict.
 *
 * Phases are drawn uniformly over an interval for each checker, or, where the first is given, spread evenly.
 *
 * Where a quorum is set for regions, a region speaks for its checkers and regions are counted. A failed probe may be
 * repeated before it counts; its result is that of the last repetition, as things stand at the first.
 *
 * Not modelled: checkers that coordinate, probes as load on the endpoint.
 */
import type { Micros } from '../../../base/time.ts';
import type { RandomStreams } from '../../../kernel/random-streams.ts';
import type { Entity, Simulation } from '../../../kernel/simulation.ts';
import type { Network } from '../../network/network.ts';
import type { Draw } from '../../outside.ts';
import type { CheckSpec } from '../../spec.ts';
import type { FaultBoard } from '../../timeline/fault-board.ts';
import { Versioned } from '../versioned.ts';
import { Checker } from './checker.ts';
import { meetEndpoint } from './meet.ts';
import { probeWithRechecks, type Target } from './probe.ts';
import type { Stoppable } from './switches.ts';
import { Votes } from './votes.ts';

/** Kinds of message; `a` is the checker. */
const START = 0;
const RESULT = 1;
const AGGREGATED = 2;
const EVENT_NAMES = ['probe', 'result', 'verdict after checker'];

interface Post {
  readonly region: number;
  readonly draw: Draw;
  checker: Checker;
  /** Probes under way. */
  pending: number;
}

/** What a check looks at. */
export interface Subject {
  /** Unique among checks: names its random streams. */
  readonly name: string;
  /** Index of the endpoint, and its region. */
  readonly endpoint: number;
  readonly region: number;
}

export interface HealthCheckParts {
  readonly simulation: Simulation;
  readonly streams: RandomStreams;
  readonly network: Network;
  /** The board of the shared side, which runs ahead. */
  readonly board: FaultBoard;
  /** Hears every turn of the verdict, at the moment it turns, and a first verdict that is not healthy. */
  readonly onVerdict: (healthy: boolean) => void;
}

export class HealthCheck implements Entity, Stoppable {
  readonly name: string;
  readonly #subject: Subject;
  readonly #check: CheckSpec;
  readonly #parts: HealthCheckParts;
  readonly #entity: number;
  readonly #posts: readonly Post[];
  /** What probes of a checker meet; `undefined` while its region is down. */
  readonly #targets: Versioned<Target | undefined>;
  #votes: Votes;
  #told = true;
  /** Counts beginnings and ends: what was scheduled in an earlier life is void. */
  #life = 0;

  /** Registers with the simulation and schedules the first probes. */
  constructor(subject: Subject, check: CheckSpec, parts: HealthCheckParts) {
    this.name = `health check of ${subject.name}`;
    this.#subject = subject;
    this.#check = check;
    this.#parts = parts;
    this.#entity = parts.simulation.add(this);
    this.#posts = check.regions.map((region, index) => this.#newPost(region, index));
    this.#targets = new Versioned((index) =>
      meetEndpoint(
        parts.board,
        parts.network,
        { index: subject.endpoint, region: subject.region },
        check.regions[index]!,
      ),
    );
    this.#votes = new Votes(check);
    this.#tell();
    this.#schedule(0);
  }

  stop(): void {
    this.#life++;
  }

  begin(): void {
    this.#life++;
    for (const post of this.#posts) Object.assign(post, { checker: this.#newChecker(), pending: 0 });
    this.#votes = new Votes(this.#check);
    this.#tell();
    this.#schedule(this.#parts.simulation.now);
  }

  /** @param b the life it was scheduled in, and in front of it whether a probe succeeded */
  receive(kind: number, index: number, b: number): void {
    if (b >> 1 !== this.#life) return;
    const post = this.#posts[index]!;
    if (kind === START) this.#start(post, index);
    else if (kind === RESULT) this.#finish(post, index, (b & 1) === 1);
    else this.#tell();
  }

  /** The first probes from an instant on. */
  #schedule(from: Micros): void {
    const { simulation } = this.#parts;
    this.#posts.forEach((post, index) => {
      simulation.scheduleAt(from + this.#firstStart(post, index), this.#entity, START, index, this.#life * 2);
    });
  }

  describe(kind: number, index: number): string {
    return `${EVENT_NAMES[kind]} of checker ${index}`;
  }

  #newPost(region: number, index: number): Post {
    const draw = this.#parts.streams.open(`health/${this.#subject.name}/${index}`).uniform;
    return { region, checker: this.#newChecker(), draw, pending: 0 };
  }

  #newChecker(): Checker {
    const { failures, successes, initial } = this.#check;
    return new Checker(failures, successes, initial !== 'unhealthy');
  }

  #firstStart(post: Post, index: number): Micros {
    const { phase, interval, regions } = this.#check;
    if (phase === undefined) return Math.floor(post.draw() * interval);
    return phase + Math.floor((index * interval) / regions.length);
  }

  #start(post: Post, index: number): void {
    const { simulation, network } = this.#parts;
    const { interval, intervalFrom } = this.#check;
    const target = this.#targets.at(index, this.#parts.board.version);
    let next = interval;
    if (target) {
      const roundTrip = network.draw(post.region, this.#subject.region, post.draw);
      const { success, after } = probeWithRechecks(this.#check, target, roundTrip, post.draw);
      if (intervalFrom === 'response') next += after;
      // A result that changes nothing and that no later probe can overtake needs no event.
      if (post.pending > 0 || after > interval || !post.checker.isIdle(success)) {
        post.pending++;
        simulation.schedule(after, this.#entity, RESULT, index, this.#life * 2 + (success ? 1 : 0));
      }
    }
    simulation.schedule(next, this.#entity, START, index, this.#life * 2);
  }

  #finish(post: Post, index: number, success: boolean): void {
    post.pending--;
    if (!post.checker.take(success)) return;
    if (!this.#votes.cast(index, success)) return;
    const { aggregation = 0 } = this.#check;
    if (aggregation === 0) this.#tell();
    else this.#parts.simulation.schedule(aggregation, this.#entity, AGGREGATED, index, this.#life * 2);
  }

  /** Passes on what the checkers agree upon, if that is news. */
  #tell(): void {
    const healthy = this.#votes.healthy !== (this.#check.inverted ?? false);
    if (healthy === this.#told) return;
    this.#told = healthy;
    this.#parts.onVerdict(healthy);
  }
}
