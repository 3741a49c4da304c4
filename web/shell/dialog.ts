/** A window over the page with a heading and a way out: content goes into the slot. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { BASE, BUTTONS } from './styles.ts';

@customElement('dnsdrill-dialog')
export class DialogElement extends LitElement {
  static override styles = [
    BASE,
    BUTTONS,
    css`
      dialog {
        width: min(36rem, 100cqi - 1rem);
        max-height: calc(100dvh / var(--zoom) - 2rem);
        margin: auto;
        padding: 0;
        border: 1px solid var(--line);
        border-radius: 12px;
        background: var(--panel);
        box-shadow: 0 16px 48px rgb(0 0 0 / 35%);
        color: var(--ink);
      }
      :host([placement='top']) dialog {
        margin-top: calc(10vh / var(--zoom));
      }
      dialog::backdrop {
        background: rgb(10 14 18 / 45%);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 1rem;
        padding: 0.75rem 0.75rem 0 1.25rem;
      }
      h2 {
        font-size: 1.0625rem;
      }
      .content {
        padding: 0.5rem 1.25rem 1.25rem;
      }
    `,
  ];

  @property() accessor heading = '';
  @query('dialog') accessor dialog!: HTMLDialogElement;

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading" @click=${this.#onClick} @close=${this.#onClose}>
      <div class="head">
        <h2 id="heading">${this.heading}</h2>
        <button type="button" class="plain" aria-label="Close" @click=${() => this.close()}>✕</button>
      </div>
      <div class="content"><slot></slot></div>
    </dialog>`;
  }

  /** Focus goes back to where it was when the window closes. */
  async show(): Promise<void> {
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  close(): void {
    this.dialog.close();
  }

  /** A click beside the window closes it. */
  #onClick({ target, clientX, clientY }: MouseEvent): void {
    if (target !== this.dialog) return;
    const { left, right, top, bottom } = this.dialog.getBoundingClientRect();
    if (clientX < left || clientX > right || clientY < top || clientY > bottom) this.close();
  }

  #onClose(): void {
    this.dispatchEvent(new Event('close'));
  }
}
