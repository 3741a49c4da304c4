/**
 * The shape of a Corefile: server blocks with their keys, statements inside, snippets and imports put in
 * (coredns/caddy caddyfile/parse.go). What statements mean is the business of the readers of plugins.
 */
import type { Issue } from '../../base/issue.ts';
import { problem, type Word, wordsOf } from './words.ts';

/** One line of words; a brace at its end opens a block. */
export interface Statement {
  /** At least one. */
  readonly words: readonly Word[];
  /** Absent: no braces. */
  readonly block?: readonly Statement[];
}

export interface RawBlock {
  readonly keys: readonly Word[];
  readonly statements: readonly Statement[];
}

/** Gives the text of an imported file; `undefined` where there is none. */
export type ReadImport = (path: string) => string | undefined;

/** As Caddy: deeper imports are circles. */
const DEEPEST_IMPORT = 20;

/** Reads the blocks of a file. @param readImport for `import FILE` */
export function rawBlocks(text: string, file: string, readImport: ReadImport, issues: Issue[]): RawBlock[] {
  const reader = new Reader(readImport, issues);
  return reader.blocks(wordsOf(text, file, issues), 0);
}

class Reader {
  readonly #snippets = new Map<string, readonly Statement[]>();
  readonly #readImport: ReadImport;
  readonly #issues: Issue[];

  constructor(readImport: ReadImport, issues: Issue[]) {
    this.#readImport = readImport;
    this.#issues = issues;
  }

  blocks(words: readonly Word[], depth: number): RawBlock[] {
    const cursor = new Cursor(words);
    const blocks: RawBlock[] = [];
    while (cursor.peek()) {
      const first = cursor.peek()!;
      if (isBrace(first, '}')) {
        this.#issues.push(problem(first, 'corefile-brace', 'this brace closes nothing'));
        cursor.take();
      } else if (first.text === 'import') blocks.push(...this.#importBlocks(cursor.restOfLine(), depth));
      else blocks.push(...this.#block(cursor, depth));
    }
    return blocks;
  }

  #block(cursor: Cursor, depth: number): RawBlock[] {
    const keys = keysOf(cursor);
    const open = cursor.peek();
    const braced = open !== undefined && isBrace(open, '{');
    if (braced) cursor.take();
    const statements = this.#statements(cursor, braced ? open : undefined, depth);
    const [first] = keys;
    const snippet = /^\((.+)\)$/.exec(first?.text ?? '');
    if (keys.length === 1 && snippet) {
      this.#snippets.set(snippet[1]!, statements);
      return [];
    }
    if (first !== undefined) return [{ keys, statements }];
    if (open)
      this.#issues.push(
        problem(open, 'corefile-no-key', 'the block has no zone', { hint: 'write . { ... }' }),
      );
    return [];
  }

  /** @param open the brace to be closed; absent: up to the end of the file */
  #statements(cursor: Cursor, open: Word | undefined, depth: number): Statement[] {
    const statements: Statement[] = [];
    for (let word = cursor.peek(); word && !isBrace(word, '}'); word = cursor.peek()) {
      statements.push(...this.#statement(cursor, depth));
    }
    const close = cursor.take();
    if (open && !close) {
      const message = 'the brace is never closed';
      this.#issues.push(problem(open, 'corefile-brace', message, { hint: 'add a line with }' }));
    } else if (!open && close)
      this.#issues.push(problem(close, 'corefile-brace', 'this brace closes nothing'));
    return statements;
  }

  #statement(cursor: Cursor, depth: number): readonly Statement[] {
    const words = cursor.restOfLine();
    const next = cursor.peek();
    if (words.length === 0) {
      this.#issues.push(problem(next!, 'corefile-brace', 'a block needs a name before its brace'));
      cursor.take();
      return this.#statements(cursor, next, depth);
    }
    if (next && isBrace(next, '{') && next.line === words.at(-1)!.line) {
      cursor.take();
      return [{ words, block: this.#statements(cursor, next, depth) }];
    }
    return words[0]!.text === 'import' ? this.#import(words, depth) : [{ words }];
  }

  #import(words: readonly Word[], depth: number): readonly Statement[] {
    const what = words[1];
    const snippet = what && this.#snippets.get(what.text);
    if (snippet) return snippet.map((one) => withArguments(one, words.slice(2)));
    const text = this.#textOf(words, depth);
    if (text === undefined) return [];
    const cursor = new Cursor(wordsOf(text, what!.text, this.#issues));
    return this.#statements(cursor, undefined, depth + 1);
  }

  #importBlocks(words: readonly Word[], depth: number): RawBlock[] {
    const text = this.#textOf(words, depth);
    return text === undefined ? [] : this.blocks(wordsOf(text, words[1]!.text, this.#issues), depth + 1);
  }

  #textOf(words: readonly Word[], depth: number): string | undefined {
    const [verb, what] = words;
    if (!what || depth >= DEEPEST_IMPORT) {
      const message = what ? 'imports lead in a circle' : 'nothing says what is imported';
      this.#issues.push(problem(verb!, 'corefile-import', message));
      return undefined;
    }
    const text = this.#readImport(what.text);
    if (text !== undefined) return text;
    const hint =
      'snippets stand above, as (NAME) { ... }; files beside the Corefile; patterns with * are not read';
    this.#issues.push(
      problem(what, 'corefile-import', `there is no snippet or file '${what.text}'`, { hint }),
    );
    return undefined;
  }
}

/** `{args[0]}` and `{args.0}` of a snippet stand for the words after its name. */
function withArguments({ words, block }: Statement, values: readonly Word[]): Statement {
  const filled = words.map((word) => ({
    ...word,
    text: word.text.replaceAll(/\{args[.[](\d+)\]?\}/g, (_, at: string) => values[Number(at)]?.text ?? ''),
  }));
  if (!block) return { words: filled };
  return { words: filled, block: block.map((one) => withArguments(one, values)) };
}

/** The keys in front of a block: to the brace, or to the end of the line; a comma at an end leads on. */
function keysOf(cursor: Cursor): Word[] {
  const keys: Word[] = [];
  let line = cursor.peek()!.line;
  for (let word = cursor.peek(); word && !isBrace(word, '{'); word = cursor.peek()) {
    if (word.line !== line && !keys.at(-1)!.text.endsWith(',')) break;
    line = word.line;
    keys.push(cursor.take()!);
  }
  return keys.flatMap((key) => {
    const parts = key.text.split(',').filter((part) => part !== '');
    return parts.map((text) => ({ ...key, text }));
  });
}

class Cursor {
  readonly #words: readonly Word[];
  #at = 0;

  constructor(words: readonly Word[]) {
    this.#words = words;
  }

  peek(): Word | undefined {
    return this.#words[this.#at];
  }

  take(): Word | undefined {
    return this.#words[this.#at++];
  }

  /** Words up to a brace or to the end of the line. */
  restOfLine(): Word[] {
    const words: Word[] = [];
    const line = this.peek()?.line;
    for (let word = this.peek(); word && word.line === line; word = this.peek()) {
      if (isBrace(word, '{') || isBrace(word, '}')) break;
      words.push(this.take()!);
    }
    return words;
  }
}

function isBrace({ text, quoted }: Word, brace: '{' | '}'): boolean {
  return text === brace && !quoted;
}
