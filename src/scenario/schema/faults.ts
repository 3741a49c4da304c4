/** Timeline entries that are faults: they begin, may ramp up, and may end. */
import { z } from 'zod';
import type { Micros } from '../../base/time.ts';
import type { Name } from '../../dns/data/name.ts';
import { DEFAULTS } from '../defaults.ts';
import {
  durationKind,
  flagKind,
  type Kind,
  nameKind,
  numberKind,
  Problem,
  quote,
  shareKind,
  textKind,
  wholeKind,
  wordKind,
} from '../kinds.ts';
import { type TargetText, targetKind } from '../target.ts';
import { about, field, withRules } from './field.ts';

/** Keys of every timeline entry. */
export interface WhenDoc {
  readonly at: Micros;
  readonly label?: string;
  readonly every?: Micros;
  readonly times?: number;
}

/** Keys of every fault. */
export interface SpanDoc extends WhenDoc {
  readonly for?: Micros;
  readonly until?: Micros;
  readonly ramp?: Micros;
}

export type WrongAnswer = 'servfail' | 'refused' | 'empty-zone' | 'stale-copy';

export type FaultDoc = SpanDoc &
  (
    | { readonly fail: TargetText; readonly mode?: 'silent' | 'refused'; readonly family?: 4 | 6 }
    | { readonly slow: TargetText; readonly extra: Micros; readonly family?: 4 | 6 }
    | { readonly lossy: TargetText; readonly loss: number; readonly family?: 4 | 6 }
    | {
        readonly wrong: TargetText;
        readonly answer?: WrongAnswer;
        readonly record?: string;
        readonly zone?: Name;
      }
    | { readonly flood: TargetText; readonly rate: number }
    | { readonly capacity: TargetText; readonly rate: number }
    | { readonly errors: TargetText; readonly share: number; readonly hidden?: boolean }
    | { readonly 'false-alarm': TargetText }
    | { readonly 'random-subdomains': TargetText; readonly zone: Name; readonly rate: number }
  );

const familyKind: Kind<4 | 6> = {
  noun: '4 or 6',
  json: { enum: [4, 6] },
  read: (raw) => {
    return raw === 4 || raw === 6
      ? raw
      : new Problem('scenario-bad-family', `${quote(raw)} is neither 4 nor 6`);
  },
  show: String,
};

/** Schema of the keys of every entry. */
export const WHEN: Readonly<Record<keyof WhenDoc, z.ZodType>> = {
  at: field(durationKind(), 'Time since the start of the run.', { example: '10m' }),
  label: field(textKind, 'What reports call it. Default: made from the entry.').exactOptional(),
  every: field(durationKind(1), 'Happens again after this long; needs times.').exactOptional(),
  times: field(wholeKind(1, 10_000), 'How often it happens; needs every.').exactOptional(),
};

const SPAN = {
  ...WHEN,
  for: field(durationKind(1), 'Ends after this long. Default: the end of the run.').exactOptional(),
  until: field(durationKind(1), 'Ends at this time.').exactOptional(),
  ramp: field(durationKind(), 'Severity rises over this long, in ten steps.', {
    fallback: DEFAULTS.fault.ramp,
  }).exactOptional(),
};

const target = (who: string, example: string): z.ZodType<TargetText> => field(targetKind, who, { example });
const onTheWay = (example: string): z.ZodType<TargetText> =>
  target('endpoint, server, site, provider, plane, region, resolver or path.', example);
const onServers = (example: string): z.ZodType<TargetText> => target('server, site or provider.', example);
const family = field(familyKind, 'Only this address family (servers and providers).').exactOptional();

const fault = (shape: Record<string, z.ZodType>, description: string): z.ZodType<FaultDoc> =>
  withRules(
    about(z.strictObject({ ...shape, ...SPAN }) as unknown as z.ZodType<FaultDoc>, description),
    endsOnce,
    repeats,
  );

const rate = field(numberKind(0, ' per second'), 'Queries per second.', { example: 50_000 });

/** One schema per kind of fault, by the key that names it. */
export const FAULTS: Readonly<Record<string, z.ZodType<FaultDoc>>> = {
  fail: fault(
    {
      fail: onTheWay('endpoint us-east'),
      mode: field(wordKind(['silent', 'refused']), 'silent: packets vanish; refused: the sender is told.', {
        fallback: DEFAULTS.fault.mode,
      }).exactOptional(),
      family,
    },
    'Stops working.',
  ),
  slow: fault(
    {
      slow: onTheWay('server ns1.main-dns.net'),
      extra: field(durationKind(), 'Added to the round trip.', { example: '300ms' }),
      family,
    },
    'Answers late.',
  ),
  lossy: fault(
    {
      lossy: onTheWay('provider main'),
      loss: field(shareKind, 'Packets lost each way.', { example: '90%' }),
      family,
    },
    'Loses packets.',
  ),
  wrong: withRules(
    fault(
      {
        wrong: onServers('server ns2.main-dns.net'),
        answer: field(
          wordKind(['servfail', 'refused', 'empty-zone', 'stale-copy']),
          'What it answers instead.',
          { example: 'servfail' },
        ).exactOptional(),
        record: field(textKind, 'A wrong record, with its full name and TTL.', {
          example: 'app.example.com. 300 IN A 192.0.2.66',
        }).exactOptional(),
        zone: field(nameKind, 'Only this zone. Default: every zone served.').exactOptional(),
      },
      'Answers, but wrongly.',
    ),
    oneLie,
  ),
  flood: fault({ flood: onServers('provider main'), rate }, 'Is flooded with queries.'),
  capacity: fault(
    { capacity: onServers('provider main'), rate },
    'Can answer only so many queries per site.',
  ),
  errors: fault(
    {
      errors: target('An endpoint.', 'endpoint us-east'),
      share: field(shareKind, 'Requests that fail.', { example: '100%' }),
      hidden: field(flagKind, 'Whether the health check passes all the same.', {
        fallback: DEFAULTS.fault.hidden,
      }).exactOptional(),
    },
    'Accepts connections, but requests fail.',
  ),
  'false-alarm': fault(
    { 'false-alarm': target('An endpoint.', 'endpoint us-east') },
    'Its health check fails although it works.',
  ),
  'random-subdomains': fault(
    {
      'random-subdomains': target('resolver.', 'resolver isp'),
      zone: field(nameKind, 'The zone below which they are asked.', { example: 'example.com' }),
      rate,
    },
    'Is asked by bots for names that nobody has, each once ("water torture").',
  ),
};

type Breach = { code: string; message: string; path: readonly string[]; hint: string } | undefined;

function endsOnce({ at, for: length, until }: FaultDoc): Breach {
  if (length !== undefined && until !== undefined) {
    const message = 'for and until both say when it ends';
    return { code: 'scenario-two-ends', message, path: ['until'], hint: 'keep one of them' };
  }
  if (until === undefined || until > at) return undefined;
  const { show } = durationKind();
  const message = `it ends at ${show(until)}, not after its start at ${show(at)}`;
  return {
    code: 'scenario-ends-before',
    message,
    path: ['until'],
    hint: 'until is a time since the start; use for',
  };
}

/** `every` and `times` come together, and repeated faults must not have one fixed end. */
export function repeats(doc: WhenDoc & { readonly until?: Micros }): Breach {
  if ((doc.every === undefined) === (doc.times === undefined)) {
    if (doc.every === undefined || doc.until === undefined) return undefined;
    const message = 'an entry that repeats cannot have one fixed end';
    return { code: 'scenario-repeat', message, path: ['until'], hint: 'use for' };
  }
  const [there, missing] = doc.every === undefined ? ['times', 'every'] : ['every', 'times'];
  const message = `${there} needs ${missing} beside it`;
  return { code: 'scenario-repeat', message, path: [there!], hint: 'write for example every: 10m, times: 3' };
}

function oneLie(doc: FaultDoc): Breach {
  if (!('wrong' in doc) || (doc.answer === undefined) !== (doc.record === undefined)) return undefined;
  const message =
    doc.answer === undefined ? 'it does not say what is answered' : 'answer and record exclude each other';
  return {
    code: 'scenario-wrong-answer',
    message,
    path: [],
    hint: 'write answer: servfail, or record: with a record',
  };
}
