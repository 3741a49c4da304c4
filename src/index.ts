/**
 * The library: load a scenario, run it, report on it.
 *
 * ```ts
 * const { scenario, issues } = loadScenario({ text, file: 'drill.yaml' });
 * if (!scenario) throw new InvalidInput(issues);
 * const execute = sequentialExecutor((task) => playTask(scenario, task));
 * console.log(renderText(await runExperiment(planScenario(scenario, '0.1.0'), execute)));
 * ```
 */
export { type LintOptions, type LintResult, lint, lintRules } from './advice/lint/lint.ts';
export type { LintInput } from './advice/lint/subject.ts';
export * from './base/finding.ts';
export { formatIssue, InvalidInput, type Issue, type Place, type Severity } from './base/issue.ts';
export { describeDuration, formatDuration, type Micros, parseDuration, type Seconds } from './base/time.ts';
export type { Name } from './dns/data/name.ts';
export { formatRRset } from './dns/data/presentation.ts';
export type { RRset } from './dns/data/rrset.ts';
export { type MasterFileOptions, type MasterFileResult, readMasterFile } from './dns/zone/master-file.ts';
export { writeMasterFile } from './dns/zone/master-file-writer.ts';
export type { Zone } from './dns/zone/zone.ts';
export { aggregateStrategy, type StrategyFrame } from './experiment/aggregate.ts';
export { compareStrategies } from './experiment/compare/compare.ts';
export {
  type CompareOptions,
  type CompareUpdate,
  compareProgressively,
} from './experiment/compare/progressive.ts';
export { planScenario, playTask } from './experiment/plan.ts';
export { REPLAY_PROFILES, readSetting, type SettingValues } from './experiment/replay/options/options.ts';
export { type ReadResult, readScript } from './experiment/replay/read/read.ts';
export { type ReplayOutcome, type ReplayRequest, replayScript } from './experiment/replay/replay.ts';
export type { Script } from './experiment/replay/script.ts';
export {
  type Executor,
  type Progress,
  type ReplicateOptions,
  type Replications,
  replicate,
  type Task,
} from './experiment/replicate.ts';
export { buildResult, type ExperimentPlan, runExperiment, type StrategyPlan } from './experiment/run.ts';
export { sequentialExecutor } from './experiment/sequential.ts';
export * from './measure/comparison.ts';
export { DEFINITIONS, type Measure } from './measure/definitions.ts';
export type { ReplicationRecord } from './measure/record.ts';
export * from './measure/result.ts';
export * from './measure/script-verdict.ts';
export { type SimulateOptions, simulateReplication } from './measure/simulate.ts';
export type { Observation, TraceStep } from './model/clients/observation.ts';
export type { RecoverySpec, TimelineSpec, WorldSpec } from './model/spec.ts';
export { type TraceOptions, traceRequest } from './model/trace.ts';
export type { Cell, Chart, ChartOptions, ChartTable, TableColumn } from './report/charts/chart.ts';
export { formatCell, tableToCsv } from './report/charts/format.ts';
export { chartsOf } from './report/charts/from-result.ts';
export { CHART_STYLE } from './report/charts/theme.ts';
export { type WaterfallData, waterfallChart } from './report/charts/waterfall.ts';
export { type ComparisonTextOptions, renderComparison } from './report/compare/text.ts';
export { type CostTextOptions, renderCost } from './report/cost/text.ts';
export { renderCsv } from './report/csv.ts';
export { renderExplanation } from './report/explain.ts';
export { renderHtml } from './report/html/report.ts';
export { renderJson } from './report/json.ts';
export { renderJunit } from './report/junit.ts';
export { lintDocument, renderGithub } from './report/lint/formats.ts';
export { type LineOf, renderSarif } from './report/lint/sarif.ts';
export { costOf, renderLint, renderRules } from './report/lint/text.ts';
export { renderMarkdown } from './report/markdown.ts';
export { type EventContext, renderEvent } from './report/ndjson.ts';
export {
  compareProfiles,
  explainProfile,
  listProfiles,
  searchProfiles,
} from './report/profiles/catalogue.ts';
export type {
  ProfileComparison,
  ProfileDifference,
  ProfileExplanation,
  ProfileSummary,
  ProfileValue,
  ProfileVariant,
} from './report/profiles/explanation.ts';
export { renderProfile, renderProfileComparison, renderProfileList } from './report/profiles/text.ts';
export type { ReportContext } from './report/replay.ts';
export { type ReplayReport, renderReplay, replayAgrees, replayDocument } from './report/scripts.ts';
export { ANSI, PLAIN, type Style } from './report/style.ts';
export { renderSvg } from './report/svg.ts';
export { renderText, type TextOptions } from './report/text.ts';
export { renderTrace } from './report/trace.ts';
export { rankStrategies, verdict } from './report/verdict.ts';
export { describeSource, type EffectiveSource, type EffectiveValue } from './scenario/effective.ts';
export type { Expectation } from './scenario/expect.ts';
export type { ReadFile } from './scenario/files.ts';
export { jsonSchema } from './scenario/json-schema.ts';
export {
  type LoadOptions,
  type LoadResult,
  loadScenario,
  type Scenario,
  type Strategy,
} from './scenario/load.ts';
