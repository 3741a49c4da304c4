/** `loadbalance`, `acl`, `dns64` and plugins without options that matter (CoreDNS 1.14, README.md of each). */
import { parseAddress } from '../../../base/address.ts';
import type { Name } from '../../data/name.ts';
import { zoneName } from '../keys.ts';
import type {
  AclPlugin,
  AclRule,
  AutopathPlugin,
  Dns64Plugin,
  LoadbalancePlugin,
  SimplePlugin,
} from '../plugins.ts';
import type { StatementReader } from '../statement-reader.ts';
import type { Statement } from '../statements.ts';
import type { Word } from '../words.ts';

export function readLoadbalance(reader: StatementReader): LoadbalancePlugin {
  const [policy, file] = reader.arguments;
  const blocks: string[] = [];
  const written = (reader.statement.block ?? []).some(({ words }) => words[0]!.text === 'prefer');
  const name = policy
    ? reader.oneOf(policy, ['round_robin', 'weighted', 'prefer'], 'round_robin')
    : 'round_robin';
  reader.options(
    {
      prefer: (words) => {
        blocks.push(...words.map(({ text }) => text));
      },
    },
    ['reload', 'limit_answers'],
  );
  for (const word of reader.arguments.slice(name === 'weighted' ? 2 : 1)) reader.leaveOut(word);
  return {
    plugin: 'loadbalance',
    line: reader.name.line,
    policy: written ? 'prefer' : name,
    weights: name === 'weighted' ? weightsOf(reader, file) : new Map(),
    blocks,
  };
}

/** A name on a line of its own, then lines of an address and its weight. */
function weightsOf(reader: StatementReader, file: Word | undefined): LoadbalancePlugin['weights'] {
  const text = file && reader.readFile(file.text);
  if (text === undefined)
    reader.fail(file ?? reader.name, 'there is no file of weights', 'loadbalance weighted FILE');
  const weights = new Map<Name, Map<string, number>>();
  let current: Map<string, number> | undefined;
  for (const line of (text ?? '').split('\n')) {
    const [first, weight] = line.replace(/#.*/, '').split(/\s+/).filter(Boolean);
    if (first === undefined) continue;
    const address = parseAddress(first);
    if (address === undefined) {
      current = new Map();
      weights.set(zoneName(first) as Name, current);
    } else if (weight !== undefined && Number(weight) >= 1 && Number(weight) <= 255) {
      current?.set(address, Number(weight));
    } else reader.fail(file!, `'${line.trim()}' is no address with a weight from 1 to 255`);
  }
  return weights;
}

export function readAcl(reader: StatementReader): AclPlugin {
  const rules = (reader.statement.block ?? []).map((one) => aclRule(reader, one));
  return { plugin: 'acl', line: reader.name.line, zones: reader.zonesOr(reader.arguments), rules };
}

/** ACTION [type QTYPE...] [net SOURCE...] */
function aclRule(reader: StatementReader, { words }: Statement): AclRule {
  const [action, ...rest] = words;
  const types = after(rest, 'type').flatMap((word) => (word.text === '*' ? [] : (reader.type(word) ?? [])));
  const nets = after(rest, 'net').map(({ text }) => text);
  const known = after(rest, 'type').length + after(rest, 'net').length + rest.filter(isSection).length;
  if (known < rest.length) reader.fail(rest[0]!, 'cannot read the rule', 'write ACTION type TYPE net BLOCK');
  return {
    action: reader.oneOf(action, ['allow', 'block', 'filter', 'drop'], 'allow'),
    ...(types.length > 0 ? { types } : {}),
    ...(nets.length > 0 && !nets.includes('*') ? { nets: nets.map(asBlock) } : {}),
  };
}

function isSection({ text }: Word): boolean {
  return text === 'type' || text === 'net';
}

function after(words: readonly Word[], section: 'type' | 'net'): readonly Word[] {
  let inside = false;
  return words.filter((word) => {
    if (isSection(word)) inside = word.text === section;
    return inside && !isSection(word);
  });
}

function asBlock(text: string): string {
  if (text.includes('/')) return text;
  return `${text}/${text.includes(':') ? 128 : 32}`;
}

/** The prefix everybody may use (RFC 6052 §2.1). */
const WELL_KNOWN = '64:ff9b::';

export function readDns64(reader: StatementReader): Dns64Plugin {
  let prefix = reader.arguments[0]?.text ?? WELL_KNOWN;
  let translateAll = false;
  for (const word of reader.arguments.slice(1)) reader.leaveOut(word);
  reader.options(
    {
      prefix: ([word]) => {
        prefix = word?.text ?? prefix;
      },
      translate_all: () => {
        translateAll = true;
      },
    },
    ['allow_ipv4'],
    { prefix: 1, translate_all: 0 },
  );
  const [address, length = '96'] = prefix.split('/');
  const known = parseAddress(address ?? '');
  if (known === undefined || length !== '96')
    reader.fail(reader.name, 'only prefixes of 96 bits are understood');
  return { plugin: 'dns64', line: reader.name.line, prefix: known ?? WELL_KNOWN, translateAll };
}

/** `autopath [ZONE...] RESOLV-CONF`, where @kubernetes may stand for the file. */
export function readAutopath(reader: StatementReader): AutopathPlugin {
  const source = reader.arguments.at(-1);
  if (!source) reader.fail(reader.name, 'names no search list', 'write autopath @kubernetes');
  const zones = reader.zonesOr(reader.arguments.slice(0, -1));
  reader.options({});
  return { plugin: 'autopath', line: reader.name.line, zones, source: source?.text ?? '' };
}

export function readSimple(reader: StatementReader): SimplePlugin {
  reader.nothingElse(0);
  return { plugin: reader.name.text as SimplePlugin['plugin'], line: reader.name.line };
}
