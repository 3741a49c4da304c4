/** The generic provider: no vendor's, with the behaviour most have in common. See README.md beside this file. */
import { ManagedProvider } from '../../managed/provider.ts';
import type { Provider, ProviderContext } from '../../provider.ts';
import { GENERIC_LOGIC } from './logic.ts';

export function createGeneric(context: ProviderContext): Provider {
  return new ManagedProvider(context, { generic: GENERIC_LOGIC });
}
