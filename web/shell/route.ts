/**
 * The address of the page: everything a view needs stands in the fragment, which never leaves the browser.
 *
 * `#/play?drill=failover-ttl.yaml&set=duration%3D2h&seed=7&at=1790`. A scenario that does not ship with dnsdrill
 * stands in `link` whole. Whatever a view wants to find again has names of its own beside the known ones.
 */
import type { ViewState } from '../share/contract.ts';

export const VIEWS = ['learn', 'play', 'compare', 'trace', 'rehearse', 'edit'] as const;
export type View = (typeof VIEWS)[number];

export interface Route {
  readonly view: View;
  /** File name of a shipped scenario. */
  readonly drill?: string;
  /** A whole scenario, as `web/share/codec.ts` writes it. */
  readonly link?: string;
  /** `path=value`, in order. */
  readonly sets: readonly string[];
  readonly seed?: number;
  /** The seed stays when the scenario changes. */
  readonly locked: boolean;
  /** What the view wants to find again. */
  readonly state: ViewState;
  /** A command to be run once the page has come up. */
  readonly command?: string;
}

const RESERVED = new Set(['drill', 'link', 'set', 'seed', 'lock', 'do']);

/** Reads a fragment, with or without `#`. What makes no sense is left out. */
export function parseRoute(fragment: string): Route {
  const [path = '', query = ''] = fragment.replace(/^#?\/?/, '').split(/\?(.*)/s);
  const fields = new URLSearchParams(query);
  const seed = fields.get('seed');
  const [drill, link, command] = ['drill', 'link', 'do'].map((name) => fields.get(name));
  return {
    view: VIEWS.find((view) => view === path) ?? 'play',
    ...(drill ? { drill } : {}),
    ...(link ? { link } : {}),
    sets: fields.getAll('set'),
    ...(seed !== null && /^\d{1,15}$/.test(seed) ? { seed: Number(seed) } : {}),
    locked: fields.get('lock') === '1',
    state: Object.fromEntries(
      [...fields].filter(([name]) => !RESERVED.has(name)).map(([name, value]) => [name, plain(value)]),
    ),
    ...(command ? { command } : {}),
  };
}

function plain(text: string): string | number {
  return /^-?\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) : text;
}

/** The fragment of a route, with `#`. */
export function formatRoute(route: Route): string {
  const { view, drill, link, sets, seed, locked, state, command } = route;
  const fields = new URLSearchParams();
  if (link !== undefined) fields.set('link', link);
  else if (drill !== undefined) fields.set('drill', drill);
  for (const set of sets) fields.append('set', set);
  if (seed !== undefined) fields.set('seed', String(seed));
  if (locked) fields.set('lock', '1');
  for (const [name, value] of Object.entries(state)) {
    if (!RESERVED.has(name)) fields.set(name, String(value));
  }
  if (command !== undefined) fields.set('do', command);
  const query = fields.toString();
  return query === '' ? `#/${view}` : `#/${view}?${query}`;
}
