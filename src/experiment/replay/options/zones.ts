/** Stub and forward zones of a script's configuration, and the root's addresses. */
import { parseAddress } from '../../../base/address.ts';
import { type Name, parseName, ROOT } from '../../../dns/data/name.ts';
import { TextError } from '../../../dns/data/text-error.ts';
import type { ConfiguredZone, ResolverOptions } from '../../../dns/resolve/options.ts';
import type { Findings } from '../read/lines.ts';
import type { ConfigOption } from '../script.ts';

/** Stands in for the names of the root servers, which a stub zone does not give. */
const HINT = 'root-servers.invalid.';

/** What a script says of servers. */
export type ScriptServers = Pick<ResolverOptions, 'rootHints' | 'configuredZones'>;

/** Reads the zones. A stub zone for the root stands for the root hints. */
export function serversOf(config: readonly ConfigOption[], findings: Findings): ScriptServers {
  const blocks = new Map<number, ConfigOption[]>();
  for (const option of config) {
    if (!/^(?:stub|forward)-zone$/.test(option.kind)) continue;
    blocks.set(option.block, [...(blocks.get(option.block) ?? []), option]);
  }
  const zones = [...blocks.values()].flatMap((options) => zoneOf(options, findings) ?? []);
  const root = zones.find(({ zone, mode }) => zone === ROOT && mode === 'stub');
  // Some suites name the root's address outside of any block.
  const bare = config.filter(({ kind, key }) => kind === '' && key === 'stub-addr');
  const addresses = root?.addresses ?? addressesOf(bare, 'stub-addr', findings);
  return { rootHints: { [HINT]: addresses }, configuredZones: zones.filter((zone) => zone !== root) };
}

function zoneOf(options: readonly ConfigOption[], findings: Findings): ConfiguredZone | undefined {
  const mode = options[0]!.kind === 'forward-zone' ? 'forward' : 'stub';
  const named = options.find(({ key }) => key === 'name');
  const zone = named && nameOf(named, findings);
  if (named === undefined) note(findings, options[0]!, 'bad-option', 'the zone has no name');
  if (zone === undefined) return undefined;
  const byName = options.find(({ key }) => key === `${mode}-host`);
  if (byName) findings.gap({ number: byName.line }, 'servers of configured zones known by name', true);
  const fallback = options.some(({ key, value }) => key === `${mode}-first` && value === 'yes');
  return { zone, mode, addresses: addressesOf(options, `${mode}-addr`, findings), fallback };
}

function nameOf(option: ConfigOption, findings: Findings): Name | undefined {
  try {
    return parseName(option.value, ROOT);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    note(findings, option, error.code, error.message);
    return undefined;
  }
}

/** Addresses; a port (`@5353`) and a name for TLS (`#name`) do not matter here. */
function addressesOf(options: readonly ConfigOption[], wanted: string, findings: Findings): string[] {
  return options.flatMap((option) => {
    if (option.key !== wanted) return [];
    const address = parseAddress(option.value.replace(/[@#].*$/, ''));
    if (address === undefined) note(findings, option, 'bad-address', `'${option.value}' is no address`);
    return address ?? [];
  });
}

function note(findings: Findings, { line, column }: ConfigOption, code: string, message: string): void {
  findings.add({ number: line, column }, code, message);
}
