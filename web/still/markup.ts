/**
 * Lit templates as text, so that the page can be shown before its scripts have come: shadow roots are declared in
 * the markup (HTML, 4.12.3: `shadowrootmode`). Knows what the templates of this page use, and stops at anything else.
 */
import { type CSSResult, nothing, type ReactiveElement, type TemplateResult } from 'lit';
import { escapeXml } from '../../src/report/svg/markup.ts';

/** Elements of the page are called so; their pictures have names of their own, so that no script wakes them. */
const OWN = /\bdnsdrill-/g;
const PICTURED = 'still-';

const OPEN = '\uE000';
const CLOSE = '\uE001';
const HOLE = `${OPEN}(\\d+)${CLOSE}`;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g;
const TAG_OR_HOLE = new RegExp(
  `<([a-z][\\w-]*)((?:\\s+[^\\s"'<>/=]+(?:\\s*=\\s*(?:"[^"]*"|'[^']*'|[^\\s"'<>]+))?)*)\\s*(/?)>|${HOLE}`,
  'g',
);
/** What does nothing without scripts: not to be reached, and not offered to anybody. */
const CONTROLS = new Set(['button', 'input', 'select', 'canvas', 'summary']);
/** What is folded up or hidden is not seen, and a good part of everything. */
const FOLDED = /(<details[^>]*>\s*<summary[\s\S]*?<\/summary>)[\s\S]*?<\/details\s*>/g;
const HIDDEN = /(<span[^>]* hidden="">)[\s\S]*?<\/span\s*>/g;

/** What rendering needs of an element. */
type Rendered = ReactiveElement & {
  willUpdate?(changed: ReadonlyMap<PropertyKey, unknown>): void;
  render(): unknown;
};

/** What is to be known of an element that cannot be read off its template. */
export interface Exception {
  /** Sets what the browser would have told the element: its width, for example. */
  readonly prepare?: (element: HTMLElement) => void;
  /** Puts into the shadow root what the element puts there by itself. */
  readonly complete?: (markup: string, element: HTMLElement) => string;
  /** Looks that hold for the picture alone. */
  readonly style?: string;
  /** Nothing of it is to be seen. */
  readonly unseen?: boolean;
}

export class Markup {
  readonly #exceptions: Readonly<Record<string, Exception>>;

  /** @param exceptions by name of the element */
  constructor(exceptions: Readonly<Record<string, Exception>>) {
    this.#exceptions = exceptions;
  }

  /** The shadow root of an element with these properties, as a `template`. @throws RangeError: no such element */
  shadow(name: string, properties: Readonly<Record<string, unknown>>): string {
    const Class = customElements.get(name);
    if (!Class) throw new RangeError(`no element ${name}`);
    const element = new Class() as Rendered;
    Object.assign(element, { renderRoot: { querySelector: () => null } }, properties);
    const { prepare, complete, style = '' } = this.#exceptions[name] ?? {};
    prepare?.(element);
    element.willUpdate?.(new Map(Object.keys(properties).map((key) => [key, undefined])));
    const inside = this.#text(element.render());
    const looks = `${stylesOf(Class as unknown as typeof ReactiveElement)} ${style}`;
    const whole = `<style>${looks}</style>${complete ? complete(inside, element) : inside}`;
    const short = whole
      .replaceAll(/[ \t\r\n]+/g, ' ')
      .replaceAll(FOLDED, '$1</details>')
      .replaceAll(HIDDEN, '$1</span>');
    return `<template shadowrootmode="open">${short.replaceAll(OWN, PICTURED)}</template>`;
  }

  #text(value: unknown): string {
    if (value === nothing || value === undefined || value === null) return '';
    if (Array.isArray(value)) return value.map((one) => this.#text(one)).join('');
    if (typeof value !== 'object') return escapeXml(String(value));
    if ('strings' in value) return this.#template(value as TemplateResult);
    if ('_$litDirective$' in value) return unsafe(value as unknown as Directive);
    throw new TypeError(`what is ${JSON.stringify(value)} in a template?`);
  }

  #template({ strings, values }: TemplateResult): string {
    const text = strings.map((part, at) => (at === 0 ? part : `${OPEN}${at - 1}${CLOSE}${part}`)).join('');
    return text.replaceAll(
      TAG_OR_HOLE,
      (_, name?: string, attributes?: string, slash?: string, hole?: string) =>
        name === undefined
          ? this.#text(values[Number(hole)])
          : this.#tag(name, attributes ?? '', slash ?? '', values),
    );
  }

  #tag(name: string, attributes: string, slash: string, values: readonly unknown[]): string {
    const Class = customElements.get(name) as unknown as typeof ReactiveElement | undefined;
    const properties: Record<string, unknown> = {};
    let written = CONTROLS.has(name) ? ' inert' : '';
    for (const { kind, key, value } of attributesOf(attributes, values)) {
      if (kind === '@' || value === nothing || value === undefined) continue;
      if (kind === '.') {
        if (Class) properties[key] = value;
        else if (key === 'value') written += attributeText(key, value);
      } else if (kind !== '?' || value) {
        if (Class) Object.assign(properties, propertyOf(Class, key, value));
        if (key !== 'tabindex') written += attributeText(key, kind === '?' ? '' : value);
      }
    }
    const shown = Class && !this.#exceptions[name]?.unseen;
    return `<${name}${written}${slash}>${shown ? this.shadow(name, properties) : ''}`;
  }
}

interface Attribute {
  /** `@` for events, `.` for properties, `?` for what is there or not. */
  readonly kind: string;
  readonly key: string;
  readonly value: unknown;
}

function attributesOf(text: string, values: readonly unknown[]): readonly Attribute[] {
  return [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single, bare]) => {
    const [, kind = '', key = ''] = /^([@.?]?)(.*)$/.exec(name)!;
    const written = double ?? single ?? bare ?? '';
    const whole = new RegExp(`^${HOLE}$`).exec(written);
    if (whole) return { kind, key, value: values[Number(whole[1])] };
    const filled = written.replaceAll(new RegExp(HOLE, 'g'), (_, at) => String(values[Number(at)] ?? ''));
    return { kind, key, value: filled };
  });
}

function attributeText(key: string, value: unknown): string {
  return ` ${key}="${escapeXml(String(value))}"`;
}

/** The property an attribute stands for. */
function propertyOf(Class: typeof ReactiveElement, attribute: string, value: unknown): object {
  for (const [key, { attribute: own, type }] of Class.elementProperties) {
    if (own === false || String(key).toLowerCase() !== attribute) continue;
    return { [key]: type === Boolean ? true : type === Number ? Number(value) : value };
  }
  return {};
}

function stylesOf(Class: typeof ReactiveElement): string {
  return Class.elementStyles.map((style) => (style as CSSResult).cssText).join(' ');
}

interface Directive {
  readonly _$litDirective$: { readonly directiveName?: string };
  readonly values: readonly unknown[];
}

/** Markup of our own drawing. */
function unsafe({ _$litDirective$: { directiveName }, values }: Directive): string {
  if (directiveName === 'unsafeHTML') return String(values[0]);
  throw new TypeError(`the directive ${directiveName} has no picture`);
}
