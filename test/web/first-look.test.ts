/** The estimate the page opens with is the engine's. `UPDATE_GOLDEN=1` writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SessionReply } from '../../web/engine/session-messages.ts';
import { Study } from '../../web/engine/session-study.ts';
import { firstLookAt, OPENING } from '../../web/play/first-look.ts';

const FILE = 'web/play/first-look.json';

/** The engine's description of the opening world and its first estimate. */
async function estimate(): Promise<string> {
  const replies: SessionReply[] = [];
  const study = new Study((reply) => {
    replies.push(reply);
    if (reply.kind === 'outcome') study.stop();
  });
  await study.run({ kind: 'study', id: 1, setup: OPENING, preview: true });
  const described = replies.find((reply) => reply.kind === 'described');
  const first = replies.find((reply) => reply.kind === 'outcome');
  return `${JSON.stringify({ description: described!.description, outcome: first!.outcome })}\n`;
}

/** What the page says of it; when a preview ends, and how often its load is read, depends on the engine's pauses. */
function toldBy(text: string): unknown {
  const { description, outcome } = JSON.parse(text);
  const { clients, represents, durationSeconds, recovery, half, nearlyAll, faultAtSeconds } = outcome;
  return { description, clients, represents, durationSeconds, recovery, half, nearlyAll, faultAtSeconds };
}

describe('the first look', () => {
  it('is what the engine answers first', async () => {
    const text = await estimate();
    if (process.env['UPDATE_GOLDEN']) writeFileSync(FILE, text);
    expect(toldBy(readFileSync(FILE, 'utf8'))).toEqual(toldBy(text));
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
