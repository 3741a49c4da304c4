/** The text of a scenario in CodeMirror: completion, hover and problems in place. Loaded when first shown. */
import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Annotation, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
  type Tooltip,
} from '@codemirror/view';
import type { Issue, Place } from '../../../src/index.ts';
import type { Completion } from '../language/complete.ts';
import type { Hover } from '../language/hover.ts';
import { LOOK_OF_CODE } from './theme.ts';

export interface CodeOptions {
  readonly parent: HTMLElement;
  readonly root: ShadowRoot;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly complete: (text: string, offset: number) => Promise<Completion | undefined>;
  readonly hover: (text: string, offset: number) => Promise<Hover | undefined>;
}

/** A change that comes from outside the editor. */
const FROM_OUTSIDE = Annotation.define<boolean>();

export class Code {
  readonly #view: EditorView;

  constructor(options: CodeOptions) {
    const { parent, root, text } = options;
    const state = EditorState.create({ doc: text, extensions: extensionsFor(options) });
    this.#view = new EditorView({ state, parent, root });
    // The text inside takes the focus; a scroller that could too would be a stop that does nothing.
    this.#view.scrollDOM.removeAttribute('tabindex');
  }

  /** Brings the text up to date by the smallest change, so that cursor, scroll and undo stay meaningful. */
  set text(text: string) {
    const before = this.#view.state.doc.toString();
    if (before === text) return;
    const changes = differenceOf(before, text);
    this.#view.dispatch({ changes, annotations: FROM_OUTSIDE.of(true) });
  }

  /** Marks problems of this file at their places. */
  mark(issues: readonly Issue[], file: string): void {
    const { state } = this.#view;
    const here = issues.filter(({ place }) => place?.file === file);
    this.#view.dispatch(
      setDiagnostics(
        state,
        here.map((issue) => diagnosticOf(issue, state)),
      ),
    );
  }

  /** Puts the cursor at a place and shows it. */
  show(place: Place): void {
    const at = offsetOf(place, this.#view.state);
    this.#view.dispatch({
      selection: { anchor: at },
      effects: EditorView.scrollIntoView(at, { y: 'center' }),
    });
    this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }
}

function extensionsFor(options: CodeOptions): Extension {
  return [
    lineNumbers(),
    lintGutter(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    indentOnInput(),
    indentUnit.of('  '),
    bracketMatching(),
    closeBrackets(),
    EditorView.lineWrapping,
    yaml(),
    LOOK_OF_CODE,
    autocompletion({ override: [(context) => completionsFor(context, options)], icons: false }),
    hoverTooltip((view, offset) => tooltipFor(view, offset, options)),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...lintKeymap,
      // Tab leaves the editor, as everywhere on the page; these indent.
      { key: 'Mod-]', run: indentMore },
      { key: 'Mod-[', run: indentLess },
      ...historyKeymap,
      ...defaultKeymap,
    ]),
    EditorView.contentAttributes.of({
      'aria-label': 'Scenario',
      tabindex: '0',
      spellcheck: 'false',
      autocapitalize: 'off',
    }),
    EditorView.updateListener.of((update) => {
      const outside = update.transactions.some((transaction) => transaction.annotation(FROM_OUTSIDE));
      if (update.docChanged && !outside) options.onText(update.state.doc.toString());
    }),
  ];
}

async function completionsFor(
  context: CompletionContext,
  { complete }: CodeOptions,
): Promise<CompletionResult | null> {
  const { pos, state, explicit } = context;
  const before = state.sliceDoc(Math.max(0, pos - 1), pos);
  if (!explicit && !/[\w.-]/.test(before)) return null;
  const found = await complete(state.doc.toString(), pos);
  if (!found) return null;
  return {
    from: found.from,
    options: found.options.map(({ label, insert, detail, about }) => ({
      label,
      apply: insert,
      ...(detail === '' ? {} : { detail }),
      ...(about === '' ? {} : { info: about }),
    })),
    validFor: /^[^\s,[\]{}:"'#]*$/,
  };
}

async function tooltipFor(view: EditorView, offset: number, { hover }: CodeOptions): Promise<Tooltip | null> {
  const found = await hover(view.state.doc.toString(), offset);
  if (!found) return null;
  const { from, to, path, lines } = found;
  return { pos: from, end: to, above: true, create: () => ({ dom: tooltipBody(path, lines) }) };
}

function tooltipBody(path: string, lines: readonly string[]): HTMLElement {
  const body = document.createElement('div');
  const heading = document.createElement('code');
  heading.textContent = path;
  body.append(heading);
  for (const line of lines) {
    const paragraph = document.createElement('p');
    paragraph.textContent = line;
    body.append(paragraph);
  }
  return body;
}

/** The one stretch in which two texts differ. */
function differenceOf(before: string, after: string): { from: number; to: number; insert: string } {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let behind = 0;
  while (behind < most - from && before.at(-1 - behind) === after.at(-1 - behind)) behind += 1;
  return { from, to: before.length - behind, insert: after.slice(from, after.length - behind) };
}

function offsetOf({ line, column }: Place, { doc }: EditorState): number {
  const { from, to } = doc.line(Math.min(line, doc.lines));
  return Math.min(from + column - 1, to);
}

/** From its place to the end of the word that stands there. */
function diagnosticOf({ severity, place, message, hint }: Issue, state: EditorState): Diagnostic {
  const from = offsetOf(place!, state);
  const word = /^[^\s,[\]{}:]+/.exec(state.sliceDoc(from, from + 80))?.[0] ?? '';
  return {
    from,
    to: from + word.length,
    severity,
    message: hint === undefined ? message : `${message} (${hint})`,
  };
}
