/** The middle of Play: components, caches, and why one of them answers what it answers. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PartEvent } from '../topology/topology.ts';
import '../topology/topology.ts';
import { astrayLine } from './astray.ts';
import type { PlayDesk } from './desk.ts';
import { entryText } from './faults.ts';
import type { PickEvent } from './field.ts';
import './field.ts';
import './why.ts';

/** As many places as the engine shows at most. */
const FULL_FIELD = 400;

/** @param onPart opens the menu of a component */
export function simulationPanel(
  desk: PlayDesk,
  onPart: (event: PartEvent) => void,
  onKey: (event: KeyboardEvent) => void,
): TemplateResult {
  const { description, frame, places, playing } = desk.controller;
  return html`<section class="stack sim" tabindex="0" aria-label="Simulation" @keydown=${onKey}>
    <div class="card">
      <div class="title">
        <h2>Caches</h2>
        <p>Point at one to ask why it answers what it answers</p>
      </div>
      <dnsdrill-field
        .frame=${frame}
        .places=${places}
        ?full=${places.length >= FULL_FIELD}
        .chosen=${desk.chosen}
        @pick=${({ place }: PickEvent) => desk.pick(place)}
      ></dnsdrill-field>
      ${astrayLine(desk)} ${whyPanel(desk)}
    </div>
    <div class="card">
      <div class="title">
        <h2>Who talks to whom</h2>
        <p>Point at a component to break or repair it</p>
      </div>
      <dnsdrill-topology
        .topology=${description?.topology}
        .frame=${frame}
        ?moving=${playing}
        @part=${onPart}
      ></dnsdrill-topology>
      ${injectedList(desk)}
    </div>
  </section>`;
}

function injectedList(desk: PlayDesk): TemplateResult | typeof nothing {
  const { injected } = desk.kept;
  if (injected.length === 0) return nothing;
  return html`<ul class="injected" aria-label="Injected faults and repairs">
    ${injected.map(
      (entry, index) => html`<li>
        ${entryText(entry)}
        <button
          type="button"
          class="plain"
          aria-label=${`Take back: ${entryText(entry)}`}
          @click=${() => desk.takeBack(index)}
        >
          ✕
        </button>
      </li>`,
    )}
  </ul>`;
}

function whyPanel(desk: PlayDesk): TemplateResult | typeof nothing {
  const { why, places } = desk.controller;
  if (!why) return nothing;
  return html`<dnsdrill-why
    class="why"
    .why=${why}
    .label=${places[why.place] ?? ''}
    @close=${() => desk.pick(undefined)}
  ></dnsdrill-why>`;
}
