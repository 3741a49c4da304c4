/** The executor without workers: one task after the other, for browsers, tests and `--jobs 1`. */
import type { ReplicationRecord } from '../measure/record.ts';
import type { Executor, Task } from './replicate.ts';

/**
 * @param simulate plays one task to its end
 * @param breathe awaited before each task, so that a caller can let other work in or stop the run
 */
export function sequentialExecutor(
  simulate: (task: Task) => ReplicationRecord,
  breathe: () => Promise<void> = () => Promise.resolve(),
): Executor {
  return async (tasks, report, stop) => {
    for (const task of tasks) {
      await breathe();
      if (stop.aborted) return;
      report(task, simulate(task));
    }
  };
}
