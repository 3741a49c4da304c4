/**
 * Azure DNS and Traffic Manager in the scenario format. The rules behind them, with their sources, are described in
 * src/model/authority/providers/azure/README.md.
 */
import { SECOND } from '../../../base/time.ts';
import type { Name } from '../../../dns/data/name.ts';
import { cited } from '../../../profiles/cited.ts';
import type { ProviderFormat } from '../format.ts';
import { azureCheckers } from './checkers.ts';
import { AZURE_OPTIONS } from './options.ts';
import { AZURE_POLICY, POLICY_REFERENCES } from './policy.ts';
import { FAQS, MONITORING, PERFORMANCE, ZONES } from './sources.ts';

const TLDS = ['com', 'net', 'org', 'info'];
/** Assumption: name servers come in about so many groups of four. */
const GROUPS = 64;

/** `ns1-07.azure-dns.com.`, `ns2-07.azure-dns.net.` and one each in org and info; more servers, more groups. */
function serverNames(provider: string, count: number): Name[] {
  const seed = [...provider].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % GROUPS, 3);
  return Array.from({ length: count }, (_, index) => {
    const which = index % TLDS.length;
    const group = ((seed + Math.floor(index / TLDS.length)) % GROUPS) + 1;
    return `ns${which + 1}-${String(group).padStart(2, '0')}.azure-dns.${TLDS[which]}.` as Name;
  });
}

export const AZURE: ProviderFormat = {
  kind: 'azure',
  title: 'Azure DNS and Traffic Manager',
  defaults: {
    servers: cited(4, 'documentation', `${ZONES}: ns1-NN.azure-dns.com, net, org and info`),
    propagation: cited(60 * SECOND, 'assumption', `usually seen; ${MONITORING}: profiles within a minute`),
    policyTtl: cited(300, 'documentation', PERFORMANCE),
    readsClientSubnet: cited(true, 'documentation', `${FAQS}: geographic, performance and subnet routing`),
    soa: { ttl: 3600, times: '1 3600 300 2419200 300', source: ZONES },
    nsTtl: 172_800,
  },
  serverNames,
  options: AZURE_OPTIONS,
  policies: { azure: AZURE_POLICY },
  checkers: azureCheckers({}),
  checkersFor: azureCheckers,
  references: POLICY_REFERENCES,
};
