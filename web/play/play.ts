/** Play: one world, live. A sentence, the knob that changes it, the caches, who talks to whom, and time itself. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Source, ViewState } from '../share/contract.ts';
import type { Commands } from '../shell/commands.ts';
import { titleOf } from '../shell/drill.ts';
import { onRegionKey } from '../shell/keys.ts';
import { BASE, BUTTONS, TABLES } from '../shell/styles.ts';
import type { PartEvent } from '../topology/topology.ts';
import { PlayDesk } from './desk.ts';
import type { ScrubEvent } from './dock.ts';
import './dock.ts';
import type { InjectElement, InjectEvent } from './inject.ts';
import './inject.ts';
import type { KnobElement, TurnEvent } from './knob.ts';
import './knob.ts';
import type { SizeEvent } from './knobs.ts';
import './knobs.ts';
import { furtherPanel, resultsPanel } from './panel-results.ts';
import { simulationPanel } from './panel-simulation.ts';
import { playCommands } from './play-commands.ts';
import { PLAY_STYLES } from './play-styles.ts';
import { saveFile } from './save.ts';
import { changeSentence, recoverySentence, scaleSentence } from './sentences.ts';

@customElement('dnsdrill-play')
export class PlayElement extends LitElement {
  static override styles = [BASE, BUTTONS, TABLES, PLAY_STYLES];

  @property({ attribute: false }) accessor source!: Source;
  @property({ attribute: false }) accessor sets: readonly string[] = [];
  @property({ attribute: false }) accessor seed: number | undefined;
  @property({ attribute: false }) accessor state: ViewState = {};
  @property({ attribute: false }) accessor commands!: Commands;
  @property({ attribute: false }) accessor active = true;
  @query('dnsdrill-inject') accessor menu!: InjectElement;
  @query('.dock') accessor dock!: HTMLElement;

  readonly desk: PlayDesk = new PlayDesk(this, () => this.requestUpdate());
  #forget: () => void = () => {};
  /** What is focused must not hide behind the dock. */
  readonly #resized = new ResizeObserver(() => {
    document.documentElement.style.setProperty('--dock-height', `${this.dock.offsetHeight}px`);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#forget = this.commands.add(
      playCommands(this.desk, () => this.active, {
        tables: this.#toggleTables,
        knob: this.#toKnob,
        save: this.#save,
      }),
    );
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.desk.controller.close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { source, sets, seed, state } = this;
    const inputs = ['source', 'sets', 'seed', 'state'] as const;
    if (source && this.active && inputs.some((name) => changed.has(name))) {
      this.desk.follow({ source, sets, seed, state });
    }
    if (changed.has('active')) this.desk.setVisible(this.active);
  }

  protected override render(): TemplateResult {
    const { desk } = this;
    const isEmpty = this.#isStuck && !desk.controller.description;
    return html`
      ${this.#top()} ${this.#problems()}
      <div class="columns" ?hidden=${isEmpty}>
        <div class="column">${simulationPanel(desk, this.#onPart, this.#onKey)} ${this.#left()}</div>
        <div class="column">${resultsPanel(desk)} ${furtherPanel(desk)}</div>
      </div>
      <div class="dock" ?hidden=${isEmpty} @keydown=${this.#onKey}>${this.#dock()}</div>
      <dnsdrill-inject
        .now=${desk.controller.frame?.now ?? 0}
        .moves=${desk.controller.moves}
        @inject=${({ entry, said }: InjectEvent) => desk.inject(entry, said)}
      ></dnsdrill-inject>
    `;
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.dock);
  }

  #top(): TemplateResult {
    const { controller, betting, mainKnob } = this.desk;
    const { description, shown, rough, computing, behind } = controller;
    const known = betting ? undefined : shown;
    const waiting = this.#isStuck ? 'Nothing to see yet.' : 'Playing the drill …';
    const sentence = known ? recoverySentence(known) : betting ? 'How long, do you think?' : waiting;
    const change = known ? changeSentence(known, behind) : '';
    // Of one length, so that no line is broken anew while it counts.
    const estimate = `Estimate, run at ${Math.round((computing ?? 0) * 100)} % …`;
    return html`<div class="top">
      <div>
        <div class="name">
          <h1>${description?.title ?? titleOf(this.source)}</h1>
          <button type="button" class="plain" @click=${() => this.commands.run('page.about')}>About this drill</button>
        </div>
        <p class="sentence">${sentence}</p>
        <p class="sub">
          ${change ? html`<b>${change}</b>` : nothing} ${description ? `${scaleSentence(description)}.` : nothing}
          ${rough ? estimate : nothing}
        </p>
      </div>
      <div>
        ${mainKnob && !betting ? html`<dnsdrill-knob large .knob=${mainKnob} @turn=${this.#onTurn}></dnsdrill-knob>` : nothing}
        ${this.#presets()}
      </div>
    </div>`;
  }

  #presets(): TemplateResult | typeof nothing {
    const { kept, presets } = this.desk;
    if (presets.length === 0) return nothing;
    return html`<div class="presets" role="group" aria-label="Presets from the scenario">
      ${presets.map(
        ({ name, strategy }) => html`<button
          type="button"
          aria-pressed=${kept.strategy === strategy || kept.strategy === name}
          @click=${() => this.desk.keep({ strategy })}
        >
          ${name}
        </button>`,
      )}
    </div>`;
  }

  /** Whether something keeps the drill from being played. */
  get #isStuck(): boolean {
    const { issues, failure } = this.desk.controller;
    return issues.length > 0 || failure !== '';
  }

  #problems(): TemplateResult | typeof nothing {
    if (!this.#isStuck) return nothing;
    const { issues, failure } = this.desk.controller;
    // What is set on top of a text that cannot be read fails as well, and says nothing new.
    const written = issues.filter(({ place }) => !place?.file.startsWith('--set'));
    const told = written.length > 0 ? written : issues;
    const what = failure ? `The engine stopped: ${failure}` : 'This scenario cannot be played as it is.';
    return html`<div class="problems" role="alert">
      <strong>${what}</strong>
      <ul>
        ${told.slice(0, 8).map(({ message, hint, place }) => {
          const where = place ? `${place.file}:${place.line}: ` : '';
          return html`<li>${where}${message}${hint ? ` (${hint})` : ''}</li>`;
        })}
      </ul>
      <button type="button" @click=${() => this.desk.go('edit')}>Open the editor</button>
    </div>`;
  }

  #left(): TemplateResult {
    const { controller, kept, mainKnob, sets } = this.desk;
    const { description } = controller;
    return html`<aside class="card left" aria-label="Knobs">
      <dnsdrill-knobs
        .knobs=${description?.knobs ?? []}
        .except=${mainKnob?.path ?? ''}
        .clients=${kept.clients}
        .sets=${sets}
        @turn=${this.#onTurn}
        @size=${this.#onSize}
      ></dnsdrill-knobs>
    </aside>`;
  }

  #dock(): TemplateResult {
    const { controller, span, betting } = this.desk;
    const { description, outcome, frame, playing, speed, moving } = controller;
    return html`<dnsdrill-dock
      .description=${description}
      .outcome=${outcome}
      .now=${frame?.now ?? 0}
      .playing=${playing}
      .slow=${frame?.slow ?? false}
      .speed=${speed}
      .moving=${moving}
      .span=${span}
      .secret=${betting}
      .commands=${this.commands}
      @scrub=${({ to, settled }: ScrubEvent) => this.desk.seek(to, settled)}
    ></dnsdrill-dock>`;
  }

  readonly #onKey = (event: KeyboardEvent): void => onRegionKey(event, this.commands);

  readonly #onTurn = ({ knob, value, settled }: TurnEvent): void => this.desk.turn(knob, value, settled);

  readonly #onPart = ({ part }: PartEvent): void => {
    this.desk.pause();
    this.desk.controller.askMoves();
    const status = this.desk.controller.frame?.status.find(({ id }) => id === part.id);
    void this.menu.show(part, status);
  };

  readonly #onSize = ({ change }: SizeEvent): void => {
    if (change.reset) this.desk.asWritten();
    else this.desk.keep({ clients: change.clients });
  };

  readonly #onVisibility = (): void => {
    if (this.active) this.desk.setVisible(!document.hidden);
  };

  /** Opens every table below, or closes them all when all are open. */
  readonly #toggleTables = (): void => {
    const within = (root: ParentNode): HTMLDetailsElement[] => [
      ...root.querySelectorAll<HTMLDetailsElement>('details'),
      ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? within(shadowRoot) : [])),
    ];
    const tables = within(this.renderRoot as ShadowRoot).filter((one) => one.querySelector('table'));
    const open = tables.some((one) => !one.open);
    for (const one of tables) one.open = open;
  };

  /** Without a TTL to turn, the first of all knobs. */
  readonly #toKnob = (): void => {
    const inside = this.renderRoot.querySelector('dnsdrill-knobs')?.shadowRoot;
    const [knob] = [this.renderRoot, inside].flatMap(
      (root) => root?.querySelector<KnobElement>('dnsdrill-knob') ?? [],
    );
    knob?.focus();
  };

  readonly #save = (what: Parameters<typeof saveFile>[0]): void => void saveFile(what, this.desk, this);
}
