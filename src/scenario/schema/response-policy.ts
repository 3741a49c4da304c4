/** `response-policy:` of a resolver: names that it answers by itself. */
import { z } from 'zod';
import { ROOT } from '../../dns/data/name.ts';
import { formatRRset, parseRRsets } from '../../dns/data/presentation.ts';
import type { RRset } from '../../dns/data/rrset.ts';
import { NS, SOA } from '../../dns/data/rrtype.ts';
import { TextError } from '../../dns/data/text-error.ts';
import type { ResponsePolicyOptions } from '../../dns/resolve/detour/response-policy.ts';
import { type Cited, cited } from '../../profiles/cited.ts';
import { type Kind, nameKind, Problem, quote, wordKind } from '../kinds.ts';
import { mapOf } from './common.ts';
import { about, field, withRules } from './field.ts';

/** What a rule does: exempts its names, or answers with these records (whose owner name is left open). */
export type LocalData = 'bypass' | readonly RRset[];

export interface ResponsePolicyDoc {
  /** By name, or `*.` and a name. */
  readonly rules: Readonly<Record<string, LocalData>>;
  readonly aliases?: ResponsePolicyOptions['aliases'];
}

const CODE = 'scenario-bad-rule';
const HINT = 'write 60 IN A 10.0.0.1, a record a line, or bypass';

/** `bypass`, or records without their owner name. */
const localDataKind: Kind<LocalData> = {
  noun: 'records or bypass',
  json: { type: 'string' },
  read(raw) {
    if (typeof raw !== 'string') return new Problem(CODE, `${quote(raw)} is no list of records`, HINT);
    if (raw.trim() === 'bypass') return 'bypass';
    const lines = raw.split('\n').filter((line) => line.trim() !== '');
    try {
      const sets = parseRRsets(lines.map((line) => `. ${line}`).join('\n'), ROOT);
      if (sets.length === 0) return new Problem(CODE, 'the rule has no record', HINT);
      if (!sets.some(({ type }) => type === SOA || type === NS)) return sets;
      return new Problem(CODE, 'a rule holds neither SOA nor NS records', HINT);
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      return new Problem(CODE, error.message, error.hint ?? HINT);
    }
  },
  show: (data) => (data === 'bypass' ? data : data.flatMap(shownRecords).join('; ')),
};

function shownRecords(rrset: RRset): string[] {
  return formatRRset(rrset).map((line) => line.replace(/^\. /, ''));
}

/** How the data of a rule are shown. */
export function showLocalData(data: LocalData): string {
  return localDataKind.show(data);
}

export const ALIASES_KIND: Kind<ResponsePolicyOptions['aliases']> = wordKind(['returned', 'followed']);
export const ALIASES: Cited<ResponsePolicyOptions['aliases']> = cited(
  'returned',
  'documentation',
  'Google Cloud DNS, CNAME chasing, August 2025: targets from local data are not looked up; from 5 January 2027 ' +
    'each hop is resolved anew (name resolution order), which is followed',
);

export const responsePolicySchema: z.ZodType<ResponsePolicyDoc> = withRules(
  about(
    z.strictObject({
      rules: mapOf(
        field(localDataKind, 'Records without their name (60 IN A 10.0.0.1), a line each; or bypass.', {
          example: '60 IN A 10.0.0.1',
        }),
        'Local data by name, or by *.NAME for all names below; the longest of them counts. bypass exempts names.',
        { 'www.example.com': '60 IN A 10.0.0.1' },
      ),
      aliases: field(ALIASES_KIND, 'Whether the target of a CNAME in local data is looked up.', {
        fallback: ALIASES,
      }).exactOptional(),
    }) as z.ZodType<ResponsePolicyDoc>,
    'Names it answers by itself, before private zones and all else (response policy of Google Cloud DNS).',
  ),
  ({ rules }) => {
    for (const name of Object.keys(rules)) {
      const read = nameKind.read(name);
      if (read instanceof Problem) return { code: read.code, message: read.message, path: ['rules', name] };
    }
    return undefined;
  },
);
