/** `npm run excerpt`: puts the beginning of the main drill's report, as it is now, into the README. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensurePackages, ROOT } from './ready.mjs';

const readme = join(ROOT, 'README.md');
/** The excerpt ends before the second strategy is told about. */
const SECOND_STRATEGY = '\n── ttl 60';

ensurePackages();
ensureBuilt();
const args = ['dist/cli/main.js', 'run', 'scenarios/failover-ttl.yaml', '--quiet'];
const { stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
const end = stdout.indexOf(SECOND_STRATEGY);
if (end < 0) throw new Error(`the report has no section '${SECOND_STRATEGY.trim()}'`);
const excerpt = stdout.slice(0, end).trimEnd();
const text = readFileSync(readme, 'utf8');
writeFileSync(
  readme,
  text.replace(/^```text\n[\s\S]*?^```/m, () => `\`\`\`text\n${excerpt}\n\`\`\``),
);
