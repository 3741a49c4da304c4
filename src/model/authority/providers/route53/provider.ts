/** Amazon Route 53. See README.md beside this file. */
import { ManagedProvider } from '../../managed/provider.ts';
import type { Provider, ProviderContext } from '../../provider.ts';
import { GENERIC_LOGIC } from '../generic/logic.ts';
import { ROUTE53_LOGIC } from './logic.ts';

export function createRoute53(context: ProviderContext): Provider {
  return new ManagedProvider(context, { generic: GENERIC_LOGIC, route53: ROUTE53_LOGIC });
}
