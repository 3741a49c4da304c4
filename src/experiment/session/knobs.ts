/**
 * Knobs of a scenario: what people want to turn first, each as a `--set` with a sensible range.
 *
 * Taken from the effective values, so every knob exists in the scenario at hand and shows what is played.
 */
import { parseDuration, SECOND } from '../../base/time.ts';
import { APPLICATIONS } from '../../profiles/applications.ts';
import type { PresetFamily } from '../../profiles/preset.ts';
import { RESOLVERS } from '../../profiles/resolvers.ts';
import { STUBS } from '../../profiles/stubs.ts';
import type { EffectiveValue } from '../../scenario/effective.ts';
import { type ChoiceKnob, type Knob, type KnobWord, type NumberKnob, VALUE } from './knob.ts';

interface Recipe {
  readonly pattern: RegExp;
  readonly word: KnobWord;
  /** `$1` is what the pattern caught. */
  readonly label: string;
  readonly kind: Knob['kind'];
  readonly from?: number;
  readonly to?: number;
  readonly choices?: readonly string[];
  /** Path to set where it differs from the path of the effective value. */
  readonly set?: string;
}

const DAY_SECONDS = 86_400;

function idsOf({ presets }: PresetFamily): readonly string[] {
  return presets.map(({ id }) => id);
}

const RECIPES: readonly Recipe[] = [
  {
    pattern: /^policies\.([^/]+\/[A-Z0-9]+)\.ttl$/,
    word: 'TTL',
    label: 'TTL of $1',
    kind: 'seconds',
    from: 5,
    to: DAY_SECONDS,
  },
  {
    pattern: /^policies\.(.+)\.failover\.ttl$/,
    word: 'TTL',
    label: 'TTL of $1',
    kind: 'seconds',
    from: 5,
    to: DAY_SECONDS,
  },
  {
    pattern: /^endpoints\.(.+)\.check\.interval$/,
    word: 'health check',
    label: 'Checks of $1 every',
    kind: 'seconds',
    from: 1,
    to: 300,
  },
  {
    pattern: /^endpoints\.(.+)\.check\.failures$/,
    word: 'threshold',
    label: 'Failures until $1 is called down',
    kind: 'count',
    from: 1,
    to: 10,
  },
  {
    pattern: /^clients\.(.+)\.app\.profile$/,
    word: 'application cache',
    label: 'Application of $1',
    kind: 'choice',
    choices: idsOf(APPLICATIONS),
    set: 'clients.$1.app',
  },
  {
    pattern: /^clients\.(.+)\.os\.profile$/,
    word: 'OS cache',
    label: 'Operating system of $1',
    kind: 'choice',
    choices: idsOf(STUBS),
    set: 'clients.$1.os',
  },
  {
    pattern: /^resolvers\.(.+)\.profile$/,
    word: 'recursive resolver',
    label: 'Software of resolver $1',
    kind: 'choice',
    choices: idsOf(RESOLVERS),
  },
  {
    pattern: /^clients\.(.+)\.requests\.every$/,
    word: 'request rate',
    label: 'A request of $1 every',
    kind: 'seconds',
    from: 1,
    to: DAY_SECONDS,
  },
  {
    pattern: /^resolvers\.(.+)\.with\.serve-stale\.enabled$/,
    word: 'serve-stale',
    label: 'Serve stale answers in $1',
    kind: 'choice',
    choices: ['off', 'on'],
  },
  {
    pattern: /^clients\.((?!.*\.(?:app|os)\.).+)\.count$/,
    word: 'clients',
    label: 'Simulated clients in $1',
    kind: 'count',
    from: 100,
    to: 1_000_000,
  },
  {
    pattern: /^resolvers\.(.+)\.count$/,
    word: 'recursive resolver',
    label: 'Instances of resolver $1',
    kind: 'count',
    from: 1,
    to: 2000,
  },
  {
    pattern: /^resolvers\.(.+)\.with\.ttl-floor$/,
    word: 'TTL floor',
    label: 'Least TTL kept by $1',
    kind: 'seconds',
    from: 0,
    to: 3600,
  },
  {
    pattern: /^providers\.(.+)\.propagation$/,
    word: 'propagation',
    label: 'Propagation at $1',
    kind: 'seconds',
    from: 0,
    to: 600,
  },
  {
    pattern: /^endpoints\.(.+)\.check\.timeout$/,
    word: 'health check',
    label: 'Time-out of checks of $1',
    kind: 'seconds',
    from: 1,
    to: 60,
  },
  {
    pattern: /^network\.(loss)$/,
    word: 'packet loss',
    label: 'Packet loss, each way',
    kind: 'share',
    from: 0,
    to: 0.5,
  },
];

const MAIN_KNOBS = 8;

/**
 * @param more knobs found elsewhere (TTLs in zone data), put first
 * @param canSet whether the scenario has something at a path
 */
export function knobsOf(
  effective: readonly EffectiveValue[],
  more: readonly Knob[] = [],
  canSet: (path: string) => boolean = () => true,
): readonly Knob[] {
  const found = RECIPES.map((recipe) => {
    const knobs = effective.flatMap((value) => knobFrom(recipe, value));
    return knobs.filter(({ template }) => canSet(template.split('=', 1)[0]!));
  });
  const firsts = [...more, ...found.flatMap((knobs) => knobs.slice(0, 1))];
  const rest = found.flatMap((knobs) => knobs.slice(1));
  return [...firsts, ...rest].map((knob, index) => ({ ...knob, main: index < MAIN_KNOBS }));
}

function knobFrom(recipe: Recipe, { path, value }: EffectiveValue): readonly Knob[] {
  const name = recipe.pattern.exec(path)?.[1];
  if (name === undefined) return [];
  const target = recipe.set?.replace('$1', () => name) ?? path;
  const base = { path, label: recipe.label.replace('$1', () => name), word: recipe.word, main: false };
  if (recipe.kind === 'choice')
    return [{ ...base, ...choice(recipe, value), template: `${target}=${VALUE}` }];
  const number = numberOf(recipe.kind, value);
  if (number === undefined) return [];
  const range = { from: Math.min(recipe.from!, number), to: Math.max(recipe.to!, number) };
  const template = `${target}=${VALUE}${recipe.kind === 'seconds' ? 's' : ''}`;
  return [{ ...base, kind: recipe.kind, value: number, ...range, template }];
}

/** A value that is none of the usual choices stays choosable. */
function choice({ choices }: Recipe, value: string): Pick<ChoiceKnob, 'kind' | 'value' | 'choices'> {
  return { kind: 'choice', value, choices: choices!.includes(value) ? choices! : [value, ...choices!] };
}

/** Seconds, a count, or a share from 0 to 1; undefined for texts such as `unlimited`. */
function numberOf(kind: NumberKnob['kind'], text: string): number | undefined {
  if (kind === 'seconds') {
    const micros = parseDuration(text);
    return micros === undefined ? undefined : micros / SECOND;
  }
  const number = Number.parseFloat(text);
  if (Number.isNaN(number)) return undefined;
  return text.endsWith('%') ? number / 100 : number;
}
