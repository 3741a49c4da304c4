/** The world that is played live: wherever it is gone to, the picture is the one of that moment. */
import { afterEach, describe, expect, it } from 'vitest';
import { Live } from '../../web/engine/session-live.ts';
import { load } from '../../web/engine/session-load.ts';
import type { Frame, SessionReply } from '../../web/engine/session-messages.ts';
import { TEXT } from '../experiment/session/scenario.ts';

const LOADED = load({
  source: { text: TEXT, file: 'small.yaml', files: {} },
  sets: [],
  injected: [],
  clients: 5000,
});
/** In the middle of the failover. */
const MOMENT = 640;

/** A live session and what it has told. */
class Stage {
  readonly replies: SessionReply[] = [];
  readonly live: Live = new Live((reply) => this.replies.push(reply));

  static async at(seconds: number): Promise<Stage> {
    const stage = new Stage();
    await stage.#shown(() => stage.live.open({ kind: 'open', id: 1, at: seconds }, LOADED));
    return stage;
  }

  seek(to: number): Promise<Frame> {
    return this.#shown(() => this.live.seek(to));
  }

  step(direction: 1 | -1): Promise<Frame> {
    return this.#shown(() => this.live.step(direction));
  }

  /** Resolves with the last picture when nothing is left to be done. */
  async #shown(act: () => Promise<void>): Promise<Frame> {
    const before = this.frames.length;
    await act();
    const { frames } = this;
    expect(frames.length).toBe(before + 1);
    return frames.at(-1)!;
  }

  get frames(): readonly Frame[] {
    return this.replies.flatMap((reply) => (reply.kind === 'frame' ? [reply.frame] : []));
  }
}

const stages: Stage[] = [];
async function opened(at: number): Promise<Stage> {
  const stage = await Stage.at(at);
  stages.push(stage);
  return stage;
}
afterEach(() => {
  for (const { live } of stages.splice(0)) live.stop();
});

const unlike = (one: Frame, other: Frame): boolean => one.states.join() !== other.states.join();

describe('going back', () => {
  it('a step shows the last moment at which a cache was different, as it is when played to from the start', async () => {
    const stage = await opened(MOMENT);
    const present = stage.frames.at(-1)!;
    const back = await stage.step(-1);
    expect(back.now).toBeLessThan(MOMENT);
    expect(unlike(back, present)).toBe(true);
    expect((await opened(back.now)).frames.at(-1)).toEqual(back);
    for (let now = back.now + 0.1; now < MOMENT - 0.05; now += 0.1) {
      expect(unlike((await opened(now)).frames.at(-1)!, present)).toBe(false);
    }
  });

  it('several steps one after the other each show another picture, and the world follows', async () => {
    const stage = await opened(MOMENT);
    let shown = stage.frames.at(-1)!;
    for (let turn = 0; turn < 6; turn++) {
      const next = await stage.step(-1);
      expect(next.now).toBeLessThan(shown.now);
      expect(unlike(next, shown)).toBe(true);
      shown = next;
    }
    expect((await opened(shown.now)).frames.at(-1)).toEqual(shown);
    const forward = await stage.step(1);
    const { states, counts, towards, status, lostUserMinutes, now } = forward;
    const same = (await opened(now)).frames.at(-1)!;
    expect(same).toMatchObject({ states, counts, towards, status, lostUserMinutes });
  });

  it('any moment looks the same whichever way it is reached', async () => {
    const stage = await opened(3000);
    for (const at of [2990, 2400, 700, 1500, 601, 5, 0]) {
      expect(await stage.seek(at)).toEqual((await opened(at)).frames.at(-1));
    }
  });

  it('a cache asked after a step back answers for the moment shown, once', async () => {
    const stage = await opened(MOMENT);
    const stepping = stage.step(-1);
    await expect.poll(() => stage.frames.length).toBe(2);
    const asking = stage.live.why(30);
    const back = await stepping;
    await asking;
    const answers = stage.replies.filter((reply) => reply.kind === 'why');
    expect(answers.map(({ place, now }) => [place, now])).toEqual([[30, back.now]]);
  });

  it('a wish that comes in between takes the place of the step', async () => {
    const stage = await opened(MOMENT);
    const stepping = stage.live.step(-1);
    const there = await stage.seek(1200);
    await stepping;
    expect(there.now).toBe(1200);
    expect(stage.frames.length).toBe(2);
  });

  it('at the beginning there is nothing to go back to', async () => {
    const stage = await opened(0);
    expect((await stage.step(-1)).now).toBe(0);
  });
});
