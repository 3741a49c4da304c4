/** The page around its places: the bar at the top, the address, commands, what is said to screen readers. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { ChangeEvent, ShareEvent, Source, StateEvent, ViewState } from '../share/contract.ts';
import { type AnnounceEvent, Announcer } from './announcer.ts';
import { arrive, opensDemo } from './arrival.ts';
import type { ChooseEvent } from './bar.ts';
import './bar.ts';
import { Commands } from './commands.ts';
import { DEMO, packSource, type ShippedDrill, seedOf, shippedDrills, titleOf } from './drill.ts';
import type { FoundEvent, GoEvent, SetsEvent } from './events.ts';
import { hearPalette } from './keys.ts';
import { pageCommands } from './page-commands.ts';
import './place.ts';
import { placeOf } from './places.ts';
import {
  applySize,
  applyTheme,
  nextSize,
  nextTheme,
  readSize,
  readTheme,
  SIZE_TEXT,
  type Size,
  THEME_TEXT,
  type Theme,
} from './preferences.ts';
import { formatRoute, parseRoute, type Route, type View } from './route.ts';
import { BASE, BUTTONS, SHELL } from './styles.ts';
import { Windows } from './windows.ts';

/** Typing stops this long before the address takes the new text. */
const PACK_DELAY_MILLISECONDS = 400;
const LIST_DELAY_MILLISECONDS = 600;

@customElement('dnsdrill-shell')
export class ShellElement extends LitElement {
  static override styles = [BASE, BUTTONS, SHELL];

  @state() accessor route: Route = parseRoute(location.hash);
  /** What is played; undefined until the scenario an address asks for has come. */
  @state() accessor source: Source | undefined = opensDemo(this.route) ? DEMO : undefined;
  @state() accessor drills: readonly ShippedDrill[] = [];
  @state() accessor theme: Theme = readTheme();
  @state() accessor problem = '';
  @state() accessor spoken = '';

  readonly commands: Commands = new Commands();
  readonly #ownCommands = pageCommands({
    go: (view) => this.#go(view),
    windows: () => this.#windows,
    share: () => void this.#share(this.route.state),
    source: () => this.source,
    nextTheme: () => this.#nextTheme(),
    nextSize: () => this.#nextSize(),
    roll: () => this.#roll(),
    lock: () => this.#lock(),
    isLocked: () => this.route.locked,
  });
  #size: Size = readSize();
  /** Everything Play has set, for places without knobs of their own. */
  #played: readonly string[] | undefined;
  /** Settings that repeat in a terminal what Play shows; undefined while that is being worked out. */
  #repeat: readonly string[] | undefined;
  /** What each view has come to, in a sentence. */
  readonly #found: Map<View, string> = new Map();
  /** State of each view while another is shown. */
  readonly #states: Map<View, ViewState> = new Map();
  readonly #announcer: Announcer = new Announcer((text) => {
    this.spoken = text;
  });
  #packTimer = 0;
  #opening = 0;
  #stopHearing: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    applyTheme(this.theme);
    applySize(this.#size);
    this.commands.add(this.#ownCommands);
    this.#stopHearing = hearPalette(this.commands);
    addEventListener('popstate', this.#onAddress);
    this.#onAddress();
    // The list of drills can wait until the first one is on its way.
    window.setTimeout(() => void this.#list(), LIST_DELAY_MILLISECONDS);
    if (this.route.command !== undefined) this.commands.runWhenReady(this.route.command);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('popstate', this.#onAddress);
    this.#stopHearing();
  }

  protected override render(): TemplateResult {
    const { route, source, commands } = this;
    return html`
      <nav aria-label="Short cut">
        <a class="skip button" href="#main" @click=${this.#skip}>Skip to ${placeOf(route.view).title}</a>
      </nav>
      <dnsdrill-bar
        .route=${route}
        .source=${source}
        .drills=${this.drills}
        .commands=${commands}
        .theme=${this.theme}
        .hrefOf=${(view: View) => formatRoute(this.#routeTo(view))}
        @choose=${this.#choose}
      ></dnsdrill-bar>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <main
        id="main"
        tabindex="-1"
        @dnsdrill-change=${this.#onChange}
        @dnsdrill-state=${({ state: kept }: StateEvent) => this.#change({ state: kept })}
        @dnsdrill-sets=${this.#onSets}
        @dnsdrill-found=${this.#onFound}
        @dnsdrill-share=${({ state: kept }: ShareEvent) => void this.#share(kept)}
        @dnsdrill-go=${({ view }: GoEvent) => this.#go(view)}
        @dnsdrill-announce=${({ text }: AnnounceEvent) => this.#announcer.say(text)}
      >
        ${source ? this.#place(source) : nothing}
      </main>
      <p class="visually-hidden" role="status">${this.spoken}</p>
      <dnsdrill-palette .commands=${commands}></dnsdrill-palette>
      <dnsdrill-help .commands=${commands}></dnsdrill-help>
      <dnsdrill-about></dnsdrill-about>
      <dnsdrill-hand-over
        .commands=${commands}
        .finding=${this.#found.get(route.view) ?? ''}
        @dnsdrill-announce=${({ text }: AnnounceEvent) => this.#announcer.say(text)}
      ></dnsdrill-hand-over>
    `;
  }

  #place(source: Source): TemplateResult {
    const { view, seed, state: kept } = this.route;
    return html`<dnsdrill-place
      .view=${view}
      .source=${source}
      .sets=${this.#setsFor(view)}
      .seed=${seed}
      .state=${kept}
      .commands=${this.commands}
    ></dnsdrill-place>`;
  }

  protected override updated(): void {
    const { source, route } = this;
    document.title = `${placeOf(route.view).title}${source ? `: ${titleOf(source)}` : ''} – dnsdrill`;
  }

  #setsFor(view: View): readonly string[] {
    return view === 'play' || view === 'edit' ? this.route.sets : (this.#played ?? this.route.sets);
  }

  #routeTo(view: View): Route {
    const { command: _, ...route } = this.route;
    return { ...route, view, state: view === route.view ? route.state : (this.#states.get(view) ?? {}) };
  }

  #go(view: View): void {
    if (view === this.route.view) return;
    this.#states.set(this.route.view, this.route.state);
    this.route = this.#routeTo(view);
    history.pushState(null, '', formatRoute(this.route));
    this.#announcer.say(placeOf(view).title);
  }

  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>('main')!.focus();
  };

  /** Changes the route in place: the back button is for views and scenarios. */
  #change(change: { readonly [K in keyof Route]?: Route[K] | undefined }): void {
    const { command: _, ...merged } = { ...this.route, ...change };
    const known = Object.entries(merged).filter(([, value]) => value !== undefined);
    this.route = Object.fromEntries(known) as unknown as Route;
    history.replaceState(null, '', formatRoute(this.route));
  }

  readonly #onAddress = (): void => {
    void this.#open(parseRoute(location.hash));
  };

  async #list(): Promise<void> {
    try {
      this.drills = await shippedDrills();
    } catch {
      this.problem = 'The list of scenarios could not be loaded. Is the page still there?';
    }
  }

  /** Shows what an address asks for; the latest address wins. */
  async #open(route: Route): Promise<void> {
    this.#opening += 1;
    const opening = this.#opening;
    const arrival = await arrive(route);
    if (opening !== this.#opening) return;
    this.problem = arrival.problem;
    this.source = arrival.source;
    this.route = arrival.route;
    if (arrival.unpacked) await this.#pack();
  }

  readonly #choose = async ({ file }: ChooseEvent): Promise<void> => {
    const { view, locked, seed } = this.route;
    this.#states.clear();
    this.#found.clear();
    this.#played = undefined;
    const kept = locked && seed !== undefined ? { seed } : {};
    const route: Route = { view, drill: file, sets: [], locked, ...kept, state: {} };
    history.pushState(null, '', formatRoute(route));
    await this.#open(route);
    if (this.source) this.#announcer.say(`Scenario: ${titleOf(this.source)}`);
  };

  #roll(): void {
    const seed = 1 + (crypto.getRandomValues(new Uint32Array(1))[0]! % 9999);
    this.#change({ seed });
    this.#announcer.say(`Seed ${seed}`);
  }

  #lock(): void {
    const locked = !this.route.locked;
    this.#change({ locked, seed: this.route.seed ?? seedOf(this.source?.text ?? '') });
    this.#announcer.say(locked ? 'Seed locked' : 'Seed unlocked');
  }

  #nextTheme(): void {
    this.theme = nextTheme(this.theme);
    applyTheme(this.theme);
    this.#announcer.say(`Theme: ${THEME_TEXT[this.theme]}`);
  }

  #nextSize(): void {
    this.#size = nextSize(this.#size);
    applySize(this.#size);
    this.#announcer.say(`Size: ${SIZE_TEXT[this.#size]}`);
  }

  readonly #onChange = ({ source }: ChangeEvent): void => {
    this.source = source;
    this.#played = undefined;
    clearTimeout(this.#packTimer);
    this.#packTimer = window.setTimeout(() => void this.#pack(), PACK_DELAY_MILLISECONDS);
  };

  /** Puts the scenario into the address: by name while it is one that ships, else whole. */
  async #pack(): Promise<void> {
    const { source } = this;
    if (!source) return;
    const original = this.drills.find(({ file, text }) => file === source.file && text === source.text);
    if (original) return this.#change({ drill: original.file, link: undefined });
    const link = await packSource(source, this.route.view);
    if (source === this.source) this.#change({ link, drill: undefined });
  }

  readonly #onSets = ({ sets, played, repeat }: SetsEvent): void => {
    this.#played = played ?? this.#played;
    this.#repeat = repeat;
    if (!sets) return;
    this.#found.delete('play');
    this.#change({ sets });
  };

  readonly #onFound = ({ sentence }: FoundEvent): void => {
    this.#found.set(this.route.view, sentence);
    this.requestUpdate();
  };

  async #share(kept: ViewState): Promise<void> {
    const { view, sets, seed } = this.route;
    if (!this.source) return;
    const { file, text, files } = this.source;
    const shared = { view, file, text, files, sets, state: kept, ...(seed === undefined ? {} : { seed }) };
    const repeat = view === 'play' ? this.#repeat : undefined;
    await this.#windows.share(shared, repeat);
  }

  get #windows(): Windows {
    return new Windows(this.renderRoot);
  }
}
