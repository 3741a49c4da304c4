/** What the page opens with is the engine's. `UPDATE_GOLDEN=1` writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OPENING } from '../../web/engine/opening.ts';
import { openingWorld, writeOpeningWorld } from '../../web/engine/opening-world.ts';
import { Live } from '../../web/engine/session-live.ts';
import { type Loaded, load } from '../../web/engine/session-load.ts';
import type { SessionReply } from '../../web/engine/session-messages.ts';
import { Study } from '../../web/engine/session-study.ts';
import { firstLookAt, writeFirstLook } from '../../web/play/first-look.ts';

const LOOK = 'web/play/first-look.json';
const WORLD = 'web/engine/opening-world.json';

const world = load(OPENING) as Loaded;

type Kind = SessionReply['kind'];
type Reply<K extends Kind> = Extract<SessionReply, { kind: K }>;

/** What the engine says, and the first of a kind among it. */
class Heard {
  readonly #replies: SessionReply[] = [];

  readonly hear = (reply: SessionReply): void => void this.#replies.push(reply);

  first<K extends Kind>(kind: K): Reply<K> {
    return this.#replies.find((reply): reply is Reply<K> => reply.kind === kind)!;
  }
}

/** The engine's description of the opening world, its first estimate, and the world shortly before the fault. */
async function engineSays(): Promise<string> {
  const heard = new Heard();
  const study = new Study((reply) => {
    heard.hear(reply);
    if (reply.kind === 'outcome') study.stop();
  });
  await study.run({ kind: 'study', id: 1, preview: true }, world);
  await new Live(heard.hear).open({ kind: 'open', id: 2 }, world);
  return writeFirstLook({
    description: heard.first('described').description,
    outcome: heard.first('outcome').outcome,
    frame: heard.first('frame').frame,
  });
}

/** What the page says of it; when a preview ends, and how often its load is read, depends on the engine's pauses. */
function toldBy(text: string): unknown {
  const { description, outcome, frame } = JSON.parse(text);
  const { clients, represents, durationSeconds, recovery, half, nearlyAll, faultAtSeconds } = outcome;
  const told = { clients, represents, durationSeconds, recovery, half, nearlyAll, faultAtSeconds };
  return { description, ...told, frame };
}

describe('the first look', () => {
  it('is what the engine answers first', async () => {
    const text = await engineSays();
    if (process.env['UPDATE_GOLDEN']) writeFileSync(LOOK, text);
    expect(toldBy(readFileSync(LOOK, 'utf8'))).toEqual(toldBy(text));
  });

  it('is of a world that the worker need not read: the file holds it whole', () => {
    if (process.env['UPDATE_GOLDEN']) writeFileSync(WORLD, writeOpeningWorld(world));
    else expect(JSON.parse(writeOpeningWorld(openingWorld()))).toEqual(JSON.parse(writeOpeningWorld(world)));
    expect(readFileSync(WORLD, 'utf8')).toBe(writeOpeningWorld(world));
  });

  it('is for the opening world alone', () => {
    expect(firstLookAt(OPENING)).toBeDefined();
    expect(firstLookAt({ ...OPENING, seed: 2 })).toBeUndefined();
    expect(firstLookAt({ ...OPENING, sets: ['duration=2h'] })).toBeUndefined();
    expect(
      firstLookAt({ ...OPENING, source: { ...OPENING.source, text: 'title: another' } }),
    ).toBeUndefined();
  });
});
