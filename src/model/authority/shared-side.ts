/**
 * The part of the world that runs ahead of the cells: timeline, planes of the providers, health checks.
 *
 * Its own state moves as its events run. What cells can see moves later: every visible change is queued as
 * plain data and applied by the world when the cells have come to that instant. Nothing here depends on what
 * cells do, which is why it may run ahead at all.
 */
import type { Micros } from '../../base/time.ts';
import type { RandomStreams } from '../../kernel/random-streams.ts';
import { Simulation } from '../../kernel/simulation.ts';
import { joinLinks } from '../network/link.ts';
import type { Network } from '../network/network.ts';
import type { Draw, LinkState, Reaction } from '../outside.ts';
import type {
  ChangeSpec,
  CheckSpec,
  FaultSpec,
  FlushSpec,
  ProviderSpec,
  SettingSpec,
  TargetSpec,
  WorldSpec,
  ZoneChangeSpec,
} from '../spec.ts';
import { regionState } from '../timeline/exposure.ts';
import { FaultBoard } from '../timeline/fault-board.ts';
import { Timeline, type TimelineListener } from '../timeline/timeline.ts';
import { meetEndpoint } from './health/meet.ts';
import { type Monitors, startMonitors } from './health/monitors.ts';
import { type ProbeResult, probeWithRechecks, type Target } from './health/probe.ts';
import { describeSignal, signalOf } from './health/signals.ts';
import { ruleOf } from './health/words.ts';
import type { OperatorChange, Provider, ProviderChange, ProviderContext } from './provider.ts';
import { createProvider } from './providers/catalogue.ts';
import { Transfers } from './transfer/transfers.ts';
import { Versioned } from './versioned.ts';

/** Something cells will see. */
export type VisibleChange =
  | { readonly kind: 'severity'; readonly item: number; readonly severity: number }
  | { readonly kind: 'flush'; readonly flush: FlushSpec }
  | ProviderChange;

type CheckSetting = Extract<SettingSpec, { kind: 'check' }>;

export class SharedSide implements TimelineListener {
  readonly simulation: Simulation = new Simulation();
  readonly reactions: Reaction[] = [];
  readonly providers: readonly Provider[];

  readonly #spec: WorldSpec;
  readonly #board: FaultBoard;
  readonly #network: Network;
  readonly #streams: RandomStreams;
  /** What probes of a provider's servers meet, by endpoint and region of the server. */
  readonly #targets: Versioned<Target | undefined>;
  readonly #transfers: Transfers;
  readonly #monitors: Monitors;
  #pending: VisibleChange[] = [];

  constructor(spec: WorldSpec, network: Network, streams: RandomStreams) {
    this.#spec = spec;
    this.#board = new FaultBoard(spec.timeline);
    this.#network = network;
    this.#streams = streams;
    this.#targets = new Versioned((key) => {
      const index = Math.floor(key / network.regionCount);
      const { region } = spec.endpoints[index]!;
      return meetEndpoint(this.#board, network, { index, region }, key % network.regionCount);
    });
    new Timeline(spec.timeline, this.simulation, this);
    this.providers = spec.providers.map((_, index) => createProvider(this.#contextOf(index)));
    this.#transfers = new Transfers({
      spec,
      simulation: this.simulation,
      streams,
      board: this.#board,
      providers: this.providers,
      reveal: (change) => this.#pending.push(change),
      react: (label) => this.#react('publish', label),
    });
    this.#monitors = startMonitors(spec, {
      simulation: this.simulation,
      streams,
      network,
      board: this.#board,
      onVerdict: (signal, healthy) => this.#verdict(signal, healthy),
    });
  }

  /**
   * Plays events up to and including the first instant with a visible change, at most those at `limit`.
   * Returns that instant, or `limit`.
   */
  play(limit: Micros): Micros {
    const { simulation } = this;
    while (
      simulation.nextEventTime <= limit &&
      (this.#pending.length === 0 || simulation.nextEventTime === simulation.now)
    ) {
      simulation.step();
    }
    return this.#pending.length > 0 ? simulation.now : limit;
  }

  /** Hands over the changes of the instant `play` returned, in the order in which they came about. */
  take(): readonly VisibleChange[] {
    const changes = this.#pending;
    this.#pending = [];
    return changes;
  }

  severityChanged(item: number, severity: number): void {
    this.#board.set(item, severity);
    this.#pending.push({ kind: 'severity', item, severity });
    const { target } = this.#spec.timeline[item] as FaultSpec;
    this.#spec.providers.forEach((spec, provider) => {
      if (concernsProvider(target, provider, spec))
        this.providers[provider]!.planesChanged(this.simulation.now);
    });
  }

  changeMade(_item: number, change: ChangeSpec['change'], label: string): void {
    this.#react('decide', label);
    if (change.kind === 'flush') this.#pending.push({ kind: 'flush', flush: change });
    else if (change.kind === 'zone') this.#changeZone(change, label);
    else if (change.kind === 'policies') {
      for (const policy of change.policies) this.#submit(policy.provider, { kind: 'policy', policy }, label);
    } else if (change.provider !== undefined) {
      this.#submit(change.provider, { kind: 'setting', setting: change.setting }, label);
    } else if (change.setting.kind === 'check') this.#setCheck(change.setting);
  }

  /** Of several copies of a zone each provider is told of its own; nobody named, the public one is meant. */
  #changeZone(change: ZoneChangeSpec, label: string): void {
    const { zones } = this.#spec;
    const copies = zones.flatMap(({ origin }, index) => (origin === change.origin ? [index] : []));
    const open = copies.find((index) => zones[index]!.audience === undefined) ?? copies[0]!;
    // Secondaries hear of changes from their primaries.
    const primaries = zones[open]!.providers.filter((provider) => !this.#spec.providers[provider]!.transfer);
    for (const provider of change.providers ?? primaries) {
      const zone = copies.find((index) => zones[index]!.providers.includes(provider)) ?? open;
      this.#submit(provider, { kind: 'zone', zone, change }, label);
    }
  }

  #submit(provider: number, change: OperatorChange, label: string): void {
    this.providers[provider]!.submit(change, label, this.simulation.now);
  }

  #setCheck({ check, ...setting }: CheckSetting): void {
    this.#monitors.set(signalOf(this.#spec, check), setting);
  }

  #verdict(signal: number, healthy: boolean): void {
    const { name, provider } = describeSignal(this.#spec, signal);
    const label = `health check marks ${name} ${healthy ? 'healthy' : 'unhealthy'}`;
    this.#react('detect', label, ruleOf(this.#spec, signal, healthy));
    const listeners = provider === undefined ? this.providers : [this.providers[provider]!];
    for (const listener of listeners) listener.hear(signal, healthy);
  }

  #react(stage: Reaction['stage'], label: string, rule?: string): void {
    this.reactions.push({ at: this.simulation.now, stage, label, ...(rule !== undefined && { rule }) });
  }

  /** A control plane shares the fate of its region. */
  #planeOf(provider: number, plane: 'health' | 'control'): LinkState {
    const own = this.#board.plane(provider, plane);
    const { controlRegion } = this.#spec.providers[provider]!;
    if (plane === 'health' || controlRegion === undefined) return own;
    return joinLinks([own, regionState(this.#board, controlRegion)]);
  }

  /** A server that only one address family cannot reach is not down. */
  #siteOf(provider: number, server: number, site: number): LinkState {
    const [first, second] = ([4, 6] as const).map((family) =>
      this.#board.site({ provider, server, site, family }),
    );
    return first!.down === 'none' ? first! : second!;
  }

  #probe(check: CheckSpec, endpoint: number | undefined, from: number, draw: Draw): ProbeResult | undefined {
    const { endpoints } = this.#spec;
    if (endpoint === undefined) {
      const isUp = regionState(this.#board, from).down === 'none';
      return isUp ? { success: false, after: check.timeout } : undefined;
    }
    const { region } = endpoints[endpoint]!;
    const target = this.#targets.at(endpoint * this.#network.regionCount + from, this.#board.version);
    return target && probeWithRechecks(check, target, this.#network.draw(from, region, draw), draw);
  }

  #contextOf(index: number): ProviderContext {
    const { simulation } = this;
    const { name } = this.#spec.providers[index]!;
    const receive = (kind: number, a: number, _b: number, now: Micros): void => {
      this.providers[index]!.woken(kind, a, now);
    };
    const entity = simulation.add({ name: `provider ${name}`, receive });
    let own: Draw | undefined;
    const draw: Draw = () => {
      own ??= this.#streams.open(`provider/${name}`).uniform;
      return own();
    };
    return {
      spec: this.#spec,
      index,
      plane: (plane) => this.#planeOf(index, plane),
      site: (server, site) => this.#siteOf(index, server, site),
      reaches: (primary) => this.#transfers.isReachable(primary, index),
      draw,
      probe: (check, endpoint, region) => this.#probe(check, endpoint, region, draw),
      wake: (delay, kind, a) => {
        simulation.schedule(delay, entity, kind, a);
      },
      reveal: (change) => {
        this.#pending.push(change);
        if (change.kind === 'accepted') this.#transfers.accepted(index, change.zone, change.data);
      },
      setCheck: (setting) => this.#setCheck(setting),
      react: (stage, label, rule) => this.#react(stage, label, rule),
    };
  }
}

/** Whether a fault may change how a provider's planes or its servers stand. */
function concernsProvider(target: TargetSpec, provider: number, { controlRegion }: ProviderSpec): boolean {
  if (target.kind === 'plane' || target.kind === 'server') return target.provider === provider;
  return target.kind === 'region' && target.region === controlRegion;
}
