/** Scalars of the schema: one description, one parser, one message for editors, help and reader alike. */
import { z } from 'zod';
import type { Cited } from '../../profiles/cited.ts';
import { type Kind, Problem } from '../kinds.ts';

export interface FieldNotes<T> {
  readonly example?: unknown;
  readonly fallback?: Cited<T>;
}

/** A scalar of a kind. @param about one sentence for people */
export function field<T>(kind: Kind<T>, about: string, notes: FieldNotes<T> = {}): z.ZodType<T> {
  const parsed = z.unknown().transform((raw, context): T => {
    const value = raw === undefined ? new Problem('scenario-missing', 'a value is missing') : kind.read(raw);
    if (!(value instanceof Problem)) return value;
    const { code, message, hint } = value;
    context.issues.push({ code: 'custom', message, params: { code, hint }, input: raw });
    return z.NEVER;
  });
  const { example, fallback } = notes;
  return parsed.meta({
    ...kind.json,
    description: fallback ? `${about} Default ${kind.show(fallback.value)}: ${fallback.source}.` : about,
    ...(example === undefined ? {} : { 'x-example': example }),
    ...(fallback === undefined ? {} : { 'x-default': defaultFor(kind, fallback.value) }),
  });
}

/** Numbers and flags as such, everything else as it is written. */
function defaultFor<T>(kind: Kind<T>, value: T): unknown {
  const shown = kind.show(value);
  return String(value) === shown ? value : shown;
}

/** A rule between several keys. @returns what is wrong, and the key to blame; `undefined` when all is well */
export type Rule<T> = (value: T) => RuleBreach | undefined;

export interface RuleBreach {
  readonly code: string;
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly hint?: string;
}

/** Adds rules to a schema; they run once the value itself is well formed. */
export function withRules<T>(schema: z.ZodType<T>, ...rules: readonly Rule<T>[]): z.ZodType<T> {
  return schema.check((context) => {
    for (const rule of rules) {
      const breach = rule(context.value);
      if (!breach) continue;
      const { code, message, path, hint } = breach;
      context.issues.push({
        code: 'custom',
        message,
        path: [...path],
        params: { code, hint },
        input: context.value,
      });
    }
  });
}

/** `description` and an example for maps and lists. */
export function about<T>(schema: z.ZodType<T>, description: string, example?: unknown): z.ZodType<T> {
  return schema.meta({ description, ...(example === undefined ? {} : { 'x-example': example }) });
}
