/** The worker of the compare, trace and edit places, as the page starts it. */
import { Desk } from './compare.ts';

/** A desk for a place of the page. */
export function openDesk(): Desk {
  return new Desk(
    () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'desk' }),
  );
}
