/** Puts into the built page what it looks like before its scripts have come; nothing of it needs a further request. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type IndexHtmlTransformContext, type Plugin, runnerImport } from 'vite';

const SHELL = '<dnsdrill-shell></dnsdrill-shell>';
const SCRIPTS = "script-src 'self'";
const STYLESHEET = /<link rel="stylesheet"[^>]*href="\.\/([^"]+)">/;
const SCRIPT = /<script type="module" crossorigin src="([^"]+)"><\/script>/;

type Bundle = NonNullable<IndexHtmlTransformContext['bundle']>;

export const still: Plugin = {
  name: 'dnsdrill-still',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    async handler(page, { bundle }) {
      const { module } = await runnerImport<typeof import('./page.ts')>('./web/still/page.ts', {
        configFile: false,
      });
      return withStill(withStyle(page, bundle!), module.stillPage());
    },
  },
};

/** The scripts are fetched at once, and run when the picture has been seen. */
function withStill(page: string, shell: string): string {
  const [script = '', url = ''] = SCRIPT.exec(page) ?? [];
  const [before, start] = [inline('before'), inline('start').replace('%PAGE%', url)];
  const preload = `<link rel="modulepreload" crossorigin href="${url}">`;
  const policy = [before, start].map(
    (text) => ` 'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  const changes: readonly (readonly [what: string, instead: string])[] = [
    [SCRIPTS, SCRIPTS + policy.join('')],
    [script, `<script>${before}</script>\n    ${preload}`],
    [SHELL, `${SHELL.replace('><', `>${shell}<`)}\n    <script>${start}</script>`],
  ];
  return changes.reduce((text, [what, instead]) => replaced(text, what, instead), page);
}

/** The style sheet is copied into the page. Its file stays: what is loaded later with the page's own code asks for it. */
function withStyle(page: string, bundle: Bundle): string {
  const [link = '', file = ''] = STYLESHEET.exec(page) ?? [];
  const sheet = bundle[file];
  if (sheet?.type !== 'asset') throw new Error('the page has no style sheet');
  return replaced(page, link, `<style>${String(sheet.source).trim()}</style>`);
}

function replaced(text: string, what: string, instead: string): string {
  if (what === '' || !text.includes(what)) throw new Error(`the page has no ${what}`);
  return text.replace(what, () => instead);
}

function inline(name: string): string {
  return readFileSync(`web/still/${name}.js`, 'utf8').replace(/^\/\*[\s\S]*?\*\/\s*/, '');
}
