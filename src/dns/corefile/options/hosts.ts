/** `hosts` (CoreDNS 1.14 plugin/hosts/README.md, hostsfile.go). */
import { parseAddress } from '../../../base/address.ts';
import type { Name } from '../../data/name.ts';
import { zoneName } from '../keys.ts';
import type { HostsEntry, HostsPlugin } from '../plugins.ts';
import type { StatementReader } from '../statement-reader.ts';
import type { Statement } from '../statements.ts';

const TTL = 3600;

type Draft = { -readonly [K in keyof HostsPlugin]: HostsPlugin[K] };

const OPTIONS = ['ttl', 'no_reverse', 'reload', 'fallthrough', 'fallthrough_unsupported'];

export function readHosts(reader: StatementReader): HostsPlugin {
  const [file, ...zones] = reader.arguments;
  const inline = (reader.statement.block ?? []).filter(({ words }) => !OPTIONS.includes(words[0]!.text));
  const draft: Draft = {
    plugin: 'hosts',
    line: reader.name.line,
    file: file?.text,
    zones: reader.zonesOr(zones),
    entries: [...fileEntries(reader), ...inline.flatMap((one) => inlineEntry(reader, one))],
    ttl: TTL,
    reverse: true,
    fallthrough: undefined,
  };
  const block = (reader.statement.block ?? []).filter((one) => !inline.includes(one));
  readOptions(reader, draft, block);
  return draft;
}

function readOptions(reader: StatementReader, draft: Draft, block: readonly Statement[]): void {
  for (const { words } of block) {
    const [name, ...rest] = words;
    if (name!.text === 'ttl') draft.ttl = reader.whole(rest[0], 1, 65_535, TTL);
    else if (name!.text === 'no_reverse') draft.reverse = false;
    else if (name!.text === 'fallthrough') draft.fallthrough = reader.fallthrough(rest, draft.zones);
    else if (name!.text === 'reload') reader.quiet('reload');
    else if (name!.text === 'fallthrough_unsupported') {
      reader.warn(
        name!,
        'corefile-not-modelled',
        'fallthrough_unsupported is not modelled and has no effect',
      );
    }
  }
}

/** A hosts file beside the Corefile; without one there are no entries, as CoreDNS has it. */
function fileEntries(reader: StatementReader): HostsEntry[] {
  const [file] = reader.arguments;
  const text = file && reader.readFile(file.text);
  if (file && text === undefined) {
    reader.warn(file, 'corefile-file', `there is no file '${file.text}': it has no entries`);
  }
  return (text ?? '').split('\n').flatMap((line) => {
    const words = line.replace(/#.*/, '').split(/\s+/).filter(Boolean);
    return entryOf(words) ?? [];
  });
}

function inlineEntry(reader: StatementReader, { words }: Statement): HostsEntry[] {
  const entry = entryOf(words.map(({ text }) => text));
  if (entry) return [entry];
  reader.fail(words[0]!, `'${words[0]!.text}' is neither an address nor an option`);
  return [];
}

function entryOf([first, ...rest]: readonly string[]): HostsEntry | undefined {
  const address = first === undefined ? undefined : parseAddress(first);
  if (address === undefined) return undefined;
  return { address, names: rest.map(zoneName).filter((one): one is Name => !one.includes(' ')) };
}
