/** The bar at the top: places, scenario, seed, and what concerns the whole page. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Source } from '../share/contract.ts';
import type { Commands } from './commands.ts';
import { inGroups, type ShippedDrill, seedOf, titleOf } from './drill.ts';
import { PLACES } from './places.ts';
import { THEME_TEXT, type Theme } from './preferences.ts';
import type { Route, View } from './route.ts';
import { BASE, BUTTONS } from './styles.ts';

const THEME_GLYPH: Readonly<Record<Theme, string>> = { system: '◐', light: '☀', dark: '☾' };

/** Fired when a scenario is chosen from the list. */
export class ChooseEvent extends Event {
  readonly file: string;

  constructor(file: string) {
    super('choose');
    this.file = file;
  }
}

@customElement('dnsdrill-bar')
export class BarElement extends LitElement {
  static override styles = [
    BASE,
    BUTTONS,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: flex-end;
        gap: 0.25rem 1rem;
        padding: 0.375rem clamp(0.5rem, 2cqi, 1.25rem);
        border-bottom: 1px solid var(--line);
        background: var(--panel);
      }
      .brand {
        display: inline-flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 2.25rem;
        color: var(--ink);
        font-weight: 700;
        letter-spacing: -0.01em;
        text-decoration: none;
      }
      nav {
        display: flex;
        flex-wrap: wrap;
        margin-inline-end: auto;
      }
      nav a {
        display: inline-flex;
        align-items: center;
        min-height: 2.25rem;
        padding: 0 0.625rem;
        border-radius: var(--radius);
        color: var(--quiet);
        font-size: 0.9375rem;
        text-decoration: none;
      }
      nav a:hover {
        color: var(--ink);
      }
      nav a[aria-current] {
        color: var(--ink);
        font-weight: 650;
        box-shadow: inset 0 -2px var(--accent);
        border-radius: 0;
      }
      .tools,
      .pick {
        display: flex;
        align-items: center;
        gap: 0.25rem;
        min-width: 0;
      }
      select {
        width: clamp(9rem, 17cqi, 20rem);
        text-overflow: ellipsis;
      }
      .chip {
        display: inline-flex;
        border: 1px solid var(--field-line);
        border-radius: 999px;
        font-variant-numeric: tabular-nums;
      }
      .chip button {
        border-radius: 999px;
      }
      .chip button:disabled {
        color: var(--ink);
      }
      .icon {
        min-width: 2.25rem;
        padding: 0 0.375rem;
      }
      @media print {
        header {
          display: none;
        }
      }
      @media (forced-colors: active) {
        nav a[aria-current] {
          border-bottom: 3px solid Highlight;
        }
      }
      @container (max-width: 72rem) {
        .word {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
        .tools button {
          min-width: 2.25rem;
          padding: 0 0.375rem;
        }
      }
      @container (max-width: 47.99rem) {
        header {
          display: grid;
          grid-template: 'brand tools' 'nav nav' 'pick pick' / 1fr auto;
          gap: 0.125rem 0.5rem;
        }
        .brand {
          grid-area: brand;
        }
        nav {
          grid-area: nav;
          justify-content: space-between;
        }
        nav a {
          padding: 0 0.25rem;
          font-size: clamp(0.75rem, 3.9cqi, 0.9375rem);
        }
        .pick {
          grid-area: pick;
          margin: 0;
        }
        .tools {
          grid-area: tools;
        }
        select {
          flex: 1 1 8rem;
          width: 8rem;
        }
      }
      @container (min-width: 44rem) and (max-width: 47.99rem) {
        header {
          grid-template: 'brand nav tools' 'pick pick pick' / auto 1fr auto;
        }
        nav {
          justify-content: start;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor route!: Route;
  /** Undefined until the scenario an address asks for has come. */
  @property({ attribute: false }) accessor source: Source | undefined;
  @property({ attribute: false }) accessor drills: readonly ShippedDrill[] = [];
  @property({ attribute: false }) accessor commands!: Commands;
  @property() accessor theme: Theme = 'system';
  /** The fragment that leads to a view as it was left. */
  @property({ attribute: false }) accessor hrefOf: (view: View) => string = (view) => `#/${view}`;

  protected override render(): TemplateResult {
    return html`<header>
      <a class="brand" href=${this.hrefOf('play')} aria-label="dnsdrill: Play" @click=${this.#follow('play')}
        >${BRAND}<span>dnsdrill</span></a
      >
      <nav aria-label="Places">
        ${PLACES.map(({ view, title }) => {
          const current = view === this.route.view ? 'page' : nothing;
          return html`<a href=${this.hrefOf(view)} aria-current=${current} @click=${this.#follow(view)}>${title}</a>`;
        })}
      </nav>
      <div class="pick" role="group" aria-label="Scenario and seed">${this.#picker()} ${this.#seedChip()}</div>
      <div class="tools" role="group" aria-label="Page">
        ${this.#button('share.open', 'Share', SHARE)} ${this.#button('export.open', 'Export', EXPORT)}
        ${this.#icon('page.theme', THEME_GLYPH[this.theme], `Theme: ${THEME_TEXT[this.theme]}. Change it`)}
        ${this.#icon('page.palette', '⌘', 'Commands (Control K)')} ${this.#icon('page.help', '?', 'Help and keys')}
      </div>
    </header>`;
  }

  /** The word gives way to its picture where there is little room. */
  #button(command: string, label: string, picture: TemplateResult): TemplateResult {
    return html`<button type="button" class="plain" title=${label} @click=${() => this.commands.run(command)}>
      ${picture}<span class="word">${label}</span>
    </button>`;
  }

  #icon(command: string, glyph: string, label: string): TemplateResult {
    return html`<button
      type="button"
      class="plain icon"
      aria-label=${label}
      title=${label}
      @click=${() => this.commands.run(command)}
    >
      ${glyph}
    </button>`;
  }

  #picker(): TemplateResult {
    const { drill } = this.route;
    const listed = this.drills.some(({ file }) => file === drill);
    const title = this.source ? titleOf(this.source) : 'Loading …';
    return html`<select aria-label="Scenario" @change=${this.#choose}>
      ${listed ? nothing : html`<option value="" selected>${drill === undefined && this.source ? `${title} (yours)` : title}</option>`}
      ${inGroups(this.drills).map(
        ([group, drills]) => html`<optgroup label=${group}>
          ${drills.map(({ file, title: name }) => html`<option value=${file} ?selected=${file === drill}>${name}</option>`)}
        </optgroup>`,
      )}
    </select>`;
  }

  #seedChip(): TemplateResult {
    const { locked } = this.route;
    const seed = this.route.seed ?? seedOf(this.source?.text ?? '');
    return html`<span class="chip">
      <button
        type="button"
        class="plain"
        ?disabled=${locked}
        aria-label=${`Seed ${seed}. Draw another`}
        title="Click to draw another seed, Shift-click to lock it"
        @click=${({ shiftKey }: MouseEvent) => this.commands.run(shiftKey ? 'seed.lock' : 'seed.next')}
      >
        <span><span class="quiet">seed</span> ${seed}</span>
      </button>
      <button
        type="button"
        class="plain icon"
        aria-pressed=${locked}
        aria-label="Lock the seed"
        title=${locked ? 'The seed is locked' : 'Lock the seed'}
        @click=${() => this.commands.run('seed.lock')}
      >
        ${locked ? LOCKED : UNLOCKED}
      </button>
    </span>`;
  }

  #follow(view: View): (event: MouseEvent) => void {
    return (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.commands.run(`${view}.open`);
    };
  }

  #choose({ target }: Event): void {
    const { value } = target as HTMLSelectElement;
    if (value !== '') this.dispatchEvent(new ChooseEvent(value));
  }
}

const BRAND = html`<svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
  <rect x="1" y="1" width="9" height="9" rx="2" fill="var(--fresh)" />
  <rect x="12" y="1" width="9" height="9" rx="2" fill="var(--stale)" />
  <rect x="1" y="12" width="9" height="9" rx="2" fill="var(--fresh)" />
  <path d="M13 13l7 7m0-7l-7 7" stroke="var(--wrong)" stroke-width="2.5" stroke-linecap="round" />
</svg>`;

function outline(path: string): TemplateResult {
  return html`<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">
    <path d=${path} />
  </svg>`;
}

const SHARE = outline('M6 4H3v9h9v-3M8.5 2.5h5v5M13 3 7.5 8.5');
const EXPORT = outline('M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11');

function lock(shackle: string): TemplateResult {
  return html`<svg width="14" height="14" viewBox="0 0 14 14" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">
    <rect x="2.5" y="6.5" width="9" height="6" rx="1" />
    <path d=${shackle} />
  </svg>`;
}

const LOCKED = lock('M4.5 6.5v-2a2.5 2.5 0 0 1 5 0v2');
const UNLOCKED = lock('M4.5 6.5v-2a2.5 2.5 0 0 1 4.8-1');
