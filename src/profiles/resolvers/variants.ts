/** Older versions and stricter readings of presets that stand in files of their own. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const CHANGELOG = 'Unbound 1.26 doc/Changelog, November and December 2024 (#1175)';

export const UNBOUND_PRE_1_23: Preset = {
  id: 'unbound-pre-1.23',
  title: 'Unbound 1.6 to 1.22 (Debian 12 ships 1.17.1)',
  notes: ['With serve-stale switched on it answers with expired data at once and of any age.'],
  variantOf: 'unbound',
  values: {
    'serve-stale.client-timer': cited(
      '0s',
      'documentation',
      `${CHANGELOG}: serve-expired-client-timeout was 0, at once`,
    ),
    'serve-stale.max-stale': cited(
      '2147483647s',
      'documentation',
      `${CHANGELOG}: serve-expired-ttl was 0, without limit`,
    ),
    'serve-stale.recheck': cited(
      '0s',
      'source',
      'Unbound 1.17.1 iterator/iterator.c error_response_cache(): no SERVFAIL is kept where expired data are',
    ),
    'serve-stale.cap-at-original-ttl': cited(
      false,
      'measured',
      'Unbound 1.17.1: 30 s on expired data of an original TTL of 5 s',
    ),
  },
};

export const RFC8767_REFERENCE: Preset = {
  id: 'rfc8767-reference',
  title: 'As rfc-reference, with the shortest memory of failures',
  notes: ['Failures are kept for the one second RFC 9520 asks for, and no longer however often they repeat.'],
  variantOf: 'rfc-reference',
  values: {
    'failure.first': cited('1s', 'source', 'RFC 9520 §3.2: at least 1 s'),
    'failure.factor': cited(1, 'assumption', 'RFC 9520 §3.2 recommends a back-off; this variant has none'),
    'failure.maximum': cited('1s', 'source', 'RFC 9520 §3.2: at least 1 s'),
  },
};
