/** As much of JSON Schema draft 7 as the scenario schema uses; anything else in it is an offence too. */
const KNOWN = new Set([
  '$schema',
  'type',
  'properties',
  'required',
  'additionalProperties',
  'propertyNames',
  'items',
  'minItems',
  'anyOf',
  'enum',
  'const',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'description',
  'default',
  'examples',
]);

type Schema = Readonly<Record<string, unknown>>;

/** What is wrong with a value; empty when it fits. */
export function offences(schema: object, value: unknown, path = '$'): string[] {
  const node = schema as Schema;
  const strange = Object.keys(node).filter((key) => !KNOWN.has(key));
  if (strange.length > 0) return [`${path}: keyword ${strange.join(', ')}`];
  if (node['anyOf']) {
    const all = (node['anyOf'] as Schema[]).map((one) => offences(one, value, path));
    return all.some((list) => list.length === 0) ? [] : [`${path}: fits none (${all.flat().join('; ')})`];
  }
  return [
    ...scalarOffences(node, value, path),
    ...mapOffences(node, value, path),
    ...listOffences(node, value, path),
  ];
}

function typeOf(value: unknown): string[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  if (typeof value === 'number') return Number.isInteger(value) ? ['number', 'integer'] : ['number'];
  return [typeof value];
}

function scalarOffences(node: Schema, value: unknown, path: string): string[] {
  const found: string[] = [];
  const types = node['type'] === undefined ? undefined : [node['type']].flat();
  if (types && !typeOf(value).some((type) => types.includes(type))) found.push(`${path}: not ${types}`);
  if (node['enum'] && !(node['enum'] as unknown[]).includes(value)) found.push(`${path}: not in enum`);
  if ('const' in node && node['const'] !== value) found.push(`${path}: not ${node['const']}`);
  if (
    typeof value === 'string' &&
    node['pattern'] &&
    !new RegExp(node['pattern'] as string, 'u').test(value)
  ) {
    found.push(`${path}: does not match ${node['pattern']}`);
  }
  if (typeof value === 'number') {
    if (value < ((node['minimum'] as number) ?? value)) found.push(`${path}: too small`);
    if (value > ((node['maximum'] as number) ?? value)) found.push(`${path}: too large`);
    if (value <= ((node['exclusiveMinimum'] as number) ?? value - 1)) found.push(`${path}: too small`);
  }
  return found;
}

function mapOffences(node: Schema, value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const properties = (node['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  const missing = ((node['required'] ?? []) as string[]).filter((key) => !(key in value));
  const inside = Object.entries(value).flatMap(([key, child]) => {
    const schema = Object.hasOwn(properties, key) ? properties[key]! : node['additionalProperties'];
    if (schema === false) return [`${path}.${key}: unknown`];
    return typeof schema === 'object' ? offences(schema as Schema, child, `${path}.${key}`) : [];
  });
  return [...missing.map((key) => `${path}.${key}: missing`), ...inside];
}

function listOffences(node: Schema, value: unknown, path: string): string[] {
  if (!Array.isArray(value)) return [];
  const few = value.length < ((node['minItems'] as number) ?? 0) ? [`${path}: too few`] : [];
  const items = node['items'] as Schema | undefined;
  return [
    ...few,
    ...(items ? value.flatMap((item, index) => offences(items, item, `${path}[${index}]`)) : []),
  ];
}
