/**
 * Worker side: the world that is played live. Going back plays it again from the start, in slices, so that a new
 * wish is heard at once and takes the place of the old one.
 */
import { type Micros, SECOND } from '../../src/base/time.ts';
import { planField } from '../../src/experiment/session/field.ts';
import { FieldView } from '../../src/experiment/session/field-view.ts';
import { Session } from '../../src/experiment/session/session.ts';
import { statusOf } from '../../src/experiment/session/status.ts';
import { explainPlace } from '../../src/experiment/session/why.ts';
import { CACHE_STATES } from '../../src/model/inspect.ts';
import { FLOW_WINDOW, FlowMeter, lostUserMinutes } from './session-flow.ts';
import type { LoadAnswer, Loaded } from './session-load.ts';
import type { Frame, SessionReply, SessionRequest } from './session-messages.ts';
import { breathe, Pace, type Playing } from './session-pace.ts';

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
/** How far back a step looks, seconds. */
const WINDOWS_BACK: readonly Micros[] = [5 * SECOND, 60 * SECOND, 900 * SECOND];

export class Live implements Playing {
  readonly #reply: Reply;
  readonly #pace: Pace = new Pace();
  #id = 0;
  #job = 0;
  #playing = false;
  #session: Session | undefined;
  #loaded: Loaded | undefined;
  #places: Places = [];
  #view: FieldView | undefined;
  #viewed: unknown;
  #flows: FlowMeter = new FlowMeter();

  constructor(reply: Reply) {
    this.#reply = reply;
  }

  get now(): Micros {
    return this.#session?.now ?? 0;
  }

  playTo(until: Micros): void {
    this.#session?.seek(until);
  }

  stop(): void {
    this.#job += 1;
  }

  /** Ends playing; a way to an instant that is under way goes on. */
  pause(): void {
    if (this.#playing) this.stop();
  }

  async open({ id, at }: Omit<OpenRequest, 'setup'>, loaded: LoadAnswer): Promise<void> {
    const stopped = this.#begin();
    this.#id = id;
    if ('issues' in loaded) return this.#reply({ kind: 'refused', id, issues: loaded.issues });
    this.#loaded = loaded;
    this.#session = new Session(loaded.spec, loaded.seed);
    this.#flows = new FlowMeter();
    this.#places = planField(this.#session.world, FIELD_SIZE);
    const places = this.#places.map(({ label }) => label);
    this.#reply({ kind: 'opened', id, description: loaded.description, places });
    const start = at === undefined ? loaded.description.faultAt * SECOND - LEAD : at * SECOND;
    await this.#go(Math.max(0, start), stopped);
  }

  async play(speed: number): Promise<void> {
    const stopped = this.#begin();
    this.#playing = true;
    const end = this.#loaded?.spec.duration ?? 0;
    let last = performance.now();
    while (!stopped() && this.now < end) {
      const begun = performance.now();
      const target = Math.min(end, this.now + Math.round(Math.min(begun - last, 100) * speed * 1000));
      last = begun;
      const limit = begun + 2 * FRAME_MILLISECONDS;
      while (this.now < target && performance.now() < limit && !stopped()) {
        this.#pace.slice(this, target);
        await breathe();
      }
      if (stopped()) return;
      this.#show(this.now < target);
      await sleep(FRAME_MILLISECONDS - (performance.now() - begun));
    }
    if (!stopped()) this.#reply({ kind: 'ended', id: this.#id });
  }

  async seek(to: number): Promise<void> {
    const stopped = this.#begin();
    await this.#go(Math.round(to * SECOND), stopped);
  }

  async step(direction: 1 | -1): Promise<void> {
    if (!this.#session) return;
    const stopped = this.#begin();
    if (direction === 1) await this.#stepForward(stopped);
    else await this.#stepBack(stopped);
    if (!stopped()) this.#show(false);
  }

  why(place: number): void {
    const known = this.#places[place];
    if (!this.#session || !known) return;
    const steps = explainPlace(this.#session.world, known);
    this.#reply({ kind: 'why', place, now: this.now / SECOND, steps });
  }

  /** A new wish: whatever is under way ends. */
  #begin(): () => boolean {
    this.#job += 1;
    this.#playing = false;
    const job = this.#job;
    return () => this.#job !== job;
  }

  async #go(to: Micros, stopped: () => boolean): Promise<void> {
    if (!this.#session) return;
    if (to < this.now) this.#session.seek(0);
    const from = this.now;
    let told = performance.now();
    const onSlice = (now: Micros): void => {
      if (performance.now() - told < 100) return;
      told = performance.now();
      this.#reply({ kind: 'progress', id: this.#id, fraction: (now - from) / Math.max(1, to - from) });
    };
    const target = Math.min(to, this.#loaded!.spec.duration);
    // Flows are read between two moments: one shortly before the one to be shown.
    if (!(await this.#pace.run(this, Math.max(from, target - FLOW_WINDOW), stopped, onSlice))) return;
    this.#flows.begin(this.#session.world);
    if (await this.#pace.run(this, target, stopped, onSlice)) this.#show(false);
  }

  async #stepForward(stopped: () => boolean): Promise<void> {
    const before = this.#field().states;
    const end = this.#loaded!.spec.duration;
    for (let step = 0; step < STEPS_AT_MOST && this.now < end && !stopped(); step++) {
      this.playTo(Math.min(end, this.now + (step < 100 ? STEP : 10 * STEP)));
      if (differ(before, this.#field().states)) return;
      if (step % 20 === 19) await breathe();
    }
  }

  /** Back to the last moment at which the field was not yet as it is now. */
  async #stepBack(stopped: () => boolean): Promise<void> {
    const { now } = this;
    const present = this.#field().states;
    for (const span of WINDOWS_BACK) {
      const other = await this.#lastDifferent(present, Math.max(0, now - span), now, stopped);
      if (stopped()) return;
      if (other === undefined && now > span) continue;
      this.#session!.seek(0);
      await this.#pace.run(this, other ?? 0, stopped);
      return;
    }
    await this.#go(now - WINDOWS_BACK.at(-1)!, stopped);
  }

  async #lastDifferent(
    present: Uint8Array,
    from: Micros,
    to: Micros,
    stopped: () => boolean,
  ): Promise<Micros | undefined> {
    this.#session!.seek(0);
    if (!(await this.#pace.run(this, from, stopped))) return undefined;
    let found: Micros | undefined;
    const span = Math.max(STEP, Math.round((to - from) / 600));
    while (this.now < to && !stopped()) {
      if (differ(present, this.#field().states)) found = this.now;
      this.playTo(Math.min(to, this.now + span));
      await breathe();
    }
    return found;
  }

  /** Going back makes a new world, whose seats must be looked up again. */
  #field(): ReturnType<FieldView['look']> {
    const { world } = this.#session!;
    if (this.#viewed !== world) {
      this.#view = new FieldView(world, this.#places);
      this.#viewed = world;
    }
    return this.#view!.look();
  }

  #show(slow: boolean): void {
    const frame = this.#frame(slow);
    this.#reply({ kind: 'frame', id: this.#id, frame }, [frame.states.buffer]);
  }

  #frame(slow: boolean): Frame {
    const { world } = this.#session!;
    const { states, towards } = this.#field();
    return {
      now: this.now / SECOND,
      states,
      counts: CACHE_STATES.map((_, code) => states.reduce((sum, at) => sum + (at === code ? 1 : 0), 0)),
      towards,
      status: statusOf(world, this.#loaded!.description.topology),
      flows: this.#flows.read(world),
      lostUserMinutes: lostUserMinutes(world),
      slow,
    };
  }
}

function differ(one: Uint8Array, other: Uint8Array): boolean {
  return one.some((state, index) => state !== other[index]);
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
