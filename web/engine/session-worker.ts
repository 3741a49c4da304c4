/** A web worker that plays worlds: live, or to their end. One worker does both; the page starts one for each. */
import { Live } from './session-live.ts';
import type { SessionReply, SessionRequest } from './session-messages.ts';
import { Study } from './session-study.ts';

const reply = (message: SessionReply, transfer: Transferable[] = []): void => {
  postMessage(message, { transfer });
};

const live = new Live(reply);
const study = new Study(reply);

function answer(request: SessionRequest): Promise<void> | void {
  switch (request.kind) {
    case 'open':
      return live.open(request);
    case 'study':
      return study.run(request);
    case 'play':
      return live.play(request.speed);
    case 'seek':
      return live.seek(request.to);
    case 'step':
      return live.step(request.direction);
    case 'why':
      return live.why(request.place);
    case 'pause':
      return live.pause();
    case 'stop':
      live.stop();
      return study.stop();
  }
}

async function hear(request: SessionRequest): Promise<void> {
  try {
    await answer(request);
  } catch (error) {
    reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

addEventListener('message', ({ data }: MessageEvent<SessionRequest>) => {
  void hear(data);
});
