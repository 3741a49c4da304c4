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

/** All but the load, which is read whenever the engine pauses for breath. */
function withoutLoad(text: string): unknown {
  const { description, outcome } = JSON.parse(text);
  return { description, outcome: { ...outcome, load: [] } };
}

describe('the first look', () => {
  it('is what the engine answers first', async () => {
    const text = await estimate();
    if (process.env['UPDATE_GOLDEN']) writeFileSync(FILE, text);
    expect(withoutLoad(readFileSync(FILE, 'utf8'))).toEqual(withoutLoad(text));
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
