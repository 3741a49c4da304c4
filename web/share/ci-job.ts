/** A GitHub Actions workflow that holds a scenario to its expectations. */
import { commandWords, type Repeatable, shellWord } from './shell-words.ts';

/** What `dnsdrill` leaves with when an expectation is not met. */
const EXPECTATIONS_FAILED = 99;
const REPORT = 'dns-report.html';
const OUTPUT = ['--out', `html=${REPORT}`];

/**
 * The workflow as YAML, ending in a newline. Values of the scenario stand in `env:`, never inside the script, so
 * that whatever a file is called cannot be run.
 * @param command `run` or `compare`
 * @param version of the program, pinned
 */
export function ciJob(command: string, what: Repeatable, version: string): string {
  const variables = [what.file, ...what.sets].map((value, index) => ({
    name: index === 0 ? 'SCENARIO' : `SET_${index}`,
    value: literal(value),
  }));
  const [file, ...sets] = variables.map(({ name }) => `"$${name}"`);
  const [program, ...words] = commandWords(command, { ...what, file: file!, sets }, OUTPUT);
  const script = ['npx', '--yes', `${program}@${version}`, ...words]
    .map((word) => (word.startsWith('"$') ? word : shellWord(word)))
    .join(' ');
  return `${[
    'name: DNS drill',
    'on:',
    '  push:',
    '  pull_request:',
    'permissions:',
    '  contents: read',
    'jobs:',
    '  drill:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v4',
    '      - uses: actions/setup-node@v4',
    '        with: { node-version: 22 }',
    `      # Ends with ${EXPECTATIONS_FAILED} when an expectation is not met.`,
    '      - name: Drill',
    '        env:',
    ...variables.map(({ name, value }) => `          ${name}: ${JSON.stringify(value)}`),
    `        run: ${script}`,
    '      - if: always()',
    '        uses: actions/upload-artifact@v4',
    `        with: { name: dns-report, path: ${REPORT} }`,
  ].join('\n')}\n`;
}

/** What looks like an expression of the workflow language, as an expression that gives just that text. */
function literal(text: string): string {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of the workflow language, not ours
  return text.replaceAll('${{', "${{ '${{' }}");
}
