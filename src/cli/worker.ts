/** A worker thread: loads the scenario from its plain data, then plays the tasks it is given, one at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import { playTask } from '../experiment/plan.ts';
import type { Task } from '../experiment/replicate.ts';
import type { Observation } from '../model/clients/observation.ts';
import { renderEvent } from '../report/ndjson.ts';
import { EventWriter } from './event-writer.ts';
import type { WorkerMessage, WorkerStart } from './pool.ts';
import { loadAgain } from './scenario.ts';
import type { ScenarioSource } from './source.ts';

/** What a worker starts with. */
export interface WorkerData {
  readonly source: ScenarioSource;
  /** Indexes into the strategies of the scenario; a task counts in this list. */
  readonly strategies: readonly number[];
  /** File to append events to, `-` for standard output; absent = none. */
  readonly events?: string;
}

const { data, stop } = workerData as WorkerStart<WorkerData>;
const { source, strategies, events } = data;
const stopFlag = new Int32Array(stop);
const port = parentPort!;
const scenario = loadAgain(source);

function tell(message: WorkerMessage): void {
  port.postMessage(message);
}

function play(task: Task): void {
  const { name, spec } = scenario.strategies[strategies[task.strategy]!]!;
  const context = { strategy: name, replication: task.replication };
  const writer = events === undefined ? undefined : new EventWriter(events);
  const onProgress = (reached: number): boolean => {
    tell({ kind: 'progress', fraction: reached / spec.duration });
    return Atomics.load(stopFlag, 0) === 0;
  };
  const observer = writer && ((event: Observation) => writer.write(renderEvent(context, event)));
  const record = playTask(scenario, task, { onProgress, ...(observer && { observer }) }, strategies);
  writer?.close();
  tell({ kind: 'record', record });
}

port.on('message', play);
