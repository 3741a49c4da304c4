/**
 * The health check of one endpoint: a checker per region, each with its own phase, and their quorum.
 *
 * Probes start every interval, or an interval after the previous result (Route 53 documents the latter). An
 * endpoint is unhealthy while at least `quorum` checkers say so; the verdict turns at the very result that
 * completes or breaks the quorum. A checker whose region is down sends nothing and keeps its verdict.
 *
 * Phases are drawn uniformly over an interval for each checker, or, where the first is given, spread evenly.
 *
 * Not modelled: checkers that coordinate, a delay until results are collected, rechecks out of turn, probes as
 * load on the endpoint.
 */
import type { Micros } from '../../../base/time.ts';
import type { RandomStreams } from '../../../kernel/random-streams.ts';
import type { Entity, Simulation } from '../../../kernel/simulation.ts';
import type { Network } from '../../network/network.ts';
import type { Draw } from '../../outside.ts';
import type { CheckSpec, EndpointSpec } from '../../spec.ts';
import { regionState, seenByStation } from '../../timeline/exposure.ts';
import type { FaultBoard } from '../../timeline/fault-board.ts';
import { Versioned } from '../versioned.ts';
import { Checker } from './checker.ts';
import { probe, type Target } from './probe.ts';

/** Kinds of message; `a` is the checker. */
const START = 0;
const RESULT = 1;

interface Post {
  readonly region: number;
  readonly checker: Checker;
  readonly draw: Draw;
  /** Probes under way. */
  pending: number;
}

export interface HealthCheckParts {
  readonly simulation: Simulation;
  readonly streams: RandomStreams;
  readonly network: Network;
  /** The board of the shared side, which runs ahead. */
  readonly board: FaultBoard;
  /** Hears every turn of the verdict, at the moment it turns. */
  readonly onVerdict: (endpoint: number, healthy: boolean) => void;
}

export class HealthCheck implements Entity {
  readonly name: string;
  readonly #endpoint: number;
  readonly #region: number;
  readonly #check: CheckSpec;
  readonly #parts: HealthCheckParts;
  readonly #entity: number;
  readonly #posts: readonly Post[];
  /** What probes of a checker meet; `undefined` while its region is down. */
  readonly #targets: Versioned<Target | undefined>;
  #unhealthyCheckers = 0;

  /** Registers with the simulation and schedules the first probes. */
  constructor(endpoint: number, spec: EndpointSpec, check: CheckSpec, parts: HealthCheckParts) {
    this.name = `health check of ${spec.name}`;
    this.#endpoint = endpoint;
    this.#region = spec.region;
    this.#check = check;
    this.#parts = parts;
    this.#entity = parts.simulation.add(this);
    this.#posts = check.regions.map((region, index) => this.#newPost(spec.name, region, index));
    this.#targets = new Versioned((index) => this.#meet(check.regions[index]!));
    this.#posts.forEach((post, index) => {
      parts.simulation.scheduleAt(this.#firstStart(post, index), this.#entity, START, index);
    });
  }

  receive(kind: number, index: number, success: number): void {
    const post = this.#posts[index]!;
    if (kind === START) this.#start(post, index);
    else this.#finish(post, success === 1);
  }

  describe(kind: number, index: number): string {
    return `${kind === START ? 'probe' : 'result'} of checker ${index}`;
  }

  #newPost(endpoint: string, region: number, index: number): Post {
    const { failures, successes } = this.#check;
    const draw = this.#parts.streams.open(`health/${endpoint}/${index}`).uniform;
    const checker = new Checker(failures, successes);
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
      const roundTrip = network.draw(post.region, this.#region, post.draw);
      const { success, after } = probe(this.#check, target, roundTrip, post.draw);
      if (intervalFrom === 'response') next += after;
      // A result that changes nothing and that no later probe can overtake needs no event.
      if (post.pending > 0 || after > interval || !post.checker.isIdle(success)) {
        post.pending++;
        simulation.schedule(after, this.#entity, RESULT, index, success ? 1 : 0);
      }
    }
    simulation.schedule(next, this.#entity, START, index);
  }

  #finish(post: Post, success: boolean): void {
    post.pending--;
    if (!post.checker.take(success)) return;
    const { quorum } = this.#check;
    const before = this.#unhealthyCheckers < quorum;
    this.#unhealthyCheckers += success ? -1 : 1;
    const healthy = this.#unhealthyCheckers < quorum;
    if (healthy !== before) this.#parts.onVerdict(this.#endpoint, healthy);
  }

  /** What probes of a checker in `region` meet now. */
  #meet(region: number): Target | undefined {
    const { board, network } = this.#parts;
    if (regionState(board, region).down !== 'none') return undefined;
    const { checkedErrors, falseAlarm, ...link } = board.endpoint(this.#endpoint);
    const seen = seenByStation(board, link, region, this.#region);
    const loss = 1 - (1 - seen.loss) * (1 - network.exchangeLoss);
    return { ...seen, loss, checkedErrors, falseAlarm };
  }
}
