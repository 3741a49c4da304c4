/** The kinds of provider there are; a new kind is a folder beside this file and a line here. */
import type { ProviderSpec } from '../../spec.ts';
import type { Provider, ProviderContext } from '../provider.ts';
import { GenericProvider } from './generic/provider.ts';

const KINDS: Readonly<Record<ProviderSpec['kind'], (context: ProviderContext) => Provider>> = {
  generic: (context) => new GenericProvider(context),
};

/** The provider of the context's index, of the kind its specification names. */
export function createProvider(context: ProviderContext): Provider {
  return KINDS[context.spec.providers[context.index]!.kind](context);
}
