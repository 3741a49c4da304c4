/** `kubernetes` (CoreDNS 1.14 plugin/kubernetes/README.md, setup.go). */
import type { KubernetesPlugin } from '../plugins.ts';
import type { StatementReader } from '../statement-reader.ts';

const TTL = 5;
const MOST_TTL = 3600;

type Draft = { -readonly [K in keyof KubernetesPlugin]: KubernetesPlugin[K] };

const NOT_MODELLED = [
  'resyncperiod',
  'endpoint',
  'tls',
  'kubeconfig',
  'apiserver_qps',
  'apiserver_burst',
  'apiserver_max_inflight',
  'namespace_labels',
  'labels',
  'endpoint_pod_names',
  'upstream',
  'transfer',
  'multicluster',
  'startup_timeout',
];

export function readKubernetes(reader: StatementReader): KubernetesPlugin {
  const draft: Draft = {
    plugin: 'kubernetes',
    line: reader.name.line,
    zones: reader.zonesOr(reader.arguments),
    ttl: TTL,
    pods: 'disabled',
    noEndpoints: false,
    ignoreEmptyService: false,
    fallthrough: undefined,
  };
  reader.options(
    {
      ttl: ([word]) => {
        draft.ttl = reader.whole(word, 0, MOST_TTL, TTL);
      },
      pods: ([word]) => {
        draft.pods = reader.oneOf(word, ['disabled', 'insecure', 'verified'], 'disabled');
      },
      namespaces: (words) => {
        draft.namespaces = words.map(({ text }) => text);
      },
      noendpoints: () => {
        draft.noEndpoints = true;
      },
      ignore: ([word]) => {
        draft.ignoreEmptyService =
          reader.oneOf(word, ['empty_service', 'emptyservice'], 'empty_service') !== undefined;
      },
      fallthrough: (words) => {
        draft.fallthrough = reader.fallthrough(words, draft.zones);
      },
    },
    NOT_MODELLED,
    { ttl: 1, pods: 1, noendpoints: 0, ignore: 1 },
  );
  return draft;
}
