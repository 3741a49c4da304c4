/**
 * One place of the page by itself, without the shell: `?place=compare&file=failover-ttl.yaml`. Keeps what a shell
 * keeps, and shows it to tests as `window.stage`.
 */
import type { ChangeEvent, ShareEvent, Source, StateEvent } from '../../../web/share/contract.ts';
import { SHIPPED, SHIPPED_FILES } from '../../../web/shipped.ts';

const PLACES: Readonly<Record<string, () => Promise<unknown>>> = {
  edit: () => import('../../../web/edit/element.ts'),
  compare: () => import('../../../web/compare/element.ts'),
  trace: () => import('../../../web/trace/element.ts'),
};

interface Place extends HTMLElement {
  source: Source;
  sets: readonly string[];
  seed: number | undefined;
}

interface Stage {
  source?: Source;
  state?: unknown;
  shared?: unknown;
}

const stage: Stage = {};
(window as unknown as { stage: Stage }).stage = stage;

const wanted = new URLSearchParams(location.search);
const name = wanted.get('place') ?? 'edit';
const file = wanted.get('file') ?? 'failover-ttl.yaml';
await PLACES[name]!();
const place = document.createElement(`dnsdrill-${name}`) as Place;
const text = wanted.get('text') ?? SHIPPED.find((scenario) => scenario.file === file)?.text ?? '';
place.source = { file, text, files: SHIPPED_FILES };
place.sets = wanted.getAll('set');
place.addEventListener('dnsdrill-change', (event) => {
  stage.source = (event as ChangeEvent).source;
  place.source = stage.source;
});
place.addEventListener('dnsdrill-state', (event) => {
  stage.state = (event as StateEvent).state;
});
place.addEventListener('dnsdrill-share', (event) => {
  stage.shared = (event as ShareEvent).state;
});
document.querySelector('main')!.append(place);
