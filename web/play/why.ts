/** Why a cache answers what it answers: the chain of causes behind one square. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { WhyStep } from '../engine/session-messages.ts';
import { BASE, BUTTONS } from '../shell/styles.ts';
import { STATE_LOOKS } from './cache-states.ts';
import type { Why } from './controller.ts';
import { swatch } from './field.ts';

@customElement('dnsdrill-why')
export class WhyElement extends LitElement {
  static override styles = [
    BASE,
    BUTTONS,
    css`
      .head {
        display: flex;
        align-items: start;
        justify-content: space-between;
        gap: 0.5rem;
      }
      .head button {
        min-height: 1.75rem;
        padding: 0 0.5rem;
      }
      ol {
        margin: 0.5rem 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        position: relative;
        padding: 0 0 0.75rem 1.75rem;
        font-size: 0.875rem;
        line-height: 1.45;
      }
      li:last-child {
        padding-bottom: 0;
      }
      li:not(:last-child)::before {
        content: '';
        position: absolute;
        inset-block: 18px 0;
        inset-inline-start: 7px;
        border-inline-start: 2px solid var(--line);
      }
      li svg {
        position: absolute;
        inset-block-start: 2px;
        inset-inline-start: 0;
      }
      b {
        font-weight: 650;
      }
    `,
  ];

  @property({ attribute: false }) accessor why: Why | undefined;
  @property() accessor label = '';

  protected override render(): TemplateResult | typeof nothing {
    if (!this.why) return nothing;
    const { steps } = this.why;
    return html`<section aria-labelledby="question">
      <div class="head">
        <h3 id="question">${questionOf(this.label, steps)}</h3>
        <button type="button" class="plain" aria-label="Let go of this cache" @click=${() => this.dispatchEvent(new Event('close'))}>
          ✕
        </button>
      </div>
      <ol>
        ${steps.map(
          ({ where, state, text }) => html`<li>
            ${swatch(state)}<b>${where}</b> <span class="quiet">${STATE_LOOKS[state].name}</span><br />${text}
          </li>`,
        )}
      </ol>
    </section>`;
  }
}

/** The nearest cache that holds something decides what is asked. */
export function questionOf(label: string, steps: readonly WhyStep[]): string {
  const holder = steps.find(({ state, where }) => state !== 'empty' && where !== 'authority');
  if (!holder) return `Why does ${label} hold nothing?`;
  const held = /^Holds ([^,]+(?:, [0-9a-f.:]+)*?),/i.exec(holder.text)?.[1];
  if (holder.state === 'error') return `Why does ${label} answer ${held ?? 'a failure'}?`;
  const still = holder.state === 'fresh' ? '' : ' still';
  return `Why does ${label}${still} answer ${held ?? 'this'}?`;
}
