/**
 * What an operator could move at providers in a scenario: weights, endpoints, pools, checks, whole policies, feeds and
 * proxies, each as a timeline entry.
 *
 * Nothing is known here of what each kind of provider can move: everything is tried in one reading of the scenario, and
 * what the reader has no objection to is offered.
 */
import type { WorldSpec } from '../../model/spec.ts';
import { nodeAt, type TreeNode, toPlain } from '../../scenario/document/tree.ts';
import type { Move } from './move.ts';
import { loadForPlay, type PlaySetup, tryEntries } from './setup.ts';

/** Everything that can be moved; nothing where the scenario cannot be played. */
export function movesOf(setup: PlaySetup): readonly Move[] {
  const { playable } = loadForPlay(setup);
  if (!playable) return [];
  const found = tryEntries(setup, (document) => candidates(document, playable.spec));
  // Pools of one name in several policies are switched together.
  return [...new Map(found.map((move) => [JSON.stringify(move.entry), move])).values()];
}

/** Those that switch something off stand before those that switch it on, so that one does not hinder the next. */
function candidates(document: TreeNode, spec: WorldSpec): readonly Move[] {
  const partsOf = (providers: readonly number[]): readonly string[] =>
    providers.map((index) => `provider ${spec.providers[index]!.name}`);
  const policies = spec.policies.map(({ name, provider }) => ({ name, about: partsOf([provider]) }));
  const owners = [...new Set(policies.flatMap(({ about }) => about))];
  const endpoints = namesAt(document, ['endpoints']);
  const keys = namesAt(document, ['policies']).map((key) => {
    const [name] = key.split('/');
    const about = policies.find((one) => one.name === `${name!.replace(/\.$/, '')}.`)?.about ?? owners;
    const pools = namesAt(document, ['policies', key]).flatMap((word) =>
      namesAt(document, ['policies', key, word, 'pools']),
    );
    return { key, about, pools };
  });
  const asked = spec.populations.flatMap(({ questions }) => questions.map(({ name }) => name));
  return [
    ...keys.flatMap(({ key, about, pools }) => [
      ...endpoints.map((name) => weight(key, name, [`endpoint ${name}`])),
      ...pools.map((name) => weight(key, name, about)),
      ...pools.flatMap((name) => switches('pool', name, about)),
      ...switches('policy', key, about),
    ]),
    ...endpoints.flatMap((name) => switches('endpoint', name, [`endpoint ${name}`])),
    ...endpoints.flatMap((name) => ofCheck(name, [`endpoint ${name}`, `checker ${name}`])),
    ...namesAt(document, ['checks']).flatMap((name) => ofCheck(name, owners)),
    ...spec.providers.flatMap(({ name }) =>
      namesAt(document, ['providers', name, 'ns1', 'feeds']).map((feed) => push(name, feed)),
    ),
    ...[...new Set([...asked, ...policies.map(({ name }) => name)])].flatMap((name) => {
      const around = spec.zones.filter(({ origin }) => `.${name}`.endsWith(`.${origin}`));
      const serving = around.sort((one, other) => other.origin.length - one.origin.length)[0];
      return proxy(name.replace(/\.$/, ''), partsOf(serving?.providers ?? []));
    }),
  ];
}

function weight(key: string, name: string, about: readonly string[]): Move {
  const entry = { weight: `policy ${key}`, to: { [name]: 1 } };
  return { about, title: `Weight of ${name} in ${key}`, entry, asks: { weightOf: name } };
}

function push(provider: string, feed: string): Move {
  const entry = { push: `feed ${feed}`, to: 0, provider };
  return { about: [`provider ${provider}`], title: `Send to the feed ${feed}`, entry, asks: 'value' };
}

function switches(word: string, name: string, about: readonly string[]): readonly Move[] {
  return [
    { about, title: `Disable ${word} ${name}`, entry: { disable: `${word} ${name}` } },
    { about, title: `Enable ${word} ${name}`, entry: { enable: `${word} ${name}` } },
  ];
}

function ofCheck(name: string, about: readonly string[]): readonly Move[] {
  const title = `Turn the check of ${name} round`;
  return [...switches('check', name, about), { about, title, entry: { invert: `check ${name}` } }];
}

function proxy(name: string, about: readonly string[]): readonly Move[] {
  return [
    { about, title: `Serve ${name} past the proxy`, entry: { proxy: name, to: 'dns-only' } },
    { about, title: `Serve ${name} through the proxy`, entry: { proxy: name, to: 'proxied' } },
  ];
}

function namesAt(tree: TreeNode, path: readonly string[]): readonly string[] {
  const node = nodeAt(tree, path);
  return node?.kind === 'map' ? Object.keys(toPlain(node) as object) : [];
}
