/** Worker side: plays a world to its end and tells what it came to; small copies first where a preview is wanted. */
import { MINUTE, type Micros } from '../../src/base/time.ts';
import { OutcomeBuilder } from '../../src/experiment/session/outcome.ts';
import { scaleSpec, withoutPrelude } from '../../src/experiment/session/scale.ts';
import type { WorldSpec } from '../../src/model/spec.ts';
import { bucketWidth, World } from '../../src/model/world.ts';
import type { LoadAnswer } from './session-load.ts';
import type { SessionReply, SessionRequest } from './session-messages.ts';
import { Pace, playingOf } from './session-pace.ts';

type Reply = (reply: SessionReply, transfer?: Transferable[]) => void;

type StudyRequest = Extract<SessionRequest, { kind: 'study' }>;

const PREVIEW_CLIENTS = 1500;
const PREVIEW_REPLICATIONS = 4;
/** Progress is told this often, in milliseconds. */
const TELL_EVERY = 100;

export class Study {
  readonly #reply: Reply;
  readonly #pace: Pace = new Pace();
  #job = 0;

  constructor(reply: Reply) {
    this.#reply = reply;
  }

  stop(): void {
    this.#job += 1;
  }

  /** A new study takes the place of the one under way. */
  async run({ id, preview }: Omit<StudyRequest, 'setup'>, loaded: LoadAnswer): Promise<void> {
    this.#job += 1;
    const job = this.#job;
    if ('issues' in loaded) return this.#reply({ kind: 'refused', id, issues: loaded.issues });
    this.#reply({ kind: 'described', id, description: loaded.description });
    const stopped = (): boolean => this.#job !== job;
    const copy = preview ? withoutPrelude(scaleSpec(loaded.spec, PREVIEW_CLIENTS)) : undefined;
    const { spec, skipped } = copy ?? { spec: loaded.spec, skipped: 0 };
    const builder = new OutcomeBuilder();
    for (let replication = 0; replication < (preview ? PREVIEW_REPLICATIONS : 1); replication++) {
      const world = new World(spec, loaded.seed, replication);
      if (!(await this.#play(world, spec, builder, { id, preview }, stopped))) return;
      builder.add(world);
      const outcome = builder.build(loaded.description.title, skipped);
      this.#reply({ kind: 'outcome', id, outcome, preview });
    }
    this.#reply({ kind: 'ended', id });
  }

  #play(
    world: World,
    { duration }: WorldSpec,
    builder: OutcomeBuilder,
    { id, preview }: Pick<StudyRequest, 'id' | 'preview'>,
    stopped: () => boolean,
  ): Promise<boolean> {
    let told = performance.now();
    const onSlice = (now: Micros): void => {
      builder.sample(world);
      if (performance.now() - told < TELL_EVERY) return;
      told = performance.now();
      this.#reply({ kind: 'progress', id, fraction: now / duration });
    };
    const over = (): boolean => preview && isOver(world);
    return this.#pace.run(playingOf(world), duration, stopped, onSlice, bucketWidth(duration), over);
  }
}

/** A preview ends early when nothing is to come and nobody has been without service for so long. */
const QUIET: Micros = 5 * MINUTE;

function isOver({ now, spec, populations }: World): boolean {
  if (spec.timeline.some(({ at }) => at > now)) return false;
  return populations.every(({ lastFailureAt, brokenSince }) => {
    return lastFailureAt > 0 && now - lastFailureAt > QUIET && brokenSince.every((since) => since === 0);
  });
}
