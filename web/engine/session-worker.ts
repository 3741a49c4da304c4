/**
 * A worker that plays worlds: live, or to their end. One does both; the page starts one for each. The reader of
 * scenarios is fetched when there is something to be read, and ahead of that once there is something to see.
 */
import { fetchCorefileReader } from './corefile-reader.ts';
import { openingWorld } from './opening-world.ts';
import { fetchKinds } from './provider-kinds.ts';
import { Live } from './session-live.ts';
import type { LoadAnswer } from './session-load.ts';
import type { SessionReply, SessionRequest, Wanted } from './session-messages.ts';
import { Study } from './session-study.ts';

const fetchReader = (): Promise<typeof import('./session-load.ts')> => import('./session-load.ts');

const reply = (message: SessionReply, transfer: Transferable[] = []): void => {
  postMessage(message, { transfer });
  if (message.kind === 'outcome') void fetchReader();
};

const live = new Live(reply);
const study = new Study(reply);

async function load(setup: Wanted): Promise<LoadAnswer> {
  if (setup === 'opening') return openingWorld();
  await fetchCorefileReader(setup);
  const answer = (await fetchReader()).load(setup);
  if (!('issues' in answer)) await fetchKinds([answer.spec]);
  return answer;
}

/** What is under way goes on after the answer; only reading is waited for. */
async function begin(request: SessionRequest): Promise<() => Promise<void> | void> {
  switch (request.kind) {
    case 'open': {
      const world = await load(request.setup);
      return () => live.open(request, world);
    }
    case 'study': {
      study.stop();
      const world = await load(request.setup);
      return () => study.run(request, world);
    }
    case 'play':
      return () => live.play(request.speed);
    case 'seek':
      return () => live.seek(request.to);
    case 'step':
      return () => live.step(request.direction);
    case 'why':
      return () => live.why(request.place);
    case 'moves': {
      const { id, setup } = request;
      await fetchCorefileReader(setup);
      const moves = (await fetchReader()).moves(setup);
      return () => reply({ kind: 'moves', id, moves });
    }
    case 'pause':
      return () => live.pause();
    case 'stop':
      return () => {
        live.stop();
        study.stop();
      };
  }
}

async function answer(request: SessionRequest): Promise<void> {
  try {
    const run = await begin(request);
    // Not awaited: what comes next may put an end to it.
    void Promise.resolve(run()).catch(fail);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}

let before: Promise<void> = Promise.resolve();

/** Requests are begun one after the other, in the order in which they come. */
export function hearSession(request: SessionRequest): void {
  before = before.then(() => answer(request));
}
