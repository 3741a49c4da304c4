/** What every section of the text report is given. */
import type { Measure } from '../../measure/definitions.ts';
import type { Style } from '../style.ts';

export interface SectionContext {
  readonly style: Style;
  readonly durationSeconds: number;
  /** Sections name the measures they show, so that the footnotes define those and no others. */
  readonly shown: Set<Measure>;
}

/** A heading line with an aside. */
export function heading(context: SectionContext, title: string, aside = ''): string {
  return context.style.heading(title) + (aside === '' ? '' : `  ${context.style.dim(aside)}`);
}
