/** What came of replay scripts, as text and as a document. */
import {
  agreesUpTo,
  type Difference,
  LEVELS,
  type Level,
  type LevelVerdict,
  type ReplayVerdict,
} from '../measure/script-verdict.ts';
import { toAscii } from './ascii.ts';
import { type Column, clean, finish, table, wrap } from './layout.ts';
import { PLAIN, type Style } from './style.ts';
import type { TextOptions } from './text.ts';

/** Scripts that were played against one resolver. */
export interface ReplayReport {
  readonly profile: string;
  /** Settings asked for beside the profile, `key=value`. */
  readonly settings: readonly string[];
  /** Scripts must agree on this level and all weaker ones. */
  readonly level: Level;
  readonly verdicts: readonly ReplayVerdict[];
}

/** What each level looks at. */
const LEVEL_TEXTS: Readonly<Record<Level, string>> = {
  rcode: 'rcode',
  answer: 'answer set',
  ttl: 'TTLs',
  authority: 'authority and additional',
  upstream: 'queries to servers',
};
const VERDICT_TEXTS: Readonly<Record<LevelVerdict, string>> = {
  agrees: 'ok',
  differs: 'no',
  unchecked: '-',
};

/** Whether every script agrees as far as was asked. */
export function replayAgrees({ verdicts, level }: ReplayReport): boolean {
  return verdicts.every((verdict) => agreesUpTo(verdict, level));
}

/** Per script the verdict by level, then every first difference, then the score, ending in a newline. */
export function renderReplay(
  report: ReplayReport,
  options: TextOptions & { readonly verbose?: boolean } = {},
): string {
  const style = options.style ?? PLAIN;
  const parts = [
    wrap(sentence(report)).map(style.title),
    verdictTable(report, style),
    ...report.verdicts.flatMap((verdict) =>
      scriptSection(verdict, report.level, options.verbose ?? false, style),
    ),
    scoreTable(report, style),
    gapLines(report),
  ];
  const lines = parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index > 0 ? ['', ...part] : part));
  const text = finish(lines);
  return options.unicode === false ? toAscii(text) : text;
}

function sentence({ verdicts, level, profile }: ReplayReport): string {
  const differing = verdicts.filter((verdict) => !agreesUpTo(verdict, level)).length;
  const count = verdicts.length === 1 ? 'The script' : `All ${verdicts.length} scripts`;
  const asked = LEVELS.slice(0, LEVELS.indexOf(level) + 1).map((one) => LEVEL_TEXTS[one]);
  const what =
    asked.length > 1 ? `${asked.slice(0, -1).join(', ')} and ${asked[asked.length - 1]}` : asked[0]!;
  if (differing === 0)
    return `${count} ${verdicts.length === 1 ? 'agrees' : 'agree'} with profile ${profile} on ${what}.`;
  const verb = differing === 1 ? 'differs' : 'differ';
  return `${differing} of ${verdicts.length} scripts ${verb} from profile ${profile}; looked at: ${what}.`;
}

const left = (heading: string, atMost: number): Column => ({ heading, align: 'left', atMost });
const right = (heading: string): Column => ({ heading, align: 'right', atMost: 12 });

function verdictTable({ verdicts }: ReplayReport, style: Style): string[] {
  const columns = [left('script', 60), ...LEVELS.map((level) => left(level, 9))];
  const names = shortNames(verdicts.map(({ file }) => clean(file)));
  const rows = verdicts.map(({ levels }, index) => [
    names[index]!,
    ...LEVELS.map((level) => VERDICT_TEXTS[levels[level]]),
  ]);
  const [heading = '', ...lines] = table(columns, rows, style);
  const word = ` ${VERDICT_TEXTS.differs}(?= |$)`;
  return [heading, ...lines.map((line) => line.replaceAll(new RegExp(word, 'g'), (no) => style.bad(no)))];
}

/** Without the extension and the folders that all have in common. */
function shortNames(files: readonly string[]): string[] {
  const folders = files.map((file) => file.split('/').slice(0, -1));
  const [first = []] = folders;
  const parts = first.findIndex((part, index) => folders.some((other) => other[index] !== part));
  const common = parts < 0 ? first.length : parts;
  return files.map((file) =>
    file
      .split('/')
      .slice(common)
      .join('/')
      .replace(/\.rpl$/, ''),
  );
}

/** The first difference of every level asked for, and with `verbose` all that happened. */
function scriptSection(verdict: ReplayVerdict, level: Level, verbose: boolean, style: Style): string[][] {
  const asked = LEVELS.slice(0, LEVELS.indexOf(level) + 1);
  const firsts = asked.flatMap(
    (one) => verdict.differences.find((difference) => difference.level === one) ?? [],
  );
  const first = firsts.reduce<Difference | undefined>((a, b) => (a && a.step <= b.step ? a : b), undefined);
  const found = verbose ? verdict.differences : first ? [first] : [];
  const lines = found.flatMap((difference) => differenceLines(verdict.file, difference, style));
  const decisive = verdict.gaps.filter((gap) => gap.decisive).map(({ feature }) => feature);
  if (found.length > 0 && decisive.length > 0) {
    lines.push(...wrap(`It uses what is not modelled: ${decisive.join('; ')}.`, '    '));
  }
  if (verbose) lines.push(...logLines(verdict, style));
  return lines.length > 0 ? [lines] : [];
}

function differenceLines(
  file: string,
  { level, step, line, expected, got }: Difference,
  style: Style,
): string[] {
  return [
    ...wrap(`${clean(file)}:${line}: step ${step} differs: ${LEVEL_TEXTS[level]}`).map(style.strong),
    ...valueLines('expected', expected),
    ...valueLines('got', got),
  ];
}

/** Records stay whole: they are there to be compared and copied. */
function valueLines(word: string, values: readonly string[]): string[] {
  const shown = values.length > 0 ? values : ['nothing'];
  return shown.map((value, index) => `    ${(index === 0 ? word : '').padEnd(8)}  ${clean(value)}`);
}

function logLines({ file, log }: ReplayVerdict, style: Style): string[] {
  const heading = style.dim(`${clean(file)}: what happened, by step`);
  return [
    heading,
    ...log.flatMap(({ step, text }) => wrap(clean(text), ' '.repeat(12), `  ${String(step).padStart(8)}  `)),
  ];
}

function scoreTable({ verdicts }: ReplayReport, style: Style): string[] {
  const count = (level: Level, wanted: LevelVerdict): string =>
    String(verdicts.filter(({ levels }) => levels[level] === wanted).length);
  const rows = LEVELS.map((level) => [
    LEVEL_TEXTS[level],
    count(level, 'agrees'),
    count(level, 'differs'),
    count(level, 'unchecked'),
  ]);
  return table([left('level', 30), right('agree'), right('differ'), right('not checked')], rows, style);
}

/** What scripts use and the simulator does not model, so that nothing passes for more than it is. */
function gapLines({ verdicts }: ReplayReport): string[] {
  const counts = new Map<string, number>();
  for (const { gaps } of verdicts)
    for (const { feature } of gaps) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const texts = [...counts].map(([feature, count]) => `${feature} (${count})`);
  return texts.length === 0 ? [] : wrap(`Not modelled, with the number of scripts: ${texts.join('; ')}.`);
}

/** The report as plain data for JSON; with `verbose` all that happened too. */
export function replayDocument(report: ReplayReport, version: string, verbose: boolean): object {
  const { profile, settings, level, verdicts } = report;
  const scripts = verdicts.map(({ file, title, levels, differences, gaps, log }) => {
    const agrees = agreesUpTo({ levels }, level);
    return { file, title, agrees, levels, differences, gaps, ...(verbose ? { log } : {}) };
  });
  return { version, profile, settings, level, agrees: replayAgrees(report), scripts };
}
