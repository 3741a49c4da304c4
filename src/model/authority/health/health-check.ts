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
import { Votes } from './votes.ts';

/** Kinds of message; `a` is the checker. */
const START = 0;
const RESULT = 1;
const AGGREGATED = 2;
const EVENT_NAMES = ['probe', 'result', 'verdict after checker'];

interface Post {
  readonly region: number;
  readonly checker: Checker;
  readonly draw: Draw;
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

export class HealthCheck implements Entity {
  readonly name: string;
  readonly #subject: Subject;
  readonly #check: CheckSpec;
  readonly #parts: HealthCheckParts;
  readonly #entity: number;
  readonly #posts: readonly Post[];
  /** What probes of a checker meet; `undefined` while its region is down. */
  readonly #targets: Versioned<Target | undefined>;
  readonly #votes: Votes;
  #told = true;

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
    this.#posts.forEach((post, index) => {
      parts.simulation.scheduleAt(this.#firstStart(post, index), this.#entity, START, index);
    });
  }

  receive(kind: number, index: number, success: number): void {
    const post = this.#posts[index]!;
    if (kind === START) this.#start(post, index);
    else if (kind === RESULT) this.#finish(post, index, success === 1);
    else this.#tell();
  }

  describe(kind: number, index: number): string {
    return `${EVENT_NAMES[kind]} of checker ${index}`;
  }

  #newPost(region: number, index: number): Post {
    const { failures, successes, initial } = this.#check;
    const draw = this.#parts.streams.open(`health/${this.#subject.name}/${index}`).uniform;
    const checker = new Checker(failures, successes, initial !== 'unhealthy');
    return { region, checker, draw, pending: 0 };
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
        simulation.schedule(after, this.#entity, RESULT, index, success ? 1 : 0);
      }
    }
    simulation.schedule(next, this.#entity, START, index);
  }

  #finish(post: Post, index: number, success: boolean): void {
    post.pending--;
    if (!post.checker.take(success)) return;
    if (!this.#votes.cast(index, success)) return;
    const { aggregation = 0 } = this.#check;
    if (aggregation > 0) this.#parts.simulation.schedule(aggregation, this.#entity, AGGREGATED, index);
    else this.#tell();
  }

  /** Passes on what the checkers agree upon, if that is news. */
  #tell(): void {
    const healthy = this.#votes.healthy !== (this.#check.inverted ?? false);
    if (healthy === this.#told) return;
    this.#told = healthy;
    this.#parts.onVerdict(healthy);
  }
}
