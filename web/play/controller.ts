/**
 * What Play knows and asks its two workers for: one plays the world live, the other plays it to its end. Numbers
 * and curves come from the second, the picture of the moment from the first; both play the same seed.
 */
import { SessionClient } from '../engine/session-client.ts';
import type {
  Description,
  Frame,
  Issue,
  Move,
  SessionOutcome,
  SessionReply,
  SessionRequest,
  Setup,
} from '../engine/session-messages.ts';
import { firstLookAt } from './first-look.ts';

export type Why = Omit<Extract<SessionReply, { readonly kind: 'why' }>, 'kind'>;

/** What happens to the old curve when a world is shown. */
export type GhostRule = 'keep' | 'drop';

export class PlayController {
  description: Description | undefined;
  places: readonly string[] = [];
  /** Of the world as set. */
  outcome: SessionOutcome | undefined;
  /** Of small copies, while the whole run is under way. */
  rough: SessionOutcome | undefined;
  /** Of the world before the last change. */
  ghost: SessionOutcome | undefined;
  frame: Frame | undefined;
  playing = false;
  speed = 16;
  /** Share of the way to an instant, or of a whole run, while one is under way. */
  moving: number | undefined;
  computing: number | undefined;
  issues: readonly Issue[] = [];
  failure = '';
  why: Why | undefined;
  /** What operators can move at providers, once it has been asked for. */
  moves: readonly Move[] | undefined;

  readonly #changed: () => void;
  readonly #live: SessionClient;
  readonly #study: SessionClient;
  #setup: Setup | undefined;
  #lastId = 0;
  #liveId = 0;
  #studyId = 0;
  /** Whether a world has been opened, so that its worker is up to speed. */
  #warm = false;
  #arrived = false;
  /** The cache whose reasons are wanted. */
  #asked: number | undefined;
  #openLater: (() => void) | undefined;
  #playOnArrival = false;
  #fullAfterPreview = false;
  #trying = false;
  /** The latest outcome of the world as set, rough or exact. */
  #lastShown: SessionOutcome | undefined;

  /** @param changed called after every change of what is known */
  constructor(changed: () => void) {
    this.#changed = changed;
    this.#live = new SessionClient((reply) => this.#hear(reply));
    this.#study = new SessionClient((reply) => this.#hear(reply));
  }

  close(): void {
    this.#live.close();
    this.#study.close();
  }

  /** Whether the engine has shown the world; until then wishes wait. */
  get ready(): boolean {
    return this.#arrived;
  }

  /** The curve to draw: exact when known, else rough. */
  get shown(): SessionOutcome | undefined {
    return this.rough ?? this.outcome;
  }

  /** The curve behind it: while a change is tried, what it would replace. */
  get behind(): SessionOutcome | undefined {
    return this.#trying && this.rough ? this.#lastShown : this.ghost;
  }

  /** Shows a world. @param at seconds; absent: shortly before the first fault */
  show(setup: Setup, ghost: GhostRule, at?: number, play = this.playing): void {
    this.#setup = setup;
    this.moves = undefined;
    this.#trying = false;
    this.failure = '';
    if (ghost === 'keep') this.ghost = this.#lastShown ?? this.ghost;
    if (ghost === 'drop') this.#forget();
    this.#lastShown = undefined;
    this.#playOnArrival = play;
    this.playing = false;
    this.moving = 0;
    this.#fullAfterPreview = true;
    if (this.#warm) {
      this.#open(setup, at);
      this.#ask(setup, true);
    } else this.#begin(setup, at);
    this.#changed();
  }

  /** The very first world: one worker does all, so that the code is fetched and warmed up once. */
  #begin(setup: Setup, at: number | undefined): void {
    const look = firstLookAt(setup);
    this.description = look?.description;
    this.rough = look?.outcome;
    this.frame = look?.frame;
    if (look) this.moving = undefined;
    this.places = look ? Array.from(look.frame.states, () => '') : [];
    this.#openLater = () => this.#open(setup, at);
    this.#ask(setup, true, this.#live);
  }

  #open(setup: Setup, at: number | undefined): void {
    this.#openLater = undefined;
    this.#liveId = this.#nextId();
    this.#live.send({ kind: 'open', id: this.#liveId, setup, ...(at === undefined ? {} : { at }) });
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Shows roughly what a change would come to; nothing is set. */
  try(setup: Setup): void {
    if (!this.#trying) this.rough = undefined;
    this.#trying = true;
    this.#fullAfterPreview = false;
    this.#ask(setup, true);
  }

  /** Lets go of what was tried: the world as set is shown again. */
  untry(): void {
    if (!this.#trying || !this.#setup) return;
    this.#trying = false;
    this.rough = undefined;
    this.#fullAfterPreview = true;
    this.#ask(this.#setup, true);
    this.#changed();
  }

  play(): void {
    if (!this.description) return;
    if (!this.ready) {
      this.#playOnArrival = true;
      return;
    }
    if (this.frame && this.frame.now >= this.description.duration) this.seek(0);
    this.playing = true;
    this.#live.send({ kind: 'play', speed: this.speed });
    this.#changed();
  }

  pause(): void {
    this.playing = false;
    this.#playOnArrival = false;
    this.#live.send({ kind: 'pause' });
    this.#changed();
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    if (this.playing) this.#live.send({ kind: 'play', speed });
    this.#changed();
  }

  seek(to: number): void {
    if (!this.description) return;
    const target = Math.max(0, Math.min(this.description.duration, to));
    this.#move({ kind: 'seek', to: target });
  }

  step(direction: 1 | -1): void {
    this.#move({ kind: 'step', direction });
  }

  /** Asks a cache why, now or as soon as the world is there, and again whenever another moment is shown. */
  ask(place: number): void {
    this.#asked = place;
    if (this.ready) this.#live.send({ kind: 'why', place });
  }

  askMoves(): void {
    if (!this.moves && this.#setup) this.#live.send({ kind: 'moves', id: this.#liveId, setup: this.#setup });
  }

  letGo(): void {
    this.#asked = undefined;
    this.why = undefined;
  }

  forgetGhost(): void {
    this.ghost = undefined;
    this.#changed();
  }

  #move(request: SessionRequest): void {
    this.#playOnArrival = false;
    this.playing = false;
    this.moving = 0;
    this.#live.send(request);
    this.#changed();
  }

  #forget(): void {
    this.letGo();
    this.ghost = undefined;
    this.outcome = undefined;
    this.rough = undefined;
    this.frame = undefined;
    this.description = undefined;
  }

  #ask(setup: Setup, preview: boolean, client: SessionClient = this.#study): void {
    this.#studyId = this.#nextId();
    this.computing = 0;
    client.send({ kind: 'study', id: this.#studyId, setup, preview });
  }

  /** Replies to what is no longer wanted are passed over. */
  #hear(reply: SessionReply): void {
    if (!('id' in reply)) this.#hearLive(reply);
    else if (reply.id === this.#liveId) this.#hearLive(reply);
    else if (reply.id === this.#studyId) this.#hearStudy(reply);
  }

  #hearLive(reply: SessionReply): void {
    if (reply.kind === 'opened') {
      this.#warm = true;
      this.description = reply.description;
      this.places = reply.places;
      this.issues = [];
    } else if (reply.kind === 'frame') this.#arrive(reply.frame);
    else if (reply.kind === 'progress') this.#progress(reply.fraction);
    else if (reply.kind === 'ended') this.playing = false;
    else if (reply.kind === 'moves') this.moves = reply.moves;
    else if (reply.kind === 'why') this.why = reply.place === this.#asked ? reply : this.why;
    else this.#hearTrouble(reply);
    this.#changed();
  }

  /** The way to a moment that is shown already is not worth a word. */
  #progress(fraction: number): void {
    if (this.ready || !this.frame) this.moving = fraction;
  }

  #arrive(frame: Frame): void {
    this.frame = frame;
    this.#arrived = true;
    this.moving = undefined;
    if (this.#asked !== undefined) this.ask(this.#asked);
    if (!this.#playOnArrival) return;
    this.#playOnArrival = false;
    this.play();
  }

  #hearStudy(reply: SessionReply): void {
    if (reply.kind === 'described') this.description ??= reply.description;
    else if (reply.kind === 'progress') this.computing = reply.fraction;
    else if (reply.kind === 'outcome') this.#takeOutcome(reply);
    else if (reply.kind === 'ended') this.#endStudy();
    else this.#hearTrouble(reply);
    this.#changed();
  }

  #takeOutcome({ outcome, preview }: Extract<SessionReply, { kind: 'outcome' }>): void {
    this.#openLater?.();
    if (!this.#trying) this.#lastShown = outcome;
    if (preview) this.rough = outcome;
    else {
      this.outcome = outcome;
      this.rough = undefined;
    }
  }

  #endStudy(): void {
    this.computing = undefined;
    if (!this.#fullAfterPreview || !this.#setup) return;
    this.#fullAfterPreview = false;
    this.#ask(this.#setup, false);
  }

  #hearTrouble(reply: SessionReply): void {
    if (reply.kind === 'refused') this.issues = reply.issues;
    else if (reply.kind === 'failed') this.failure = reply.message;
    else return;
    this.computing = undefined;
    this.moving = undefined;
    this.playing = false;
  }
}
