/** Everything that can be seen and done in Play, apart from how it is shown. */
import type { Knob, NumberKnob } from '../../src/experiment/session/knob.ts';
import type { InjectedEntry, Setup } from '../engine/session-messages.ts';
import { StateEvent } from '../share/contract.ts';
import { AnnounceEvent } from '../shell/announcer.ts';
import { FoundEvent, GoEvent, SetsEvent } from '../shell/events.ts';
import type { View } from '../shell/route.ts';
import { Asker } from './astray.ts';
import { askedFor, type Bet, type BetEvent } from './bet.ts';
import { STATE_NAMES } from './cache-states.ts';
import { PlayController } from './controller.ts';
import { Demo, LEAD } from './demo.ts';
import { type PlayInputs, setupOf } from './inputs.ts';
import { nextMoment } from './moments.ts';
import { type PlayState, readPlayState, writePlayState } from './play-state.ts';
import { type Preset, presetsOf } from './presets.ts';
import { fieldSentence, findingText, recoverySentence } from './sentences.ts';
import { turned } from './turn.ts';
import { type Span, spanAround } from './window.ts';

/** A slider that rests this long counts as settled. */
const REST_MILLISECONDS = 300;

export class PlayDesk {
  readonly controller: PlayController = new PlayController(() => this.#onNews());
  /** Place of the field that is being explained. */
  chosen: number | undefined;
  bet: Bet | undefined;
  readonly asker: Asker = new Asker();
  whole = false;
  readonly #host: EventTarget;
  readonly #changed: () => void;
  #inputs: PlayInputs | undefined;
  #shown = '';
  #written = '';
  readonly #demo: Demo = new Demo();
  #said: unknown;
  #told: unknown;
  #found: unknown;
  #restTimer = 0;
  #restoreOnReturn = false;
  #tellMoment = false;

  /** @param changed called when something visible has changed */
  constructor(host: EventTarget, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
  }

  /** Shows the world the inputs ask for, when it is another one than before. */
  follow(inputs: PlayInputs): void {
    const before = this.#inputs;
    this.#inputs = inputs;
    const setup = this.#setup(inputs.sets);
    const key = JSON.stringify([setup.sets, setup.seed, setup.strategy, setup.injected, setup.clients]);
    const another = inputs.source !== before?.source;
    const { at } = this.kept;
    if (another) this.#open(setup, at);
    else if (key !== this.#shown) {
      const { frame, playing } = this.controller;
      this.controller.show(setup, 'keep', frame?.now ?? at, playing);
    } else if (
      at !== undefined &&
      inputs.state !== before?.state &&
      JSON.stringify(inputs.state) !== this.#written
    ) {
      this.controller.seek(at);
    }
    this.#shown = key;
  }

  #open(setup: Setup, at: number | undefined): void {
    this.chosen = undefined;
    this.bet = undefined;
    this.whole = false;
    this.#demo.begin(at === undefined && !matchMedia('(prefers-reduced-motion: reduce)').matches);
    this.controller.show(setup, 'drop', at, false);
  }

  get kept(): PlayState {
    return readPlayState(this.#inputs?.state ?? {});
  }

  get sets(): readonly string[] {
    return this.#inputs?.sets ?? [];
  }

  /** The knob the page turns on: a TTL where there is one. */
  get mainKnob(): NumberKnob | undefined {
    const found = this.controller.description?.knobs.find(
      ({ word, kind }) => word === 'TTL' && kind === 'seconds',
    );
    return found as NumberKnob | undefined;
  }

  get betting(): boolean {
    return this.bet !== undefined && !this.bet.revealed;
  }

  /** What the bet was about, seconds; undefined while it is being computed. */
  get truth(): number | null | undefined {
    const { outcome, rough, computing } = this.controller;
    return rough || computing !== undefined ? undefined : outcome?.nearlyAll;
  }

  /** Time after the first fault, seconds. */
  get horizon(): number {
    const { description } = this.controller;
    return description ? description.duration - description.faultAt : 3600;
  }

  get span(): Span {
    const { description, shown, frame, behind } = this.controller;
    if (!description) return { from: 0, to: 1, whole: true };
    return spanAround(description, [shown, behind], frame?.now ?? description.faultAt, this.whole);
  }

  #setup(sets: readonly string[]): Setup {
    return setupOf(this.#inputs!, sets, this.kept);
  }

  turn(knob: Knob, value: number | string, settled: boolean): void {
    clearTimeout(this.#restTimer);
    const sets = turned(this.sets, knob, value);
    if (settled) {
      this.#commit(sets);
      return;
    }
    this.controller.try(this.#setup(sets));
    this.#restTimer = window.setTimeout(() => this.#commit(sets), REST_MILLISECONDS);
  }

  #commit(sets: readonly string[]): void {
    this.#demo.end();
    if (sets.join('\n') === this.sets.join('\n')) this.controller.untry();
    else this.#host.dispatchEvent(new SetsEvent(sets));
  }

  /** Knobs and preset as the file has them; injected faults stay. */
  asWritten(): void {
    this.#commit([]);
    this.keep({ strategy: undefined });
  }

  /** Keeps something beside the knobs in the address; what the world depends on is shown at once. */
  keep(change: { readonly [K in keyof PlayState]?: PlayState[K] | undefined }): void {
    const merged = { ...this.kept, ...change } as PlayState;
    const state = writePlayState(merged);
    this.#written = JSON.stringify(state);
    this.#host.dispatchEvent(new StateEvent(state));
  }

  get presets(): readonly Preset[] {
    return presetsOf(this.controller.description?.strategies ?? [], this.#inputs?.source.text ?? '');
  }

  preset(index: number): void {
    const wanted = this.controller.description?.strategies[index];
    const preset = this.presets.find(({ name }) => name === wanted);
    if (preset) this.keep({ strategy: preset.strategy });
  }

  inject(entry: InjectedEntry, said: string): void {
    this.#demo.end();
    this.keep({ injected: [...this.kept.injected, entry] });
    this.say(said);
  }

  takeBack(index: number): void {
    this.keep({ injected: this.kept.injected.filter((_, at) => at !== index) });
  }

  pick(place: number | undefined): void {
    this.chosen = place;
    if (place === undefined) this.controller.letGo();
    else this.controller.ask(place);
    this.#changed();
  }

  onBet({ act, guess }: Pick<BetEvent, 'act' | 'guess'>): void {
    const knob = this.mainKnob;
    if (act === 'open' && knob) this.bet = { asked: askedFor(knob), guess: 60, revealed: false };
    else if (act === 'guess' && this.bet) this.bet = { ...this.bet, guess };
    else if (act === 'close') this.bet = undefined;
    else if (act === 'reveal' && this.bet && knob) {
      this.bet = { ...this.bet, revealed: true };
      this.#commit(turned(this.sets, knob, this.bet.asked));
    }
    if (act === 'open') this.pause();
    this.#changed();
  }

  toggle(): void {
    this.#demo.end();
    if (this.controller.playing) this.pause();
    else this.controller.play();
  }

  pause(): void {
    this.#demo.end();
    this.#tellMoment = true;
    this.controller.pause();
    this.#settle();
  }

  /** Moves to a moment; it is kept in the address once the user has let go. */
  seek(to: number, settled = true): void {
    this.#demo.end();
    this.#tellMoment = settled;
    this.controller.seek(to);
    if (settled) this.keep({ at: Math.max(0, to) });
  }

  step(direction: 1 | -1): void {
    this.#demo.end();
    this.#tellMoment = true;
    this.controller.step(direction);
  }

  skip(seconds: number): void {
    const { frame } = this.controller;
    if (frame) this.seek(frame.now + seconds);
  }

  rewind(): void {
    const { description } = this.controller;
    if (description) this.seek(description.faultAt - LEAD);
  }

  /** To the next (previous) beginning or end of a fault, change, or reaction of the world. */
  nextMark(direction: 1 | -1): void {
    const { description, outcome, frame } = this.controller;
    const to = description && frame && nextMoment(description, outcome, frame.now, direction);
    if (to !== undefined) this.seek(to);
  }

  toggleWindow(): void {
    this.whole = !this.span.whole;
    this.#changed();
  }

  go(view: View): void {
    this.#host.dispatchEvent(new GoEvent(view));
  }

  say(text: string): void {
    this.#host.dispatchEvent(new AnnounceEvent(text));
  }

  /** A page nobody looks at does not play. */
  setVisible(visible: boolean): void {
    const { controller } = this;
    if (!visible) {
      this.#restoreOnReturn = controller.playing;
      if (controller.playing) controller.pause();
    } else if (this.#restoreOnReturn) controller.play();
  }

  /** The moment at which the user stopped belongs into the address. */
  #settle(): void {
    const { frame } = this.controller;
    if (frame) this.keep({ at: frame.now });
  }

  #onNews(): void {
    this.#demo.heed(this);
    this.#tellWorld();
    this.#speak();
    this.asker.heed(this);
    this.#changed();
  }

  /** What other places, and a terminal, need to play the same world; and what it comes to. */
  #tellWorld(): void {
    const { description, shown, rough, behind } = this.controller;
    if (!description) return;
    if (description !== this.#told) {
      this.#told = description;
      this.#host.dispatchEvent(new SetsEvent(undefined, description.sets, description.repeat));
    }
    if (!shown || shown === this.#found || this.betting) return;
    this.#found = shown;
    const finding = findingText(description, this.sets, shown, behind);
    this.#host.dispatchEvent(new FoundEvent(rough ? `${finding} (A first estimate.)` : finding));
  }

  /** The sentence when it is new; the moment when the user has moved to it. */
  #speak(): void {
    const { outcome, rough, frame, moving, playing, description } = this.controller;
    const news = rough || this.betting ? undefined : outcome;
    if (news && news !== this.#said) {
      this.#said = news;
      this.say(recoverySentence(news));
    } else if (this.#tellMoment && frame && description && moving === undefined && !playing) {
      this.#tellMoment = false;
      this.say(fieldSentence(frame, STATE_NAMES, description));
    }
  }
}
