/** The window about the drill at hand: the question it asks, and what its author says of it. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Source } from '../share/contract.ts';
import type { DialogElement } from './dialog.ts';
import './dialog.ts';
import { titleOf } from './drill.ts';
import { type StoryPart, storyOf } from './story.ts';
import { BASE } from './styles.ts';

@customElement('dnsdrill-about')
export class AboutElement extends LitElement {
  static override styles = [
    BASE,
    css`
      p,
      dl {
        margin: 0 0 0.75rem;
        font-size: 0.9375rem;
        overflow-wrap: anywhere;
      }
      p:first-of-type {
        font-size: 1.0625rem;
        font-weight: 600;
      }
      dt {
        font-weight: 600;
      }
      dd {
        margin: 0 0 0.375rem 1rem;
      }
      .quiet {
        margin-bottom: 0;
        font-size: 0.8125rem;
      }
    `,
  ];

  @state() accessor source: Source | undefined;
  @query('dnsdrill-dialog') accessor dialog!: DialogElement;

  protected override render(): TemplateResult {
    const { source } = this;
    return html`<dnsdrill-dialog heading=${source ? titleOf(source) : ''}>
      ${source ? this.#story(source) : nothing}
    </dnsdrill-dialog>`;
  }

  async show(source: Source): Promise<void> {
    this.source = source;
    await this.updateComplete;
    await this.dialog.show();
  }

  #story({ text, file }: Source): TemplateResult {
    const parts = storyOf(text);
    return html`${parts.length === 0 ? html`<p>This scenario says nothing of itself.</p>` : parts.map(partMarkup)}
      <p class="quiet">From the comment at the head of ${file}; Edit shows the whole file.</p>`;
  }
}

function partMarkup({ kind, term, text }: StoryPart): TemplateResult {
  if (kind === 'paragraph') return html`<p>${text}</p>`;
  return html`<dl><dt>${term ?? text}</dt>${term === undefined ? nothing : html`<dd>${text}</dd>`}</dl>`;
}
