/**
 * Everything cells share, as they see it: `Outside` over the shared side that runs ahead.
 *
 * Two states are kept apart. The shared side moves when its events run, in `advance`; all that is read through
 * `ask`, `endpointState`, `resolverState` and `truth` moves only in `apply`. Advancing in pieces is the same as
 * advancing at once.
 *
 * A query counts for its hop when it is sent, lost or not. Over TCP it takes one more round trip, the handshake
 * (RFC 7766 §6.2.1 lets it be saved; that is not modelled). To an address where no server is, it is lost.
 */
import type { Micros } from '../../base/time.ts';
import type { Question } from '../../dns/data/message.ts';
import type { Transport } from '../../dns/resolve/protocol.ts';
import type { RandomStreams } from '../../kernel/random-streams.ts';
import type { AnswerCount } from '../answer-count.ts';
import { Network } from '../network/network.ts';
import type { Asker, Delivery, Draw, EndpointState, LinkState, Outside, Reaction } from '../outside.ts';
import type { FlushSpec, PopulationSpec, WorldSpec } from '../spec.ts';
import { AnswerCounts } from './answer-counts.ts';
import { SiteLoads } from './congestion.ts';
import { FeedbackWindows } from './feedback-windows.ts';
import { happens } from './health/probe.ts';
import { HopLoad } from './hop-load.ts';
import { SharedSide, type VisibleChange } from './shared-side.ts';
import { Truth } from './truth.ts';
import { VisibleSide } from './visible-side.ts';

const LOST: Delivery = { kind: 'lost' };

/**
 * The shared side of the world of `spec`. Opens streams named `health/...`.
 * @throws RangeError when a fault of the timeline makes no sense on its target
 */
export function createOutside(spec: WorldSpec, streams: RandomStreams): Outside {
  return new OutsideWorld(spec, streams);
}

class OutsideWorld implements Outside {
  version = 0;
  flushes: readonly FlushSpec[] = [];

  readonly #spec: WorldSpec;
  readonly #network: Network;
  readonly #shared: SharedSide;
  readonly #visible: VisibleSide;
  readonly #truth: Truth;
  readonly #loads: SiteLoads;
  readonly #windows: FeedbackWindows;
  readonly #hops: readonly HopLoad[];
  readonly #answers: AnswerCounts;
  readonly #endpointByAddress: ReadonlyMap<string, number>;
  #instant: Micros = 0;

  constructor(spec: WorldSpec, streams: RandomStreams) {
    this.#spec = spec;
    this.#network = new Network(spec.network);
    this.#shared = new SharedSide(spec, this.#network, streams);
    this.#visible = new VisibleSide(spec, this.#network, this.#shared.providers);
    for (const change of this.#shared.take()) this.#visible.showFirst(change);
    this.#truth = new Truth(spec, this.#shared.providers);
    const { board, directory } = this.#visible;
    this.#loads = new SiteLoads(directory.sites, board, loadScale(spec.populations));
    this.#windows = new FeedbackWindows(this.#loads);
    this.#hops = spec.providers.map(() => new HopLoad());
    this.#answers = new AnswerCounts(spec);
    this.#endpointByAddress = new Map(
      spec.endpoints.flatMap(({ addresses }, index) => addresses.map((address) => [address, index] as const)),
    );
  }

  get reactions(): readonly Reaction[] {
    return this.#shared.reactions;
  }

  advance(limit: Micros): Micros {
    this.#instant = this.#shared.play(Math.min(limit, this.#windows.end));
    return this.#instant;
  }

  apply(): void {
    const changes = this.#shared.take();
    this.flushes = changes.flatMap((change) => (change.kind === 'flush' ? change.flush : []));
    for (const change of changes) this.#show(change);
    if (changes.length > 0) this.version++;
    const counted = this.#windows.pass(this.#instant);
    if (counted !== undefined) this.#shared.simulation.digest.fold(counted);
    for (const hop of this.#hops) hop.settle(this.#instant);
  }

  ask(
    address: string,
    question: Question,
    region: number,
    transport: Transport,
    now: Micros,
    draw: Draw,
    asker?: Asker,
  ): Delivery {
    const to = this.#visible.directory.find(address);
    if (!to) return LOST;
    if (now >= 0) this.#hops[to.provider]!.count(now);
    const { site, link } = this.#visible.way(to, region);
    if (link.down === 'silent') return LOST;
    if (now >= 0) this.#loads.count(site.index);
    const { loss, wait } = this.#loads.at(site.index);
    if (happens(1 - (1 - link.loss) * (1 - loss), draw)) return LOST;
    const roundTrip = this.#network.draw(region, site.region, draw);
    if (link.down === 'refused') return { kind: 'unreachable', delay: roundTrip + link.extra };
    const delay = roundTrip * (transport === 'tcp' ? 2 : 1) + link.extra + wait;
    const message = this.#visible.view(site, to.family).answer(question, {
      region,
      clientRegion: asker?.clientRegion,
      service: asker?.service,
      instance: asker?.instance,
      dnssecOk: asker?.dnssecOk,
      server: site.server,
      siteRegion: site.region,
      now,
      draw,
    });
    if (message === 'drop') return LOST;
    if (now >= 0) this.#answers.count(to.provider, message, asker?.service);
    return { kind: 'reply', delay, message };
  }

  endpointOf(address: string): number {
    return this.#endpointByAddress.get(address) ?? -1;
  }

  endpointState(endpoint: number, region: number): EndpointState {
    return this.#visible.endpointState(endpoint, region);
  }

  resolverState(resolver: number, region: number): LinkState {
    return this.#visible.resolverState(resolver, region);
  }

  truth(question: Question, region: number): readonly string[] {
    return this.#truth.addresses(question, region);
  }

  isScoped(question: Question): boolean {
    return this.#truth.isScoped(question);
  }

  load(): readonly { readonly hop: string; readonly queries: number; readonly peakPerSecond: number }[] {
    return this.#spec.providers.map(({ name }, index) => {
      const { queries, peakPerSecond } = this.#hops[index]!;
      return { hop: name, queries, peakPerSecond };
    });
  }

  answers(): readonly AnswerCount[] {
    return this.#answers.list();
  }

  digest(): string {
    return this.#shared.simulation.digest.hex();
  }

  #show(change: VisibleChange): void {
    if (change.kind === 'severity') this.#visible.setSeverity(change.item, change.severity);
    else if (change.kind !== 'flush') {
      this.#shared.providers[change.provider]!.apply(change, this.#instant);
      if (change.kind !== 'published') this.#truth.refresh();
    }
  }
}

/** Queries represented by a simulated one: users represented by a simulated client, over all populations. */
export function loadScale(populations: readonly PopulationSpec[]): number {
  const clients = populations.reduce((sum, { count }) => sum + count, 0);
  const users = populations.reduce((sum, { represents }) => sum + represents, 0);
  return clients > 0 ? users / clients : 1;
}
