/** The place to learn: how to learn from a drill, and every drill that ships by the question it asks. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LOOK } from '../share/look.ts';
import { PLACE_FRAME } from '../share/place.ts';
import { inGroups, type ShippedDrill, shippedDrills } from '../shell/drill.ts';
import { GUIDE } from '../shell/guide.ts';
import { questionOf } from '../shell/story.ts';

@customElement('dnsdrill-learn')
export class LearnElement extends LitElement {
  static override styles = [
    LOOK,
    PLACE_FRAME,
    GUIDE,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr));
        gap: 0.75rem;
        margin: 0.5rem 0 0;
        padding: 0;
        list-style: none;
      }
      a {
        display: grid;
        gap: 0.25rem;
        align-content: start;
        height: 100%;
        padding: 0.75rem;
        color: var(--ink);
        text-decoration: none;
      }
      a:hover {
        border-color: var(--accent);
      }
      a strong {
        line-height: 1.35;
      }
    `,
  ];

  @property({ attribute: false }) accessor active = true;
  @state() accessor drills: readonly ShippedDrill[] = [];
  @state() accessor problem = '';

  protected override firstUpdated(_: PropertyValues<this>): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.drills = await shippedDrills();
    } catch {
      this.problem = 'The drills could not be loaded. Is the page still there?';
    }
  }

  protected override render(): TemplateResult {
    return html`<div class="stack">
      <h1>Learn</h1>
      <p class="lead">
        Guided lessons are still to come: eight of them, from one look-up to a failover. Until then every drill is one:
        it asks a question, and playing it gives the answer.
      </p>
      <ol class="steps">
        <li><strong>Guess.</strong> Open a drill and place a bet on how long users wait, before you see it.</li>
        <li><strong>Play.</strong> Watch caches turn from the old answer to the new one, and press <kbd>y</kbd> to ask one why.</li>
        <li><strong>Turn.</strong> Change the TTL, the check or the resolver: curve and sentence follow.</li>
        <li><strong>Follow.</strong> Trace takes one request through every cache, with the rule behind each step.</li>
      </ol>
      ${this.problem ? html`<p class="bad" role="alert">${this.problem}</p>` : ''}
      ${inGroups(this.drills).map(([group, drills]) => this.#group(group, drills))}
    </div>`;
  }

  #group(group: string, drills: readonly ShippedDrill[]): TemplateResult {
    return html`<section>
      <h2>${group}</h2>
      <ul>
        ${drills.map(
          ({ file, title, text }) => html`<li>
            <a class="card" href=${`#/play?drill=${encodeURIComponent(file)}`}>
              <strong>${questionOf(text) || title}</strong><span class="small quiet">${title}</span>
            </a>
          </li>`,
        )}
      </ul>
    </section>`;
  }
}
