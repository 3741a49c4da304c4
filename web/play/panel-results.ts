/** The right of Play: how long users wait, what it costs them, and what it costs the authoritative servers. */
import { html, nothing, type TemplateResult } from 'lit';
import type { SessionOutcome } from '../../src/experiment/session/outcome.ts';
import { formatCount, formatMoney, formatRate, formatShare, formatSum } from '../../src/report/numbers.ts';
import '../shell/word.ts';
import type { View } from '../shell/route.ts';
import type { BetEvent } from './bet.ts';
import './bet.ts';
import type { PlayDesk } from './desk.ts';
import { dataTable } from './figure.ts';
import './figure.ts';
import { loadFigure, meanLoad } from './load-chart.ts';
import { type Figure, recoveryFigure } from './recovery-chart.ts';
import { originOf } from './sentences.ts';
import { timelineData, timelineFigure } from './timeline-chart.ts';

const DOORS: readonly (readonly [View, string])[] = [
  ['compare', 'Compare strategies'],
  ['trace', 'Follow one request'],
  ['rehearse', 'Rehearse a failover'],
  ['learn', 'Learn how it works'],
];

export function resultsPanel(desk: PlayDesk): TemplateResult {
  return html`<section class="stack results" aria-label="Results">
    <div class="card">
      <dnsdrill-figure .draw=${(width: number) => drawRecovery(desk, width)}
        ><dnsdrill-bet
          .knob=${desk.mainKnob}
          .bet=${desk.bet}
          .truth=${desk.truth}
          .horizon=${desk.horizon}
          @bet=${(event: BetEvent) => desk.onBet(event)}
        ></dnsdrill-bet
      ></dnsdrill-figure>
    </div>
    ${numbers(desk)} ${causes(desk)}
  </section>`;
}

/** Below everything: the run as a list, and where to go from here. */
export function furtherPanel(desk: PlayDesk): TemplateResult {
  return html`<section class="stack further" aria-label="Further">
    ${events(desk)}
    <nav class="doors" aria-label="Where to go from here">
      ${DOORS.map(
        ([view, text]) => html`<button type="button" @click=${() => desk.go(view)}>
          ${text}<span aria-hidden="true">→</span>
        </button>`,
      )}
    </nav>
  </section>`;
}

/** The curve of recovery as it stands: with the curve before, and with a bet. */
export function drawRecovery(desk: PlayDesk, width: number): Figure {
  const { shown, behind, outcome, description } = desk.controller;
  const { betting, bet, horizon } = desk;
  const data = {
    outcome: shown,
    ghost: betting ? outcome : behind,
    guess: bet?.guess,
    hidden: betting,
    horizon,
    origin: originOf(description ?? { marks: [] }),
  };
  return recoveryFigure(data, width, Math.max(190, Math.min(250, width * 0.62)));
}

function numbers(desk: PlayDesk): TemplateResult | typeof nothing {
  const { shown, behind, frame } = desk.controller;
  if (!shown || desk.betting) return nothing;
  const before = (text: string | undefined): TemplateResult | string => (text ? `before ${text}` : '');
  const lost = formatCount(shown.result.overall.userMinutesLost.mean);
  const lostBefore = behind && formatCount(behind.result.overall.userMinutesLost.mean);
  return html`<div class="numbers">
    <div class="card number">
      <h3><dnsdrill-word name="user-minutes" label="User-minutes lost"></dnsdrill-word></h3>
      <b>${lost}</b>
      <small>${before(lostBefore)}</small>
      <small>${frame ? `${formatCount(frame.lostUserMinutes)} up to this moment` : ''}</small>
    </div>
    <div class="card number">
      <h3><dnsdrill-word name="authoritative server" label="Load on the servers"></dnsdrill-word></h3>
      <b>${formatRate(meanLoad(shown))}</b>
      <small>${before(behind && formatRate(meanLoad(behind)))}</small>
      <dnsdrill-figure
        quiet
        .draw=${(width: number) => loadFigure(shown, behind, width, 48)}
      ></dnsdrill-figure>
    </div>
    ${costCard(shown, behind)}
  </div>`;
}

/** By the price lists of the providers, where there are any. */
function costCard(
  { result: { cost } }: SessionOutcome,
  behind: SessionOutcome | undefined,
): TemplateResult | typeof nothing {
  // Servers of one's own have no price list.
  if (!cost || (cost.month.mean === 0 && !cost.complete)) return nothing;
  const sum = ({ month, complete }: NonNullable<typeof cost>): string =>
    `${formatSum(month.mean, complete)} USD`;
  const before = behind?.result.cost;
  const outage =
    (cost.outage?.mean ?? 0) > 0 ? `the drilled faults add ${formatMoney(cost.outage!.mean)} USD` : '';
  return html`<div class="card number wide">
    <h3><dnsdrill-word name="cost a month" label="DNS a month, by price lists"></dnsdrill-word></h3>
    <b>${sum(cost)}</b>
    <small>${[before ? `before ${sum(before)}` : '', outage].filter((text) => text !== '').join('; ')}</small>
  </div>`;
}

/** Causes below this share of the harm are left to the report. */
const NOTABLE = 0.01;
const CAUSES_AT_MOST = 3;

function causes(desk: PlayDesk): TemplateResult | typeof nothing {
  const { shown } = desk.controller;
  const notable = (shown?.result.overall.causes ?? []).filter(({ share }) => share >= NOTABLE);
  if (notable.length === 0 || desk.betting) return nothing;
  return html`<div class="card">
    <h3>What broke requests</h3>
    <ul class="causes">
      ${notable.slice(0, CAUSES_AT_MOST).map(
        ({ text, share }) => html`<li>
          <span class="bar" style=${`--share:${share}`} aria-hidden="true"></span><b>${formatShare(share)}</b>${text}
        </li>`,
      )}
    </ul>
  </div>`;
}

function events(desk: PlayDesk): TemplateResult | typeof nothing {
  const figure = wholeTimeline(desk, 600);
  if (!figure) return nothing;
  return html`<div class="card">
    <h3>What happens when</h3>
    <p class="finding">${figure.finding}</p>
    ${dataTable({ ...figure, title: 'What happens when' })}
  </div>`;
}

/** The timeline of the whole run, for its table and as a file. */
export function wholeTimeline({ controller, betting }: PlayDesk, width: number): Figure | undefined {
  const { description, outcome } = controller;
  if (!description) return undefined;
  const span = { from: 0, to: description.duration };
  return timelineFigure(timelineData(description, betting ? undefined : outcome, span), width, 160);
}
