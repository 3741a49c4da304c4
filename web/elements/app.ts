/** The whole page: a scenario on one side, what a run of it showed on the other. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Issue } from '../../src/index.ts';
import { Engine } from '../engine/engine.ts';
import type { Reply, Report, Request } from '../engine/messages.ts';
import { SHIPPED, SHIPPED_FILES } from '../shipped.ts';
import type { ChooseEvent, TextEvent } from './editor.ts';
import './editor.ts';
import './report.ts';
import { SHARED } from './shared.ts';

/** The drill the page opens with. */
const FIRST = 'failover-ttl.yaml';
/** Typing stops this long before the text is checked. */
const CHECK_DELAY_MILLISECONDS = 300;

/** What is under way, or what the last run came to. */
type Phase =
  | { readonly kind: 'idle' | 'cancelled' | 'refused' }
  | { readonly kind: 'running'; readonly fraction: number }
  | { readonly kind: 'finished'; readonly report: Report; readonly text: string }
  | { readonly kind: 'failed'; readonly message: string };

@customElement('dnsdrill-app')
export class AppElement extends LitElement {
  static override styles = [
    SHARED,
    css`
      :host {
        max-width: 90rem;
        margin: 0 auto;
        padding: var(--gap);
      }
      header {
        margin-bottom: calc(1.5 * var(--gap));
      }
      h1 {
        margin: 0;
        font-size: 1.5rem;
      }
      header p,
      .empty {
        margin: 0;
        color: var(--quiet);
      }
      main {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: calc(1.5 * var(--gap));
      }
      @media (min-width: 64rem) {
        main {
          grid-template-columns: minmax(22rem, 30rem) minmax(0, 1fr);
        }
        dnsdrill-editor {
          position: sticky;
          top: var(--gap);
          align-self: start;
        }
      }
      .actions {
        display: flex;
        align-items: center;
        gap: 0.75rem;
        min-height: 2.5rem;
        margin-bottom: var(--gap);
      }
      .run {
        border-color: var(--accent);
        background: var(--accent);
        color: var(--on-accent);
        font-weight: 600;
      }
      progress {
        flex: 1;
        min-width: 0;
        accent-color: var(--accent);
      }
      .failed {
        color: var(--bad);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @state() accessor file = '';
  @state() accessor text = '';
  @state() accessor issues: readonly Issue[] = [];
  @state() accessor phase: Phase = { kind: 'idle' };

  /** Edited texts, kept while other scenarios are looked at. */
  readonly #drafts = new Map<string, string>();
  readonly #checker = new Engine();
  readonly #runner = new Engine();
  #checkTimer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    const first = SHIPPED.find(({ file }) => file === FIRST) ?? SHIPPED[0];
    if (first) this.#open(first.file, first.text);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#checkTimer);
    this.#checker.cancel();
    this.#runner.cancel();
  }

  protected override render(): TemplateResult {
    return html`
      <header>
        <h1>dnsdrill</h1>
        <p>Fire drills for DNS: play an outage and see who is broken, for how long, and why.</p>
      </header>
      <main>
        <dnsdrill-editor
          .file=${this.file}
          .text=${this.text}
          .issues=${this.issues}
          @dnsdrill-choose=${({ chosen }: ChooseEvent) => this.#open(chosen.file, chosen.text)}
          @dnsdrill-text=${({ text }: TextEvent) => this.#edit(text)}
        ></dnsdrill-editor>
        <section aria-label="Result">${this.#actions()} ${this.#result()}</section>
      </main>
    `;
  }

  #actions(): TemplateResult {
    const { phase } = this;
    const running = phase.kind === 'running';
    return html`<div class="actions">
      <button class=${running ? 'cancel' : 'run'} type="button" @click=${running ? this.#cancel : this.#run}>
        ${running ? 'Cancel' : 'Run the drill'}
      </button>
      ${running ? html`<progress aria-label="Progress of the run" max="1" .value=${phase.fraction}></progress>` : nothing}
      <span role="status">${noteOn(phase, this.text)}</span>
    </div>`;
  }

  #result(): TemplateResult {
    const { phase } = this;
    if (phase.kind === 'finished') return html`<dnsdrill-report .report=${phase.report}></dnsdrill-report>`;
    if (phase.kind === 'failed') return html`<p class="failed">The run failed: ${phase.message}</p>`;
    return html`<p class="empty">
      Everything is played in this browser: hours of traffic through caches, resolvers and name servers, in
      seconds. The same scenario gives the same numbers everywhere.
    </p>`;
  }

  #open(file: string, original: string): void {
    this.file = file;
    this.text = this.#drafts.get(file) ?? original;
    this.#cancel();
    this.phase = { kind: 'idle' };
    this.#check();
  }

  #edit(text: string): void {
    this.text = text;
    this.#drafts.set(this.file, text);
    clearTimeout(this.#checkTimer);
    this.#checkTimer = window.setTimeout(() => this.#check(), CHECK_DELAY_MILLISECONDS);
  }

  #check(): void {
    clearTimeout(this.#checkTimer);
    this.#checker.start(this.#request('check'), (reply) => {
      if (reply.kind === 'checked') this.issues = reply.issues;
      else if (reply.kind === 'failed') this.phase = reply;
    });
  }

  readonly #run = (): void => {
    const { text } = this;
    this.phase = { kind: 'running', fraction: 0 };
    this.#runner.start(this.#request('run'), (reply) => this.#hear(reply, text));
  };

  readonly #cancel = (): void => {
    this.#runner.cancel();
    this.phase = { kind: 'cancelled' };
  };

  #hear(reply: Reply, text: string): void {
    if (reply.kind === 'finished') this.phase = { ...reply, text };
    else if (reply.kind !== 'checked')
      this.phase = reply.kind === 'progress' ? { ...reply, kind: 'running' } : reply;
    else {
      this.issues = reply.issues;
      this.phase = { kind: 'refused' };
    }
  }

  #request(kind: Request['kind']): Request {
    return { kind, source: { text: this.text, file: this.file, files: SHIPPED_FILES } };
  }
}

function noteOn(phase: Phase, text: string): string {
  if (phase.kind === 'cancelled') return 'Cancelled.';
  if (phase.kind === 'refused') return 'The scenario has problems; they are listed under its text.';
  if (phase.kind === 'finished')
    return phase.text === text ? 'Finished.' : 'The scenario has changed since this run.';
  return '';
}
