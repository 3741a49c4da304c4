/** The place to rehearse: what of a rehearsal can be done today, and where. */
import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LOOK } from '../share/look.ts';
import { PLACE_FRAME } from '../share/place.ts';
import { GoEvent } from '../shell/events.ts';
import { GUIDE } from '../shell/guide.ts';

@customElement('dnsdrill-rehearse')
export class RehearseElement extends LitElement {
  static override styles = [LOOK, PLACE_FRAME, GUIDE];

  @property({ attribute: false }) accessor active = true;

  protected override render(): TemplateResult {
    return html`<div class="stack">
      <h1>Rehearse</h1>
      <p class="lead">
        Rehearsals with a facilitator, an operator and a score are still to come. A team can rehearse today with Play and
        two people: one breaks, one finds.
      </p>
      <ol class="steps">
        <li><strong>Break.</strong> In Play, point at a server, a resolver or an endpoint and choose a fault. It strikes at the moment shown.</li>
        <li><strong>Find.</strong> Ask a cache why it answers what it answers; follow one request in Trace.</li>
        <li><strong>Repair.</strong> Point at the part again and repair it, or let the fault run for a set time.</li>
        <li><strong>Wind back.</strong> Take the repair back, go to the moment before, and try another one: same draws, other decision.</li>
        <li><strong>Keep.</strong> Share holds the faults, the moment and the result in a link.</li>
      </ol>
      <div class="row">
        <button type="button" class="main" @click=${() => this.dispatchEvent(new GoEvent('play'))}>Rehearse in Play</button>
        <button type="button" @click=${() => this.dispatchEvent(new GoEvent('trace'))}>Follow one request</button>
      </div>
    </div>`;
  }
}
