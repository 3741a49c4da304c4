/** Which effects can hit which targets; anything else is refused when the world is built. */
import type { EffectSpec, TargetSpec } from '../spec.ts';

type EffectKind = EffectSpec['kind'];

const ON_THE_WAY: readonly EffectKind[] = ['down', 'slow', 'lossy'];
const ON_A_SERVER: readonly EffectKind[] = [
  ...ON_THE_WAY,
  'rcode',
  'empty-zone',
  'stale-copy',
  'wrong-record',
  'capacity',
  'flood',
];

/** Effects by target. A plane is named together with its kind, as planes differ. */
export const FITTING_EFFECTS: Readonly<Record<string, readonly EffectKind[]>> = {
  endpoint: [...ON_THE_WAY, 'errors', 'false-alarm'],
  server: ON_A_SERVER,
  'plane/edge': ON_A_SERVER,
  'plane/health': ['down', 'slow'],
  'plane/control': ['down', 'slow'],
  'plane/proxy': [...ON_THE_WAY, 'errors'],
  resolver: [...ON_THE_WAY, 'random-subdomains'],
  region: ON_THE_WAY,
  path: ON_THE_WAY,
};

/** Whether the effect means something on the target. */
export function fits(target: TargetSpec, effect: EffectKind): boolean {
  const key = target.kind === 'plane' ? `plane/${target.plane}` : target.kind;
  return FITTING_EFFECTS[key]!.includes(effect);
}
