/** Loads the check, which is TypeScript, through Vite; see main.ts. */
import { runnerImport } from 'vite';

const { module } = await runnerImport(new URL('./main.ts', import.meta.url).pathname, {
  configFile: false,
  logLevel: 'error',
});
const { text, status } = module.main(process.argv.slice(2));
process.stdout.write(`${text}\n`);
process.exitCode = status;
