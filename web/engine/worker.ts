/**
 * The page's worker. One file for all of them, so that what they have in common is fetched and kept once: those that
 * play worlds need it whole at once, those of the other places (`desk`) fetch what they do besides.
 */
import type { Asked } from './compare-messages.ts';
import type { SessionRequest } from './session-messages.ts';
import { hearSession } from './session-worker.ts';

addEventListener('message', ({ data }: MessageEvent) => {
  if (self.name !== 'desk') hearSession(data as SessionRequest);
  else void import('./compare-worker.ts').then(({ work }) => work(data as Asked));
});
