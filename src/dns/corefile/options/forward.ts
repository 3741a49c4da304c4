/** `forward` (CoreDNS 1.14 plugin/forward/README.md, setup.go). */
import { didYouMean } from '../../../base/suggest.ts';
import { MILLISECOND, SECOND } from '../../../base/time.ts';
import { ROOT } from '../../data/name.ts';
import type { ForwardPlugin } from '../plugins.ts';
import type { StatementReader } from '../statement-reader.ts';
import type { Word } from '../words.ts';

const MOST_UPSTREAMS = 15;
const MAX_FAILS = 2;

type Draft = { -readonly [K in keyof ForwardPlugin]: ForwardPlugin[K] };

const NOT_MODELLED = [
  'force_tcp',
  'prefer_udp',
  'max_idle_conns',
  'max_age',
  'tls',
  'tls_servername',
  'doh_method',
  'resolver',
  'next_on_nodata',
];

export function readForward(reader: StatementReader): ForwardPlugin {
  const [from, ...to] = reader.arguments;
  if (!from || to.length === 0) {
    reader.fail(reader.name, 'names no upstream', 'write forward . 192.0.2.53');
  }
  if (to.length > MOST_UPSTREAMS) reader.fail(to.at(-1)!, `takes at most ${MOST_UPSTREAMS} upstreams`);
  const forward: Draft = {
    plugin: 'forward',
    line: reader.name.line,
    from: (from && reader.zone(from)[0]) ?? ROOT,
    to: to.map(({ text }) => text),
    except: [],
    policy: 'random',
    healthCheck: 500 * MILLISECOND,
    healthName: ROOT,
    healthRecursion: true,
    maxFails: MAX_FAILS,
    maxConnectAttempts: 0,
    expire: 10 * SECOND,
    failfast: false,
    failover: [],
    next: [],
  };
  readOptions(reader, forward);
  return forward;
}

function readOptions(reader: StatementReader, forward: Draft): void {
  const count = (word: Word | undefined): number => reader.whole(word, 0, 2 ** 31, 0);
  reader.options(
    {
      except: (words) => {
        forward.except = words.flatMap((word) => reader.zone(word));
      },
      policy: ([word]) => {
        forward.policy = reader.oneOf(word, ['random', 'round_robin', 'sequential'], 'random');
      },
      health_check: (words) => {
        readHealthCheck(reader, forward, words);
      },
      max_fails: ([word]) => {
        forward.maxFails = count(word);
      },
      max_concurrent: ([word]) => {
        const most = count(word);
        if (most > 0) forward.maxConcurrent = most;
      },
      max_connect_attempts: ([word]) => {
        forward.maxConnectAttempts = count(word);
      },
      expire: ([word]) => {
        forward.expire = reader.duration(word, forward.expire);
        reader.quiet('expire');
      },
      failfast_all_unhealthy_upstreams: () => {
        forward.failfast = true;
      },
      failover: (words) => {
        forward.failover = words.map(({ text }) => text.toUpperCase());
      },
      next: (words) => {
        forward.next = words.map(({ text }) => text.toUpperCase());
      },
    },
    NOT_MODELLED,
    WORDS,
  );
}

/** How many words options take. */
const WORDS = {
  policy: 1,
  max_fails: 1,
  max_concurrent: 1,
  max_connect_attempts: 1,
  expire: 1,
  failfast_all_unhealthy_upstreams: 0,
};

/** DURATION [no_rec] [domain FQDN] */
function readHealthCheck(
  reader: StatementReader,
  forward: Draft,
  [duration, ...rest]: readonly Word[],
): void {
  forward.healthCheck = reader.duration(duration, forward.healthCheck);
  forward.healthName = ROOT;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at]!;
    if (word.text === 'no_rec') forward.healthRecursion = false;
    else if (word.text === 'domain') {
      const name = rest[++at];
      if (name) forward.healthName = reader.zone(name)[0] ?? ROOT;
      else reader.fail(word, 'health_check: domain names none', 'write health_check 5s domain example.org');
    } else {
      const hint = didYouMean(word.text, ['no_rec', 'domain']);
      reader.fail(word, `health_check: there is no option '${word.text}'`, hint);
    }
  }
}
