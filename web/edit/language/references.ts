/** What stands at a path refers to something defined elsewhere: which words are possible there. */

import { PLANES } from '../../../src/model/spec.ts';
import type { DefinedNames } from '../../../src/scenario/names.ts';
import { PROVIDER_FORMATS } from '../../../src/scenario/providers/catalogue.ts';
import { PROFILE_KINDS, type ProfileKind } from '../../../src/scenario/settings/profile-kinds.ts';
import type { Path } from '../document/outline.ts';

/** A word that can be written, and what it is. */
export interface Word {
  readonly text: string;
  readonly about: string;
}

type Words = (names: DefinedNames) => readonly Word[];

const named =
  (noun: 'region' | 'provider' | 'endpoint' | 'check' | 'resolver' | 'strategy'): Words =>
  (names) =>
    names[noun].map((text) => ({ text, about: noun }));

const profiles =
  ({ section, family }: ProfileKind<unknown>): Words =>
  (names) => [
    ...names.profile[section].map((text) => ({ text, about: 'profile of this scenario' })),
    ...family.presets.map(({ id, title }) => ({ text: id, about: title })),
  ];

const zones: Words = (names) => names.zone.map((name) => ({ text: name.replace(/\.$/, ''), about: 'zone' }));

const servers: Words = (names) =>
  [...names.server, ...names.generatedServer].map((name) => ({
    text: name.replace(/\.$/, ''),
    about: 'server',
  }));

const providers: Words = (names) =>
  [...names.provider, ...names.generatedProvider].map((text) => ({ text, about: 'provider' }));

/** `word NAME` for each name. */
const aimed =
  (word: string, words: Words): Words =>
  (names) =>
    words(names).map(({ text, about }) => ({ text: `${word} ${text}`, about }));

/** Only some kinds of provider have a proxy, and names do not tell kinds: it is left for the author to know. */
const COMMON_PLANES = PLANES.filter((plane) => plane !== 'proxy');

const planes: Words = (names) =>
  names.provider.flatMap((provider) =>
    COMMON_PLANES.map((plane) => ({
      text: `plane ${provider}/${plane}`,
      about: `${plane} plane of ${provider}`,
    })),
  );

const join =
  (...all: readonly Words[]): Words =>
  (names) =>
    all.flatMap((words) => words(names));

const endpointTargets = aimed('endpoint', named('endpoint'));
const serverTargets = join(aimed('provider', providers), aimed('server', servers));
const resolverTargets = aimed('resolver', named('resolver'));
const anyTarget = join(
  endpointTargets,
  resolverTargets,
  serverTargets,
  planes,
  aimed('region', named('region')),
);

/** Where rules of policies name endpoints, checks and regions. */
const POLICY_PLACES = PROVIDER_FORMATS.flatMap(({ references = [] }) => references);

/** By path; `*` is any key or item. */
const PLACES: readonly (readonly [path: string, words: Words])[] = [
  ['providers.*.sites.*', named('region')],
  ['providers.*.sites.*.region', named('region')],
  ['endpoints.*.region', named('region')],
  ['endpoints.*.check.regions', named('region')],
  ['endpoints.*.check.regions.*', named('region')],
  ['resolvers.*.region', named('region')],
  ['clients.*.region', named('region')],
  ['zones.*.providers', named('provider')],
  ['zones.*.providers.*', named('provider')],
  ['zones.*.delegation.providers', named('provider')],
  ['zones.*.delegation.providers.*', named('provider')],
  ['policies.*.provider', named('provider')],
  ...POLICY_PLACES.filter(([, pattern]) => !pattern.endsWith('.~')).map(
    ([noun, pattern]) => [pattern.replaceAll('#', '*'), named(noun)] as const,
  ),
  ['endpoints.*.check.by', named('provider')],
  ['checks.*.endpoint', named('endpoint')],
  ['checks.*.metric', named('endpoint')],
  ['checks.*.of.*', named('check')],
  ['checks.*.by', named('provider')],
  ['checks.*.regions.*', named('region')],
  ['providers.*.control-region', named('region')],
  ['clients.*.resolvers', named('resolver')],
  ['clients.*.resolvers.*', named('resolver')],
  ['resolvers.*.forward', named('resolver')],
  ['resolvers.*.forward.*', named('resolver')],
  ['resolvers.*.forward.to', named('resolver')],
  ['resolvers.*.forward.to.*', named('resolver')],
  ['resolvers.*.forward.zones.*', named('resolver')],
  ['resolvers.*.forward.zones.*.*', named('resolver')],
  ...PROFILE_KINDS.flatMap((kind) =>
    [...kind.places, `profiles.${kind.section}.*.extends`].map((path) => [path, profiles(kind)] as const),
  ),
  ['timeline.*.fail', anyTarget],
  ['timeline.*.slow', anyTarget],
  ['timeline.*.lossy', anyTarget],
  ['timeline.*.restore', anyTarget],
  ['timeline.*.wrong', serverTargets],
  ['timeline.*.flood', serverTargets],
  ['timeline.*.capacity', serverTargets],
  ['timeline.*.errors', endpointTargets],
  ['timeline.*.false-alarm', endpointTargets],
  ['timeline.*.random-subdomains', resolverTargets],
  ['timeline.*.flush', join(() => [{ text: 'all', about: 'every resolver' }], resolverTargets)],
  ['timeline.*.put', zones],
  ['timeline.*.remove', zones],
  ['timeline.*.delegate', zones],
  ['timeline.*.ttl', zones],
  ['timeline.*.zone', zones],
  ['timeline.*.providers', named('provider')],
  ['timeline.*.providers.*', named('provider')],
];

/** Keys of maps that name what is defined elsewhere. */
const KEYS: readonly (readonly [path: string, words: Words])[] = [
  ['clients.*.resolvers', named('resolver')],
  ['expect', named('strategy')],
  ...POLICY_PLACES.filter(([, pattern]) => pattern.endsWith('.~')).map(
    ([noun, pattern]) => [pattern.slice(0, -2), named(noun)] as const,
  ),
];

function fits(pattern: string, path: Path): boolean {
  const steps = pattern.split('.');
  return (
    steps.length === path.length && steps.every((step, index) => step === '*' || step === String(path[index]))
  );
}

function wordsIn(table: typeof PLACES, path: Path, names: DefinedNames): readonly Word[] {
  return table.find(([pattern]) => fits(pattern, path))?.[1](names) ?? [];
}

/** Words for the value at a path. */
export function valueWords(path: Path, names: DefinedNames): readonly Word[] {
  return wordsIn(PLACES, path, names);
}

/** Words for a key of the map at a path. */
export function keyWords(path: Path, names: DefinedNames): readonly Word[] {
  return wordsIn(KEYS, path, names);
}
