/** Colours and shapes of the editor, in the tokens of the page. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--code-key)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.squareBracket, tags.brace, tags.separator], color: 'var(--quiet)' },
  { tag: [tags.meta, tags.keyword, tags.labelName], color: 'var(--accent)' },
]);

const SHAPE = EditorView.theme({
  '&': {
    '--code-key': 'light-dark(#0550ae, #79c0ff)',
    '--code-string': 'light-dark(#0a5c36, #7ee2a8)',
    height: '100%',
    fontSize: '0.8125rem',
    background: 'var(--panel)',
    color: 'var(--ink)',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '0.5rem 0' },
  '.cm-gutters': {
    background: 'var(--sunk)',
    color: 'var(--quiet)',
    border: 'none',
    borderInlineEnd: '1px solid var(--line)',
  },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'color-mix(in srgb, var(--accent) 8%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--accent) 28%, transparent)',
  },
  '.cm-matchingBracket': { background: 'color-mix(in srgb, var(--accent) 22%, transparent)' },
  '.cm-tooltip': {
    border: '1px solid var(--field-line)',
    borderRadius: 'var(--radius)',
    background: 'var(--panel)',
    color: 'var(--ink)',
    maxWidth: 'min(32rem, 90cqi)',
  },
  '.cm-tooltip-hover': { padding: '0.5rem 0.75rem' },
  '.cm-tooltip-hover p': { margin: '0.25rem 0 0' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '16rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.25rem 0.5rem', minHeight: '24px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--accent)',
    color: 'var(--on-accent)',
  },
  '.cm-completionDetail': { color: 'var(--quiet)', fontStyle: 'normal', marginInlineStart: '0.75rem' },
  'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-completionIcon': { display: 'none' },
  '.cm-completionInfo': { padding: '0.5rem 0.75rem', fontFamily: 'system-ui, sans-serif' },
  '.cm-diagnostic': { fontFamily: 'system-ui, sans-serif', padding: '0.375rem 0.75rem' },
  '.cm-diagnostic-error': { borderInlineStart: '4px solid var(--bad)' },
  '.cm-diagnostic-warning': { borderInlineStart: '4px solid var(--warn)' },
  '.cm-panels': { background: 'var(--panel)', color: 'var(--ink)', borderColor: 'var(--line)' },
  '.cm-panel.cm-panel-lint ul [aria-selected]': { background: 'var(--tint)' },
});

export const LOOK_OF_CODE: Extension = [SHAPE, syntaxHighlighting(HIGHLIGHT)];
