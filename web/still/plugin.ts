/** Puts into the built page what it looks like before its scripts have come; nothing of it needs a further request. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type IndexHtmlTransformContext, type Plugin, runnerImport } from 'vite';

const SHELL = '<dnsdrill-shell>';
const SCRIPTS = "script-src 'self'";
const STYLESHEET = /<link rel="stylesheet"[^>]*href="\.\/([^"]+)">/;

export const still: Plugin = {
  name: 'dnsdrill-still',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    async handler(page, { bundle }) {
      const before = withoutComment(readFileSync('web/still/before.js', 'utf8'));
      const hash = createHash('sha256').update(before).digest('base64');
      const { module } = await runnerImport<typeof import('./page.ts')>('./web/still/page.ts', {
        configFile: false,
      });
      const shell = module.stillPage();
      return [
        (text: string) => replaced(text, SCRIPTS, `${SCRIPTS} 'sha256-${hash}'`),
        (text: string) => replaced(text, '<script', `<script>${before}</script>\n    <script`),
        (text: string) => withStyle(text, bundle!),
        (text: string) => replaced(text, SHELL, `${SHELL}${shell}`),
      ].reduce((text, change) => change(text), page);
    },
  },
};

/** The style sheet moves into the page. */
function withStyle(page: string, bundle: NonNullable<IndexHtmlTransformContext['bundle']>): string {
  const [link, file] = STYLESHEET.exec(page) ?? [];
  const sheet = file === undefined ? undefined : bundle[file];
  if (link === undefined || sheet?.type !== 'asset') throw new Error('the page has no style sheet');
  delete bundle[file!];
  return replaced(page, link, `<style>${String(sheet.source).trim()}</style>`);
}

function replaced(text: string, what: string, instead: string): string {
  if (!text.includes(what)) throw new Error(`the page has no ${what}`);
  return text.replace(what, () => instead);
}

function withoutComment(script: string): string {
  return script.replace(/^\/\*[\s\S]*?\*\/\s*/, '');
}
