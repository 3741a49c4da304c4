/** Statements without effect on answers here: their options are read, so that no typing error goes by in silence. */
import type { Plugin } from '../plugins.ts';
import type { StatementReader } from '../statement-reader.ts';

/** Options of each, by CoreDNS 1.14 plugin/NAME/README.md; those not listed have none. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  bind: ['except'],
  dnstap: ['identity', 'version', 'extra', 'skipverify'],
  errors: ['consolidate', 'stacktrace', 'show_first'],
  header: ['set', 'clear', 'query', 'response'],
  health: ['lameduck'],
  log: ['class'],
  pprof: ['block'],
  ready: ['monitor'],
  timeouts: ['read', 'write', 'idle'],
  trace: [
    'every',
    'service',
    'client_server',
    'datadog_analytics_rate',
    'zipkin_max_backlog_size',
    'zipkin_max_batch_size',
    'zipkin_max_batch_interval',
  ],
  transfer: ['to', 'from'],
};

export function readQuiet(reader: StatementReader): Plugin | undefined {
  const options = Object.hasOwn(OPTIONS, reader.name.text) ? OPTIONS[reader.name.text]! : [];
  reader.options(
    Object.fromEntries(
      options.map((option) => [
        option,
        ([word]) => {
          if (option === 'lameduck') reader.duration(word, 0);
          reader.quiet(option);
        },
      ]),
    ),
  );
  return undefined;
}
