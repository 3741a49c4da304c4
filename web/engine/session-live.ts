/**
 * Worker side: the world that is played live. Long ways are played in slices, so that a new wish is heard at once and
 * takes the place of the old one. Steps back are looked up in pictures of what has just been passed; the world follows.
 */
import { type Micros, SECOND } from '../../src/base/time.ts';
import { planField } from '../../src/experiment/session/field.ts';
import { FieldView } from '../../src/experiment/session/field-view.ts';
import { statusOf } from '../../src/experiment/session/status.ts';
import { Trail } from '../../src/experiment/session/trail.ts';
import { CACHE_STATES } from '../../src/model/inspect.ts';
import type { World } from '../../src/model/world.ts';
import { FLOW_WINDOW, FlowMeter, lostUserMinutes } from './session-flow.ts';
import type { LoadAnswer, Loaded } from './session-load.ts';
import type { Flow, Frame, SessionReply, SessionRequest } from './session-messages.ts';
import { breathe, Pace, playingOf } from './session-pace.ts';
import { differ, film, Reel } from './session-reel.ts';

type Reply = (reply: SessionReply, transfer?: Transferable[]) => void;
type OpenRequest = Extract<SessionRequest, { kind: 'open' }>;
type Places = ReturnType<typeof planField>;

const FIELD_SIZE = 400;
const FRAME_MILLISECONDS = 33;
/** Healthy time shown before the first fault. */
const LEAD: Micros = 20 * SECOND;
/** How finely a step looks for the next change, and how far. */
const STEP: Micros = SECOND / 10;
const STEPS_AT_MOST = 6000;
/** How far back a step looks, and how finely: flows are read over a whole number of steps. */
const WINDOWS_BACK: readonly (readonly [span: Micros, step: Micros])[] = [
  [5 * SECOND, STEP],
  [60 * SECOND, STEP],
  [900 * SECOND, 2 * SECOND],
];
/** Whoever wishes something again within this time is not slowed by what is done ahead. */
const REST_MILLISECONDS = 300;
/** And what is done ahead leaves as much of the processor to others as it takes. */
const PAUSE_MILLISECONDS = 8;

export class Live {
  readonly #reply: Reply;
  readonly #pace: Pace = new Pace();
  #id = 0;
  #job = 0;
  #playing = false;
  #trail: Trail | undefined;
  #loaded: Loaded | undefined;
  #places: Places = [];
  #view: FieldView | undefined;
  #viewed: unknown;
  #flows: FlowMeter = new FlowMeter();
  #reel: Reel = new Reel();
  /** The moment shown, and its field. */
  #at: Micros = 0;
  #states: Uint8Array = new Uint8Array();
  /** A cache that was asked before the world had followed. */
  #asked: number | undefined;

  constructor(reply: Reply) {
    this.#reply = reply;
  }

  stop(): void {
    this.#job += 1;
  }

  /** Ends playing; a way to an instant that is under way goes on. */
  async pause(): Promise<void> {
    if (!this.#playing) return;
    const stopped = this.#begin();
    this.#show(false);
    await this.#tend(stopped);
  }

  async open({ id, at }: Omit<OpenRequest, 'setup'>, loaded: LoadAnswer): Promise<void> {
    const stopped = this.#begin();
    this.#id = id;
    if ('issues' in loaded) return this.#reply({ kind: 'refused', id, issues: loaded.issues });
    this.#loaded = loaded;
    this.#trail = new Trail(loaded.spec, loaded.seed);
    this.#flows = new FlowMeter();
    this.#reel = new Reel();
    this.#places = planField(this.#world, FIELD_SIZE);
    const places = this.#places.map(({ label }) => label);
    this.#reply({ kind: 'opened', id, description: loaded.description, places });
    const start = at === undefined ? loaded.description.faultAt * SECOND - LEAD : Math.round(at * SECOND);
    await this.#go(start, stopped);
    await this.#tend(stopped);
  }

  async play(speed: number): Promise<void> {
    if (!this.#trail) return;
    const stopped = this.#begin();
    if (!(await this.#follow(stopped))) return;
    this.#playing = true;
    const end = this.#loaded!.spec.duration;
    const world = this.#world;
    let last = performance.now();
    while (!stopped() && world.now < end) {
      const begun = performance.now();
      const target = Math.min(end, world.now + Math.round(Math.min(begun - last, 100) * speed * 1000));
      last = begun;
      const limit = begun + 2 * FRAME_MILLISECONDS;
      while (world.now < target && performance.now() < limit && !stopped()) {
        this.#pace.slice(playingOf(world), target);
        await breathe();
      }
      if (stopped()) return;
      this.#show(world.now < target);
      if (performance.now() - begun < FRAME_MILLISECONDS / 2) this.#pull(false);
      await sleep(FRAME_MILLISECONDS - (performance.now() - begun));
    }
    if (stopped()) return;
    this.#playing = false;
    this.#reply({ kind: 'ended', id: this.#id });
  }

  async seek(to: number): Promise<void> {
    if (!this.#trail) return;
    const stopped = this.#begin();
    await this.#go(Math.round(to * SECOND), stopped);
    await this.#tend(stopped);
  }

  async step(direction: 1 | -1): Promise<void> {
    if (!this.#trail) return;
    const stopped = this.#begin();
    if (direction === 1) await this.#stepForward(stopped);
    else await this.#stepBack(stopped);
    await this.#tend(stopped);
  }

  /** Answered at once, or when the world has come to the moment shown. */
  async why(place: number): Promise<void> {
    const { explainPlace } = await import('../../src/experiment/session/why.ts');
    const known = this.#places[place];
    if (!this.#trail || !known) return;
    const { now } = this.#world;
    this.#asked = this.#playing || now === this.#at ? undefined : place;
    if (this.#asked !== undefined) return;
    this.#reply({ kind: 'why', place, now: now / SECOND, steps: explainPlace(this.#world, known) });
  }

  get #world(): World {
    return this.#trail!.world;
  }

  /** A new wish: whatever is under way ends; what was played is what is shown. */
  #begin(): () => boolean {
    this.#job += 1;
    if (this.#playing) this.#settle();
    this.#playing = false;
    this.#asked = undefined;
    const job = this.#job;
    return () => this.#job !== job;
  }

  #settle(): void {
    this.#at = this.#world.now;
    this.#states = this.#field().states;
  }

  async #go(to: Micros, stopped: () => boolean): Promise<void> {
    const target = Math.min(Math.max(0, to), this.#loaded!.spec.duration);
    let told = performance.now();
    const from = target < this.#world.now ? 0 : this.#world.now;
    const onSlice = (now: Micros): void => {
      if (performance.now() - told < 100) return;
      told = performance.now();
      this.#reply({ kind: 'progress', id: this.#id, fraction: (now - from) / Math.max(1, target - from) });
    };
    if (await this.#reach(target, stopped, onSlice)) this.#show(false);
  }

  /** Brings the world to a moment; flows are read between that and one shortly before. */
  async #reach(to: Micros, stopped: () => boolean, onSlice?: (now: Micros) => void): Promise<boolean> {
    const before = Math.max(0, to - FLOW_WINDOW);
    if (to < this.#world.now) this.#trail!.turnBack(before);
    const world = playingOf(this.#world);
    if (!(await this.#pace.run(world, before, stopped, onSlice))) return false;
    this.#flows.begin(this.#world);
    return this.#pace.run(world, to, stopped, onSlice);
  }

  /** Lets the world come to the moment shown. */
  async #follow(stopped: () => boolean): Promise<boolean> {
    if (this.#world.now !== this.#at && !(await this.#reach(this.#at, stopped))) return false;
    if (this.#asked !== undefined) await this.why(this.#asked);
    return !stopped();
  }

  async #stepForward(stopped: () => boolean): Promise<void> {
    if (!(await this.#follow(stopped))) return;
    const before = this.#states;
    const world = this.#world;
    const end = this.#loaded!.spec.duration;
    for (let step = 0; step < STEPS_AT_MOST && world.now < end && !stopped(); step++) {
      world.runUntil(Math.min(end, world.now + (step < 100 ? STEP : 10 * STEP)));
      if (differ(before, this.#field().states)) break;
      if (step % 20 === 19) await breathe();
    }
    if (!stopped()) this.#show(false);
  }

  /** Back to the last moment at which the field was not yet as it is now. */
  async #stepBack(stopped: () => boolean): Promise<void> {
    const [states, at] = [this.#states, this.#at];
    let found = this.#reel.lastUnlike(states, at);
    for (const [span, step] of WINDOWS_BACK) {
      if (found) break;
      const reel = await this.#film(at - span, step, stopped);
      if (!reel) return;
      // What is looked at less finely is of no use for the next step.
      if (step === STEP) this.#reel = reel;
      found = reel.lastUnlike(states, at);
    }
    if (!found) return this.#go(this.#at - WINDOWS_BACK.at(-1)![0], stopped);
    this.#send({ ...found.frame, states: found.frame.states.slice() }, found.at);
    await this.#follow(stopped);
  }

  /** Looks again at what came before the moment shown, in a world of its own. */
  async #film(from: Micros, step: Micros, stopped: () => boolean): Promise<Reel | undefined> {
    const world = this.#trail!.take(from - FLOW_WINDOW);
    const view = new FieldView(world, this.#places);
    const look = (flows: readonly Flow[]): Frame => this.#frame(world, view.look(), flows);
    const stretch = { from, until: this.#at, step };
    const reel = await film(world, stretch, look, (to) => this.#pace.run(playingOf(world), to, stopped));
    if (!reel) this.#trail!.leave(world);
    return reel;
  }

  /** Does ahead what makes the next way back a short one. */
  async #tend(stopped: () => boolean): Promise<void> {
    await sleep(REST_MILLISECONDS);
    while (!stopped() && this.#pull(true)) await sleep(PAUSE_MILLISECONDS);
  }

  /** Plays a slice of a world that lags behind. @returns whether there was one */
  #pull(more: boolean): boolean {
    const lagging = this.#trail!.lagging(more);
    if (lagging) this.#pace.slice(playingOf(lagging.world), lagging.until);
    return lagging !== undefined;
  }

  /** Going back makes a new world, whose seats must be looked up again. */
  #field(): ReturnType<FieldView['look']> {
    if (this.#viewed !== this.#world) {
      this.#view = new FieldView(this.#world, this.#places);
      this.#viewed = this.#world;
    }
    return this.#view!.look();
  }

  #show(slow: boolean): void {
    const world = this.#world;
    this.#send({ ...this.#frame(world, this.#field(), this.#flows.read(world)), slow }, world.now);
  }

  #send(frame: Frame, at: Micros): void {
    this.#at = at;
    this.#states = frame.states.slice();
    this.#reply({ kind: 'frame', id: this.#id, frame }, [frame.states.buffer]);
  }

  #frame(world: World, { states, towards }: ReturnType<FieldView['look']>, flows: readonly Flow[]): Frame {
    return {
      now: world.now / SECOND,
      states,
      counts: CACHE_STATES.map((_, code) => states.reduce((sum, at) => sum + (at === code ? 1 : 0), 0)),
      towards,
      status: statusOf(world, this.#loaded!.description.topology),
      flows,
      lostUserMinutes: lostUserMinutes(world),
      slow: false,
    };
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
