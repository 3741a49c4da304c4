/** Azure DNS with Traffic Manager. See README.md beside this file. */
import { ManagedProvider } from '../../managed/provider.ts';
import type { Provider, ProviderContext } from '../../provider.ts';
import { GENERIC_LOGIC } from '../generic/logic.ts';
import { AZURE_LOGIC } from './logic.ts';

export function createAzure(context: ProviderContext): Provider {
  return new ManagedProvider(context, { generic: GENERIC_LOGIC, azure: AZURE_LOGIC });
}
