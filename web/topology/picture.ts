/**
 * The topology as an SVG picture: from parts, their status and the flow between them to a string. Needs no document.
 *
 * Parts are buttons: each has a name that says what it is and how it stands. State shows by colour, glyph and
 * text; flow by the width of a line and, where motion is welcome, by dashes that move.
 */
import type { Level, PartStatus } from '../../src/experiment/session/status.ts';
import type { Link, Part, Topology } from '../../src/experiment/session/topology.ts';
import { formatCount } from '../../src/report/numbers.ts';
import { element, escapeXml, textElement } from '../../src/report/svg/markup.ts';
import type { Flow } from '../engine/session-messages.ts';
import { gather, membersOf } from './groups.ts';
import { DETAIL_SIZE, NAME_LEFT, NAME_SIZE, shortName } from './items.ts';
import { type Box, type Layout, layOut } from './layout.ts';
import { hubsOf, linkPath, type Point } from './links.ts';
import { fitted, textWidth } from './text-width.ts';

export interface PictureState {
  readonly status: readonly PartStatus[];
  readonly flows: readonly Flow[];
  /** Share of the caches looked at that lead to each endpoint, by index. */
  readonly towards: readonly number[];
}

export interface Picture {
  readonly svg: string;
  /** Parts and links as they stand there, some of them for several. */
  readonly shown: Topology;
  readonly title: string;
  /** One sentence. */
  readonly finding: string;
  readonly table: readonly (readonly string[])[];
}

/** Glyph of a level, so that colour is never alone. */
export const LEVEL_GLYPH: Readonly<Record<Level, string>> = {
  works: '✓',
  affected: '△',
  impaired: '◐',
  lies: '!',
  failed: '✕',
};

const KIND_TEXT: Readonly<Record<Part['kind'], string>> = {
  clients: 'clients',
  resolver: 'resolver',
  root: 'root servers',
  tld: 'top-level domain',
  provider: 'provider',
  server: 'name server',
  endpoint: 'endpoint',
  checker: 'health checker',
};

const NOBODY: ReadonlySet<string> = new Set();

/**
 * @param width in pixels; the height follows
 * @param apart ids of parts that stand one by one, however many are like them
 */
export function drawTopology(
  topology: Topology,
  state: PictureState,
  width: number,
  apart: ReadonlySet<string> = NOBODY,
): Picture {
  const shown = gather(topology, apart);
  const layout = layOut(shown, width);
  const title = 'Who talks to whom';
  const hubs = hubsOf(shown, layout);
  const links = shown.links.flatMap((link) => drawLink(link, { layout, hubs }, shown, state));
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${layout.width} ${layout.height}`,
      width: layout.width,
      height: layout.height,
      role: 'group',
      'aria-label': title,
    },
    element('g', { class: 'links', 'aria-hidden': 'true' }, ...links),
    ...layout.boxes.map((box) => drawPart(box, state)),
  );
  return { svg, shown, title, finding: findingOf(topology, state), table: tableOf(topology, state) };
}

/** Parts that something is special about: they do not work, or caches lead to them. */
export function remarkable({ parts }: Topology, state: PictureState): readonly string[] {
  const isSpecial = (part: Part): boolean =>
    statusOf(part, state).level !== 'works' ||
    (part.kind === 'endpoint' && (state.towards[part.index] ?? 0) > 0);
  return parts.filter(isSpecial).map(({ id }) => id);
}

/** From these shares of failing requests on, clients count as impaired, and as cut off. */
const SOME_FAIL = 0.01;
const MOST_FAIL = 0.5;

/** How a part stands: clients by what they experience, everything else by what is known of it. */
export function statusOf(part: Part, state: PictureState): PartStatus {
  const { id } = part;
  const { status, flows } = state;
  const [member, ...others] = membersOf(part);
  // Whoever is unlike the others stands apart.
  if (others.length > 0) return { ...statusOf(member!, state), id };
  const known = status.find((one) => one.id === id) ?? { id, level: 'works', text: '' };
  const failing = flows.find((flow) => flow.id === id)?.failing ?? 0;
  if (failing < SOME_FAIL) return known;
  const level = failing >= MOST_FAIL ? 'failed' : 'impaired';
  return { ...known, level, text: `${Math.round(failing * 100)} % of requests fail` };
}

/** What a part is called aloud. */
export function nameOf(part: Part, { text, cause }: PartStatus): string {
  const name = part.kind === 'checker' ? part.name : `${KIND_TEXT[part.kind]} ${part.name}`;
  return [name, part.detail, cause ? `${text} (${cause})` : text].filter((piece) => piece !== '').join(', ');
}

const HIDDEN = { 'aria-hidden': 'true' } as const;

/** Between a name and what stands beside it, pixels. */
const BETWEEN = 7;

function drawPart(box: Box, state: PictureState): string {
  const { part, x, y, width, height } = box;
  const status = statusOf(part, state);
  const small = height < 30;
  const line = statusLine(part, status, state);
  const name = fitted(shortName(part), NAME_SIZE, width - NAME_LEFT - 5);
  const after = width - NAME_LEFT - textWidth(name, NAME_SIZE) - BETWEEN - 5;
  const whole = textWidth(line, DETAIL_SIZE) <= after;
  const texts = small
    ? oneLine(name, whole ? line : '')
    : textElement({ class: 'name', ...HIDDEN, x: NAME_LEFT, y: 20 }, name) +
      textElement({ class: 'detail', ...HIDDEN, x: 11, y: 36 }, fitted(line, DETAIL_SIZE, width - 18));
  return element(
    'g',
    {
      class: `part ${part.kind} ${status.level}`,
      'data-part': part.id,
      role: 'button',
      tabindex: 0,
      'aria-haspopup': 'dialog',
      transform: `translate(${x} ${y})`,
    },
    // Its title is its name: what stands in the box is shorter, and changes all the time.
    element('title', {}, escapeXml(nameOf(part, status))),
    element('rect', { class: 'box', width, height, rx: 7 }),
    element('circle', { class: 'lamp', cx: 15, cy: small ? 13 : 16, r: 8 }),
    textElement(
      { class: 'glyph', ...HIDDEN, x: 15, y: small ? 17 : 20, 'text-anchor': 'middle' },
      LEVEL_GLYPH[status.level],
    ),
    texts,
  );
}

/** What stands second follows what stands first, however wide that comes out. */
function oneLine(name: string, detail: string): string {
  return element(
    'text',
    { ...HIDDEN, x: NAME_LEFT, y: 17.5 },
    element('tspan', { class: 'name' }, escapeXml(name)),
    element('tspan', { class: 'detail', dx: BETWEEN }, escapeXml(detail)),
  );
}

/** The second line: trouble first, else how much is going on. */
function statusLine(part: Part, { level, text }: PartStatus, { flows }: PictureState): string {
  const flow = flowThrough(part, flows);
  if (part.kind === 'clients' && level !== 'works') return text.replace(' of requests', '');
  if (part.kind === 'checker') return text.replace('says ', '');
  if (level !== 'works') return text;
  if (flow !== undefined) return `${formatCount(flow)}/s`;
  // An endpoint without a name of its own is called by its address.
  return part.detail === part.name ? KIND_TEXT[part.kind] : part.detail;
}

/** Represented units per second, where they are counted. */
function flowThrough(part: Part, flows: readonly Flow[]): number | undefined {
  const ids = new Set(membersOf(part).map(({ id }) => id));
  const found = flows.filter(({ id }) => ids.has(id));
  return found.length === 0 ? undefined : found.reduce((sum, { perSecond }) => sum + perSecond, 0);
}

interface Ways {
  readonly layout: Layout;
  readonly hubs: ReadonlyMap<number, Point>;
}

function drawLink(
  link: Link,
  { layout, hubs }: Ways,
  topology: Topology,
  state: PictureState,
): readonly string[] {
  const path = linkPath(link, layout, topology, hubs);
  if (path === undefined) return [];
  const flow = flowOf(link, topology, state);
  const broken = [link.from, link.to].some((id) => levelOf(id, topology, state) === 'failed');
  const classes = `${link.kind} ${broken ? 'broken' : ''}`.trim();
  const key = `${link.from}>${link.to}`;
  const base = element('path', { class: `way ${classes}`, d: path });
  if (link.kind === 'names' || link.kind === 'tells' || link.kind === 'checks') return [base];
  const attributes = { class: `flow ${classes}`, d: path, 'data-flow': key, ...lookOf(flow) };
  return [base, element('path', attributes)];
}

function levelOf(wanted: string, { parts }: Topology, { status }: PictureState): Level | undefined {
  const part = parts.find(({ id }) => id === wanted);
  const [first] = part ? membersOf(part) : [];
  return status.find(({ id }) => id === first?.id)?.level;
}

/** Width and pace of a flow, and nothing where nothing flows. */
export function lookOf(perSecond: number): { readonly 'stroke-width': number; readonly style: string } {
  if (!(perSecond > 0)) return { 'stroke-width': 0, style: 'visibility:hidden' };
  const size = Math.log10(1 + perSecond);
  const seconds = Math.max(0.35, 2.4 - 0.4 * size);
  return { 'stroke-width': Math.min(7, 1 + 0.8 * size), style: `animation-duration:${seconds.toFixed(2)}s` };
}

/** Represented units per second along a link; what is known of its ends is shared out evenly. */
export function flowOf({ from, to, kind }: Link, { links, parts }: Topology, state: PictureState): number {
  const partOf = (wanted: string): Part => parts.find(({ id }) => id === wanted)!;
  const through = (id: string): number => flowThrough(partOf(id), state.flows) ?? 0;
  if (kind === 'uses') {
    const all = state.towards.reduce((sum, count) => sum + count, 0);
    const there = membersOf(partOf(to)).reduce((sum, { index }) => sum + (state.towards[index] ?? 0), 0);
    return all === 0 ? 0 : (through(from) * there) / all;
  }
  if (kind !== 'asks') return 0;
  const askers = links.filter((link) => link.kind === 'asks' && link.to === to).length;
  return through(to) / askers;
}

function findingOf({ parts }: Topology, state: PictureState): string {
  const ill = parts.filter((part) => statusOf(part, state).level !== 'works');
  const down = ill.filter((part) => statusOf(part, state).level !== 'affected');
  if (ill.length === 0) return 'Everything works.';
  const names = down.map((part) => `${part.name} (${statusOf(part, state).text})`);
  const affected = ill.length - down.length;
  const others = affected === 0 ? '' : `; ${affected} part${affected === 1 ? '' : 's'} affected by it`;
  return down.length === 0
    ? `${ill.length} parts are still affected.`
    : `Not working: ${names.join(', ')}${others}.`;
}

function tableOf({ parts }: Topology, state: PictureState): readonly (readonly string[])[] {
  return parts.map((part) => {
    const flow = state.flows.find(({ id }) => id === part.id);
    const { text } = statusOf(part, state);
    return [
      KIND_TEXT[part.kind],
      part.name,
      part.detail,
      text,
      flow ? `${formatCount(flow.perSecond)}/s` : '',
    ];
  });
}
