/** The engine in a web worker: checks scenarios, plays them, and reports. */
import { version } from '../../package.json';
import {
  loadScenario,
  planScenario,
  playTask,
  renderJson,
  renderSvg,
  renderText,
  runExperiment,
  type Scenario,
  sequentialExecutor,
  verdict,
} from '../../src/index.ts';
import type { Reply, Report, Request } from './messages.ts';

function reply(message: Reply): void {
  postMessage(message);
}

async function answer({ kind, source }: Request): Promise<void> {
  const { text, file, files } = source;
  const { scenario, issues } = loadScenario({ text, file, readFile: (path) => files[path] });
  if (kind === 'run' && scenario) reply({ kind: 'finished', report: await play(scenario) });
  else reply({ kind: 'checked', issues });
}

async function play(scenario: Scenario): Promise<Report> {
  const plan = planScenario(scenario, version);
  const total = plan.strategies.length * plan.replications;
  let finished = 0;
  const execute = sequentialExecutor((task) => {
    const onProgress = (reached: number): boolean => {
      reply({ kind: 'progress', fraction: (finished + reached / plan.duration) / total });
      return true;
    };
    const record = playTask(scenario, task, { onProgress });
    finished += 1;
    return record;
  });
  const result = await runExperiment(plan, execute);
  return {
    verdict: verdict(result),
    text: renderText(result),
    svg: renderSvg(result),
    json: renderJson(result),
  };
}

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  answer(data).catch((error: unknown) => reply({ kind: 'failed', message: String(error) }));
});
