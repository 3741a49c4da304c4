/** How presets relate to the collected facts: other names, none at all, and values that differ on purpose. */

type Reasons = Readonly<Record<string, string>>;

/** Preset to fact where their ids differ. */
export const FACT_OF: Reasons = {
  'os glibc': 'glibc-nocache',
  'os linux': 'glibc-nocache',
  'os windows': 'windows-dns-client',
  'os macos': 'macos-mdnsresponder',
  'apps jvm': 'jvm-default',
  'apps node': 'nodejs',
};

/** Presets no fact stands for, and why they exist. */
export const WITHOUT_FACT: Reasons = {
  'resolvers rfc-reference': 'the base; its variant rfc8767-reference stands for the fact',
  'resolvers azure-resolver': 'its limits are among the facts about Azure; its cache is not published',
  'os none': 'a neutral base, no product',
  'os musl': 'not among the facts',
  'apps fetcher': 'a neutral base, no product',
  'apps none': 'a neutral client, no product',
  'apps rust-reqwest': 'not among the facts',
};

/** Fields in which a preset departs from its fact, and why. */
export const DIFFERENCES: Readonly<Record<string, Reasons>> = {
  'resolvers unbound-pre-1.23': {
    failureRecheckS:
      'the fact is that of 1.26: before, no SERVFAIL was kept where expired data were, as measured too',
  },
  'resolvers pdns-recursor': {
    'serveStale.maxStale': 'the fact is 120 extensions of 30 s, which are a setting of their own',
  },
  'resolvers knot-resolver': { retries: 'nothing bounds sends to one address but the limit of a request' },
  'resolvers dnsmasq': { retries: 'the fact counts repeats, the setting sends' },
  'resolvers nodelocal-dnscache': {
    negativeTtlMax: 'the fact is for names inside the cluster, the preset for those outside',
  },
  'os nscd': {
    fixedTtl: 'the fact is for sources without a TTL; DNS always has one',
    'serveStale.maxStale': 'kept records are told by reloads, which the notes describe',
  },
};
