/** The picture of the page that stands in its markup: of the same templates, and of what the engine found. */
import { html, LitElement, nothing } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { describe, expect, it } from 'vitest';
import { OPENING } from '../../web/engine/opening.ts';
import { firstLookAt } from '../../web/play/first-look.ts';
import { recoveryFigure } from '../../web/play/recovery-chart.ts';
import { recoverySentence, scaleSentence } from '../../web/play/sentences.ts';
import { Markup } from '../../web/still/markup.ts';
import { stillPage } from '../../web/still/page.ts';

class Sample extends LitElement {
  static override properties = {
    many: { type: Number },
    loud: { type: Boolean },
    given: { attribute: false },
  };
  declare many: number;
  declare loud: boolean;
  declare given: unknown;

  protected override render(): unknown {
    return this.given ?? `${this.many} ${this.loud}`;
  }
}
customElements.define('dnsdrill-sample', Sample);

const ROOT = '<template shadowrootmode="open"><style> </style>';

/** A template as markup. */
function drawn(given: unknown): string {
  const text = new Markup({}).shadow('dnsdrill-sample', { given });
  expect(text.startsWith(ROOT)).toBe(true);
  return text.slice(ROOT.length, -'</template>'.length);
}

describe('templates as markup', () => {
  it.each([
    [
      html`<p class=${'a b'} title="x ${1} y">${'<b> & "c"'}</p>`,
      '<p class="a b" title="x 1 y">&lt;b&gt; &amp; &quot;c&quot;</p>',
    ],
    [html`<ul>${[1, 2].map((one) => html`<li>${one}</li>`)}</ul>`, '<ul><li>1</li><li>2</li></ul>'],
    [html`<i aria-current=${nothing} ?hidden=${false}>${nothing}${undefined}</i>`, '<i></i>'],
    [html`<i ?hidden=${true}></i>`, '<i hidden=""></i>'],
    [html`<svg><path d=${'M0 0'} /></svg>`, '<svg><path d="M0 0"/></svg>'],
    [html`<div>${unsafeHTML('<em>drawn</em>')}</div>`, '<div><em>drawn</em></div>'],
  ])('%#', (template, expected) => {
    expect(drawn(template)).toBe(expected);
  });

  it('a control does nothing yet, so it is not offered', () => {
    const button = html`<button @click=${() => {}} aria-label=${'Go'}>${'Go'}</button>`;
    expect(drawn(button)).toBe('<button inert aria-label="Go">Go</button>');
    expect(drawn(html`<input type="range" .value=${'7'} />`)).toBe('<input inert type="range" value="7"/>');
    expect(drawn(html`<section tabindex="0">x</section>`)).toBe('<section>x</section>');
  });

  it('what is folded up or hidden is left out', () => {
    expect(drawn(html`<details><summary>More</summary><p>long</p></details>`)).toBe(
      '<details><summary inert>More</summary></details>',
    );
    expect(
      drawn(html`<i><span ?hidden=${true}>long <b>tip</b></span
    >seen</i>`),
    ).toBe('<i><span hidden=""></span>seen</i>');
  });

  it('elements stand under a name that wakes nothing, with their attributes read as they read them', () => {
    expect(drawn(html`<dnsdrill-sample many="3" loud></dnsdrill-sample>`)).toBe(
      `<still-sample many="3" loud="">${ROOT}3 true</template></still-sample>`,
    );
  });

  it('what it does not know it does not guess', () => {
    expect(() => drawn({ strange: true })).toThrow('strange');
    expect(() => new Markup({}).shadow('dnsdrill-absent', {})).toThrow('dnsdrill-absent');
  });
});

describe('the picture of the page', () => {
  const page = stillPage();
  const { outcome, description, frame } = firstLookAt(OPENING)!;

  it('draws the curve of the first look with the figure that the page draws it with', () => {
    const horizon = description.duration - description.faultAt;
    const origin = 'fault' as const;
    const data = { outcome, ghost: undefined, guess: undefined, hidden: false, horizon, origin };
    const [, curve] = /class="curve" d="([^"]+)"/.exec(recoveryFigure(data, 342, 342 * 0.62).svg)!;
    expect(page).toContain(`d="${curve}"`);
  });

  it('says what was found', () => {
    expect(page).toContain(`<p class="sentence">${recoverySentence(outcome)}</p>`);
    expect(page).toContain(`${scaleSentence(description)}.`);
    for (const count of frame.counts) expect(page).toContain(`<b>${count}</b>`);
  });

  it('holds nothing that acts', () => {
    expect(page).not.toMatch(/<script|\son\w+=|dnsdrill-|tabindex="0"/);
    for (const control of ['button', 'input', 'select', 'canvas', 'summary']) {
      expect(page.match(new RegExp(`<${control}(?! inert| tabindex="-1")[\\s>]`, 'g')) ?? []).toEqual([]);
    }
  });
});
