/**
 * NS1: a managed provider whose records are chains of filters over live metadata. See README.md beside this file.
 *
 * Verdicts of monitors and values of data feeds reach every edge one feed delay after they are known. Both pass the
 * health plane: while it is slow they are later, while it is down metadata stay as they are, and once it is back the
 * values of that moment are taken over. A value that an operator pushes is handed to the control plane first, as it
 * comes through the same interface as changes of zones (an assumption): while that is down it waits.
 */
import { describeDuration, type Micros } from '../../../../base/time.ts';
import { ManagedProvider } from '../../managed/provider.ts';
import type { OperatorChange, Provider, ProviderChange, ProviderContext } from '../../provider.ts';
import { GENERIC_LOGIC } from '../generic/logic.ts';
import { ns1Logic } from './logic.ts';
import type { Readings } from './metadata.ts';
import type { MetaValue, Ns1Options } from './rule.ts';

/** Wake-ups beside those of a managed provider (managed/wake.ts). */
const PUSHED = 20;
const ARRIVED = 21;
const VERDICT = 22;

/** A new value of a feed at the edges. */
interface FeedState {
  readonly kind: 'ns1-feed';
  readonly feed: number;
  readonly value: MetaValue;
}

interface Push {
  readonly feed: number;
  readonly value: MetaValue;
}

export function createNs1(context: ProviderContext): Provider {
  const options = context.spec.providers[context.index]!.options as Ns1Options;
  return new Ns1(context, options);
}

/** Its decisions say how long feeds take to the edges. */
function withWay(context: ProviderContext, delay: Micros): ProviderContext {
  const rule = delay > 0 ? `data feeds are at the edges after ${describeDuration(delay)}` : undefined;
  return {
    ...context,
    react: (stage, label) => context.react(stage, label, stage === 'decide' ? rule : undefined),
  };
}

class Ns1 extends ManagedProvider {
  readonly #context: ProviderContext;
  readonly #options: Ns1Options;
  /** Values of the feeds in the order in which they are pushed; wake-ups name them by their places. */
  readonly #pushes: Push[] = [];
  /** Values that have come as far as the health plane. */
  readonly #arrived: Readings;
  /** Values it goes by. */
  readonly #known: Readings;
  /** Values the edges go by. */
  readonly #shown: Readings;
  /** Verdicts on their way, oldest first. */
  readonly #verdicts: { readonly signal: number; readonly healthy: boolean }[] = [];

  constructor(context: ProviderContext, options: Ns1Options) {
    const known = options.feeds.map(({ first }) => first);
    const shown = [...known];
    super(
      withWay(context, options.feedDelay),
      { generic: GENERIC_LOGIC, ns1: ns1Logic(known) },
      { generic: GENERIC_LOGIC, ns1: ns1Logic(shown) },
    );
    this.#context = context;
    this.#options = options;
    this.#known = known;
    this.#shown = shown;
    this.#arrived = [...known];
    for (const [feed, { steps }] of options.feeds.entries()) {
      for (const { at, value } of steps) context.wake(at, PUSHED, this.#pushes.push({ feed, value }) - 1);
    }
  }

  override hear(signal: number, healthy: boolean): void {
    const { feedDelay } = this.#options;
    if (feedDelay === 0) super.hear(signal, healthy);
    else {
      this.#verdicts.push({ signal, healthy });
      this.#context.wake(feedDelay, VERDICT, 0);
    }
  }

  override planesChanged(now: Micros): void {
    super.planesChanged(now);
    for (const feed of this.#arrived.keys()) this.#take(feed);
  }

  override woken(kind: number, a: number): void {
    if (kind === PUSHED) this.#push(a);
    else if (kind === ARRIVED) this.#arrive(this.#pushes[a]!);
    else if (kind === VERDICT) {
      const { signal, healthy } = this.#verdicts.shift()!;
      super.hear(signal, healthy);
    } else super.woken(kind, a);
  }

  override apply(change: ProviderChange): void {
    if (change.kind === 'own') {
      const { feed, value } = change.state as FeedState;
      this.#shown[feed] = value;
      this.prepareAnew();
    } else super.apply(change);
  }

  protected override carries(change: OperatorChange): boolean {
    if (change.kind !== 'setting' || change.setting.kind !== 'feed') return false;
    const { feed, value } = change.setting;
    this.#push(this.#pushes.push({ feed, value }) - 1);
    return true;
  }

  #push(index: number): void {
    const { feed, value } = this.#pushes[index]!;
    const { name } = this.#options.feeds[feed]!;
    this.#context.react('detect', `data feed ${name} says ${String(value)}`);
    const { extra } = this.#context.plane('health');
    this.#context.wake(this.#options.feedDelay + extra, ARRIVED, index);
  }

  #arrive({ feed, value }: Push): void {
    this.#arrived[feed] = value;
    this.#take(feed);
  }

  /** Goes by what has arrived, unless the plane is down. */
  #take(feed: number): void {
    const value = this.#arrived[feed]!;
    if (this.#context.plane('health').down !== 'none' || this.#known[feed] === value) return;
    this.reconsider(() => {
      this.#known[feed] = value;
      const state: FeedState = { kind: 'ns1-feed', feed, value };
      this.#context.reveal({ kind: 'own', provider: this.#context.index, state });
    });
  }
}
