/** One line of a bill. */
import type { ReplicationRecord } from '../../../src/index.ts';
import type { CostItemRecord } from '../../../src/measure/cost/record.ts';

export function billItem({ cost }: ReplicationRecord, provider: string, key: string): CostItemRecord {
  const item = cost?.providers.find((one) => one.provider === provider)?.items.find((one) => one.key === key);
  if (!item) throw new Error(`no ${key} on the bill of ${provider}`);
  return item;
}
