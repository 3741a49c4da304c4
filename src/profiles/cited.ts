/** A value together with where it comes from. Every default that ships is one of these. */
export type Confidence = 'source' | 'documentation' | 'measured' | 'assumption';

export interface Cited<T> {
  readonly value: T;
  /** RFC section, vendor page, source file or measurement. */
  readonly source: string;
  readonly confidence: Confidence;
}

export function cited<T>(value: T, confidence: Confidence, source: string): Cited<T> {
  return { value, source, confidence };
}
