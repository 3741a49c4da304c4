/** Google Cloud DNS. See README.md beside this file. */
import { ManagedProvider } from '../../managed/provider.ts';
import type { Provider, ProviderContext } from '../../provider.ts';
import { GENERIC_LOGIC } from '../generic/logic.ts';
import { GOOGLE_LOGIC } from './logic.ts';

export function createGoogle(context: ProviderContext): Provider {
  return new ManagedProvider(context, { generic: GENERIC_LOGIC, google: GOOGLE_LOGIC });
}
