/** Reading Corefiles: their shape, their options, and every problem at its place. */
import { describe, expect, it, test } from 'vitest';
import { describeDuration } from '../../../src/base/time.ts';
import { hostOf, reverseName, serverKey } from '../../../src/dns/corefile/keys.ts';
import type { PluginOrder } from '../../../src/dns/corefile/order.ts';
import type { Plugin } from '../../../src/dns/corefile/plugins.ts';
import { readCorefile } from '../../../src/dns/corefile/read.ts';

function problems(text: string, files: Readonly<Record<string, string>> = {}): string[] {
  const { issues } = readCorefile(text, { file: 'Corefile', readFile: (path) => files[path] });
  return issues.map(({ severity, code, message, place, hint }) => {
    const level = severity === 'warning' ? 'warning ' : '';
    return `${place!.line}:${place!.column} ${level}${code}: ${message}${hint ? ` -> ${hint}` : ''}`;
  });
}

function blocks(
  text: string,
  order: PluginOrder = 'current',
  files: Readonly<Record<string, string>> = {},
): string[] {
  const { corefile, issues } = readCorefile(text, {
    file: 'Corefile',
    order,
    readFile: (path) => files[path],
  });
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  return corefile.blocks.map(({ zones, port, plugins }) => {
    return `${zones.join(' ')} :${port} ${plugins.map(({ plugin }) => plugin).join(' ')}`.trim();
  });
}

/** `file` and `auto` share a shape, as others do. */
type PluginOf<P extends Plugin['plugin']> = Plugin extends infer One
  ? One extends { plugin: infer Name }
    ? P extends Name
      ? One
      : never
    : never
  : never;

/** The one plugin of a block of that name. */
function plugin<P extends Plugin['plugin']>(name: P, text: string): PluginOf<P> {
  const { corefile, issues } = readCorefile(`. {\n${text}\n}\n`, { file: 'Corefile' });
  expect(issues).toEqual([]);
  return corefile.blocks[0]!.plugins.find((one) => one.plugin === name) as PluginOf<P>;
}

/** kubernetes/coredns.yaml.sed of coredns/deployment, as the script fills it in. */
const STOCK = `.:53 {
    errors
    health {
      lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      fallthrough in-addr.arpa ip6.arpa
    }
    prometheus :9153
    forward . /etc/resolv.conf {
      max_concurrent 1000
    }
    cache 30
    loop
    reload
    loadbalance
}
`;

describe('blocks', () => {
  const rows: [what: string, text: string, blocks: string[]][] = [
    ['one', '. {\n  cache\n}\n', ['. :53 cache']],
    ['several zones', 'example.org example.net {\n  any\n}', ['example.org. example.net. :53 any']],
    [
      'zones with commas over lines',
      'example.org,\nexample.net {\n any\n}',
      ['example.org. example.net. :53 any'],
    ],
    ['a port', 'example.org:1053 {\n any\n}', ['example.org. :1053 any']],
    ['two ports', '.:53 .:54 {\n any\n}', ['. :53 any', '. :54 any']],
    ['a transport', 'tls://example.org {\n any\n}', ['example.org. :853 any']],
    ['a reverse zone', '10.0.0.0/8 {\n any\n}', ['10.in-addr.arpa. :53 any']],
    ['without braces: the whole file', 'example.org\nany\nminimal\n', ['example.org. :53 any minimal']],
    ['comments', '# one\n. { # two\n  any # three\n}\n', ['. :53 any']],
    ['a snippet', '(plain) {\n  any\n}\n. {\n  import plain\n}\n', ['. :53 any']],
    ['the stock configuration of a cluster', STOCK, ['. :53 loadbalance cache kubernetes forward']],
    ['nothing but quiet plugins', '. {\n  errors\n  log\n}', ['. :53']],
  ];
  test.each(rows)('%s', (_, text, expected) => {
    expect(blocks(text)).toEqual(expected);
  });

  it('imports a file beside it', () => {
    expect(blocks('. {\n  import more\n}\n', 'current', { more: 'any\nminimal\n' })).toEqual([
      '. :53 any minimal',
    ]);
    expect(blocks('import all\n', 'current', { all: '. {\n any\n}\n' })).toEqual(['. :53 any']);
  });

  it('fills arguments into a snippet', () => {
    const text = '(up) {\n  forward . {args[0]}\n}\n. {\n  import up 192.0.2.7\n}\n';
    const { corefile } = readCorefile(text, { file: 'Corefile' });
    expect(corefile.blocks[0]!.plugins[0]).toMatchObject({ plugin: 'forward', to: ['192.0.2.7'] });
  });

  it('remembers what has no effect', () => {
    const { corefile } = readCorefile(STOCK, { file: 'Corefile' });
    expect(corefile.blocks[0]!.quiet).toEqual([
      'errors',
      'health',
      'ready',
      'prometheus',
      'loop',
      'reload',
      'health lameduck',
    ]);
  });
});

describe('the order of plugins is compiled in (plugin.cfg)', () => {
  const text =
    '. {\n forward . 192.0.2.1\n cache\n rewrite name a b\n acl {\n  block\n }\n template IN A\n}\n';
  const rows: [source: string, order: PluginOrder, chain: string][] = [
    ['coredns 7882, 8289: rewrite, acl, cache', 'current', 'rewrite acl cache template forward'],
    ['CoreDNS 1.12 plugin.cfg: acl, cache, rewrite', 'before-1.14.2', 'acl cache rewrite template forward'],
  ];
  test.each(rows)('%s', (_, order, chain) => {
    expect(blocks(text, order)).toEqual([`. :53 ${chain}`]);
  });
  it('keeps the order of statements of one plugin', () => {
    const { corefile } = readCorefile('. {\n forward a 192.0.2.1\n forward b 192.0.2.2\n}', {
      file: 'Corefile',
    });
    expect(corefile.blocks[0]!.plugins.map((one) => 'from' in one && one.from)).toEqual(['a.', 'b.']);
  });
});

describe('cache (plugin/cache/README.md)', () => {
  const rows: [text: string, success: string, denial: string][] = [
    ['cache', '9984 3600 5', '9984 1800 5'],
    ['cache 30', '9984 30 5', '9984 30 5'],
    ['cache 30 example.org', '9984 30 5', '9984 30 5'],
    ['cache {\n success 5000 600 10\n denial 2500\n}', '4864 600 10', '2304 1800 5'],
    ['cache {\n success 100\n}', '1024 3600 5', '9984 1800 5'],
  ];
  test.each(rows)('%s', (text, success, denial) => {
    const cache = plugin('cache', text);
    const shown = ({ capacity, ttlSeconds, leastSeconds }: typeof cache.success) =>
      `${capacity} ${ttlSeconds} ${leastSeconds}`;
    expect([shown(cache.success), shown(cache.denial)]).toEqual([success, denial]);
  });
  it('has no prefetch and serves nothing stale unless told', () => {
    expect(plugin('cache', 'cache')).toMatchObject({ servfailSeconds: 5, keepTtl: false });
    expect(plugin('cache', 'cache').prefetch).toBeUndefined();
    expect(plugin('cache', 'cache').serveStale).toBeUndefined();
  });
  it('reads prefetch, serve_stale, servfail and keepttl', () => {
    const cache = plugin('cache', 'cache {\n prefetch 3 2m 20%\n serve_stale\n servfail 1m\n keepttl\n}');
    expect(cache.prefetch).toEqual({ amount: 3, gap: 120_000_000, percentage: 20 });
    const plain = { upTo: 3_600_000_000, ttlSeconds: 0, recheckSeconds: 0 };
    expect(cache.serveStale).toEqual({ ...plain, mode: 'immediate' });
    expect([cache.servfailSeconds, cache.keepTtl]).toEqual([60, true]);
    expect(plugin('cache', 'cache {\n serve_stale 30m verify\n}').serveStale!.mode).toBe('verify');
  });
});

describe('serve_stale (plugin/cache/README.md; coredns pull requests 5131, 8070, 8411)', () => {
  test.each([
    ['serve_stale 2h', 'immediate 7200 - 0 0'],
    ['serve_stale 30m verify', 'verify 1800 - 0 0'],
    ['serve_stale 1h immediate 30s 20s', 'immediate 3600 - 30 20'],
    ['serve_stale 1h verify 100ms 30s 20s', 'verify 3600 0.1 30 20'],
  ])('%s', (text, expected) => {
    const stale = plugin('cache', `cache {\n ${text}\n}`).serveStale!;
    const { upTo, mode, patience, ttlSeconds, recheckSeconds } = stale;
    const waits = patience === undefined ? '-' : patience / 1e6;
    expect(`${mode} ${upTo / 1e6} ${waits} ${ttlSeconds} ${recheckSeconds}`).toBe(expected);
  });
});

describe('forward (plugin/forward/README.md)', () => {
  test.each([
    ['health_check 5s', '5 . true'],
    ['health_check 5s no_rec', '5 . false'],
    ['health_check 1s domain example.org', '1 example.org. true'],
    ['health_check 1s no_rec domain example.org', '1 example.org. false'],
  ])('%s', (text, expected) => {
    const { healthCheck, healthName, healthRecursion } = plugin(
      'forward',
      `forward . 192.0.2.1 {\n ${text}\n}`,
    );
    expect(`${healthCheck / 1e6} ${healthName} ${healthRecursion}`).toBe(expected);
  });
  it('has the defaults of the plugin', () => {
    expect(plugin('forward', 'forward . 192.0.2.1 192.0.2.2')).toMatchObject({
      from: '.',
      to: ['192.0.2.1', '192.0.2.2'],
      policy: 'random',
      maxFails: 2,
      healthCheck: 500_000,
      expire: 10_000_000,
      failfast: false,
      failover: [],
    });
  });
  it('reads its options', () => {
    const text =
      'forward corp tls://192.0.2.1 {\n except a.corp\n policy sequential\n health_check 5s\n max_fails 0\n' +
      ' max_concurrent 10\n failfast_all_unhealthy_upstreams\n failover SERVFAIL\n next NXDOMAIN\n}';
    expect(plugin('forward', text)).toMatchObject({
      from: 'corp.',
      except: ['a.corp.'],
      policy: 'sequential',
      healthCheck: 5_000_000,
      maxFails: 0,
      maxConcurrent: 10,
      failfast: true,
      failover: ['SERVFAIL'],
      next: ['NXDOMAIN'],
    });
  });
});

describe('other plugins', () => {
  it('kubernetes: TTL 5 s, pods disabled (plugin/kubernetes/README.md)', () => {
    expect(plugin('kubernetes', 'kubernetes cluster.local')).toMatchObject({
      zones: ['cluster.local.'],
      ttl: 5,
      pods: 'disabled',
      fallthrough: undefined,
    });
  });
  it('fallthrough without zones is for all of the plugin', () => {
    expect(plugin('kubernetes', 'kubernetes a b {\n fallthrough\n}').fallthrough).toEqual(['a.', 'b.']);
    expect(plugin('kubernetes', 'kubernetes a b {\n fallthrough b\n}').fallthrough).toEqual(['b.']);
  });
  it('file and secondary: zones, reload, primaries', () => {
    const file = plugin('file', 'file db.example example.org');
    expect([file.source, file.zones, describeDuration(file.reload)]).toEqual([
      'db.example',
      ['example.org.'],
      '1 min',
    ]);
    expect(plugin('secondary', 'secondary {\n transfer from 192.0.2.1 192.0.2.2\n}').from).toHaveLength(2);
  });
  it('hosts: inline entries, TTL 3600', () => {
    const hosts = plugin('hosts', 'hosts {\n 192.0.2.9 a.example b.example\n fallthrough\n}');
    expect(hosts.entries).toEqual([{ address: '192.0.2.9', names: ['a.example.', 'b.example.'] }]);
    expect([hosts.ttl, hosts.fallthrough]).toEqual([3600, ['.']]);
  });
  it('hosts: a file beside it', () => {
    const readFile = (): string => '# local\n127.0.0.1 localhost\n';
    const { corefile } = readCorefile('. {\n hosts local.hosts\n}', { file: 'Corefile', readFile });
    expect(corefile.blocks[0]!.plugins[0]).toMatchObject({ entries: [{ address: '127.0.0.1' }] });
  });
  it('rewrite: a block says the same as one line', () => {
    const line = plugin('rewrite', 'rewrite stop name regex (.*)\\.a {1}.b answer name (.*)\\.b {1}.a');
    const block = plugin(
      'rewrite',
      'rewrite stop {\n name regex (.*)\\.a {1}.b\n answer name (.*)\\.b {1}.a\n}',
    );
    expect(block).toEqual(line);
    expect(line.goesOn).toBe(false);
    expect(plugin('rewrite', 'rewrite continue ttl example.org 30-300').rule).toMatchObject({
      least: 30,
      most: 300,
    });
  });
  it('loadbalance weighted: weights by name and address', () => {
    const readFile = (): string => 'www.example.org\n192.0.2.1 3\n192.0.2.2 1\n';
    const { corefile, issues } = readCorefile('. {\n loadbalance weighted w\n}', {
      file: 'Corefile',
      readFile,
    });
    expect(issues).toEqual([]);
    const [first] = corefile.blocks[0]!.plugins;
    const weights = first?.plugin === 'loadbalance' ? first.weights : undefined;
    expect([...weights!.values()].map((one) => [...one])).toEqual([
      [
        ['192.0.2.1', 3],
        ['192.0.2.2', 1],
      ],
    ]);
  });
  it('acl: rules in order', () => {
    const acl = plugin('acl', 'acl {\n allow net 192.0.2.0/24\n block type A AAAA net *\n drop\n}');
    expect(acl.rules).toEqual([
      { action: 'allow', nets: ['192.0.2.0/24'] },
      { action: 'block', types: [1, 28] },
      { action: 'drop' },
    ]);
  });
});

describe('problems, all at once', () => {
  const rows: [what: string, text: string, problems: string[]][] = [
    ['nothing', '', ['1:1 corefile-empty: the Corefile has no server block -> write . { ... }']],
    [
      'an unknown plugin',
      '. {\n  cahce\n}',
      ["2:3 corefile-unknown-plugin: there is no plugin 'cahce' -> did you mean 'cache'?"],
    ],
    [
      'one that is not modelled',
      '. {\n  etcd\n}',
      ['2:3 warning corefile-not-modelled: the plugin etcd is not modelled and has no effect'],
    ],
    ['an open brace', '. {\n  any\n', ['1:3 corefile-brace: the brace is never closed -> add a line with }']],
    ['a brace too many', '. {\n}\n}\n', ['3:1 corefile-brace: this brace closes nothing']],
    [
      'an open quote',
      '. {\n  template IN A {\n answer "x\n}\n',
      expect.arrayContaining(['3:9 corefile-open-quote: the quote is never closed']) as unknown as string[],
    ],
    ['no zone', '{\n  any\n}', ['1:1 corefile-no-key: the block has no zone -> write . { ... }']],
    ['a bad zone', 'a..b {\n any\n}', [expect.stringContaining('1:1 corefile-key:') as unknown as string]],
    [
      'an unknown option',
      '. {\n cache {\n  sucess 1024\n }\n}',
      ["3:3 corefile-value: cache: there is no option 'sucess' -> did you mean 'success'?"],
    ],
    [
      'an option that is not modelled',
      '. {\n forward . 192.0.2.1 {\n  force_tcp\n }\n}',
      ['3:3 warning corefile-not-modelled: forward: force_tcp is not modelled and has no effect'],
    ],
    [
      'no upstream',
      '. {\n forward .\n}',
      ['2:2 corefile-value: forward: names no upstream -> write forward . 192.0.2.53'],
    ],
    [
      'a number',
      '. {\n kubernetes {\n  ttl 9999\n }\n}',
      ["3:7 corefile-value: kubernetes: needs a whole number from 0 to 3600, not '9999'"],
    ],
    [
      'a word',
      '. {\n kubernetes {\n  pods verifed\n }\n}',
      [
        "3:8 corefile-value: kubernetes: 'verifed' is none of disabled, insecure, verified -> did you mean 'verified'?",
      ],
    ],
    [
      'a duration',
      '. {\n forward . 192.0.2.1 {\n  expire soon\n }\n}',
      ["3:10 corefile-value: forward: needs a duration, not 'soon' -> write it like 30s or 1m30s"],
    ],
    [
      'a pattern',
      '. {\n template IN A {\n  match (\n }\n}',
      ["3:9 corefile-value: template: '(' is no pattern"],
    ],
    [
      'an unknown option of a probe',
      '. {\n forward . 192.0.2.1 {\n  health_check 5s norec\n }\n}',
      ["3:19 corefile-value: forward: health_check: there is no option 'norec' -> did you mean 'no_rec'?"],
    ],
    [
      'a word too many',
      '. {\n forward . 192.0.2.1 {\n  policy random sequential\n }\n}',
      ["3:17 warning corefile-left-out: forward: policy: nothing is known of 'sequential': it is left out"],
    ],
    [
      'words for a plugin that takes none',
      '. {\n any all\n whoami {\n  me\n }\n}',
      [
        "2:6 warning corefile-left-out: any: nothing is known of 'all': it is left out",
        "4:3 corefile-value: whoami: there is no option 'me'",
      ],
    ],
    [
      'an unknown option of a plugin without effect',
      '. {\n health {\n  lameduk 5s\n }\n any\n}',
      ["3:3 corefile-value: health: there is no option 'lameduk' -> did you mean 'lameduck'?"],
    ],
    [
      'a wrong value of one',
      '. {\n health {\n  lameduck soon\n }\n any\n}',
      ["3:12 corefile-value: health: needs a duration, not 'soon' -> write it like 30s or 1m30s"],
    ],
    [
      'another class',
      '. {\n template CH TXT {\n  rcode NXDOMAIN\n }\n}',
      ['2:11 corefile-value: template: the class CH is never asked for -> write template IN A'],
    ],
    [
      'a transfer to nowhere',
      'a {\n secondary {\n  transfer from 192.0.2.1\n  transfer with 192.0.2.2\n }\n}',
      ['4:12 corefile-value: secondary: transfer goes from or to addresses -> write transfer from 192.0.2.1'],
    ],
    ['twice', '. {\n cache\n cache\n}', ['3:2 corefile-twice: a block has one cache at most']],
    [
      'two blocks for one zone',
      '. {\n any\n}\n. {\n any\n}',
      ['4:1 corefile-duplicate: . is served on port 53 by another block already -> put both into one block'],
    ],
    [
      'an environment variable',
      '. {\n forward . {$DNS} 192.0.2.1\n}',
      [
        '2:12 warning corefile-environment: the environment variable {$DNS} is left out -> write its value instead',
      ],
    ],
    [
      'a secondary without primary',
      'a {\n secondary\n}',
      ['2:2 corefile-value: secondary: names no primary -> add transfer from ADDRESS'],
    ],
  ];
  test.each(rows)('%s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('tells two at once, and none for what is right', () => {
    expect(problems('. {\n cahce\n forward .\n}')).toHaveLength(2);
    expect(problems(STOCK)).toEqual([]);
  });

  it('allows two blocks for one zone with view, which is not modelled', () => {
    const views = '. {\n view a {\n expr true\n }\n any\n}\n. {\n any\n}\n';
    expect(problems(views)).toEqual([
      '2:2 warning corefile-not-modelled: the plugin view is not modelled and has no effect',
    ]);
  });

  it('does not import in a circle', () => {
    expect(problems('import me', { me: 'import me' })).toEqual([
      '1:1 corefile-import: imports lead in a circle',
    ]);
  });
});

describe('keys and addresses', () => {
  test.each([
    ['example.org', 'example.org. 53'],
    ['.:5353', '. 5353'],
    ['192.0.2.0/24', '2.0.192.in-addr.arpa. 53'],
    ['10.0.0.0/17', '0.10.in-addr.arpa. 53'],
    ['10.0.0.0/8:54', '10.in-addr.arpa. 54'],
    ['2001:db8::/32', '8.b.d.0.1.0.0.2.ip6.arpa. 53'],
  ])('%s', (text, expected) => {
    const key = serverKey(text);
    expect(typeof key === 'string' ? key : `${key.zone} ${key.port}`).toBe(expected);
  });
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:5353', '192.0.2.1'],
    ['tls://192.0.2.1%dns.example:853', '192.0.2.1'],
    ['[2001:db8::1]:53', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['/etc/resolv.conf', '/etc/resolv.conf'],
  ])('upstream %s', (text, expected) => {
    expect(hostOf(text)).toBe(expected);
  });
  it('turns an address round', () => {
    expect(reverseName('192.0.2.1')).toBe('1.2.0.192.in-addr.arpa.');
    expect(reverseName('nobody')).toBeUndefined();
  });
});
