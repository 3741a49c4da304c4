/** A value together with where it comes from. Every default that ships is one of these. */
export type Confidence = 'source' | 'documentation' | 'measured' | 'assumption';

export interface Cited<T> {
  readonly value: T;
  /** RFC section, vendor page, source file or measurement. */
  readonly source: string;
  readonly confidence: Confidence;
}

/** What each confidence means, for people. */
export const CONFIDENCE_MEANINGS: Readonly<Record<Confidence, string>> = {
  source: 'read in source code, a shipped configuration or an RFC',
  documentation: 'stated by the vendor',
  measured: 'observed by somebody from outside',
  assumption: 'nobody says; chosen here, to be varied where it matters',
};

export function cited<T>(value: T, confidence: Confidence, source: string): Cited<T> {
  return { value, source, confidence };
}
