/** The scenario `dnsdrill init` writes: small, complete, and explained line by line. */
export const STARTER: string = `# yaml-language-server: $schema=./node_modules/dnsdrill/schema.json
#
# A fire drill for DNS. Play it with      dnsdrill run FILE
# See every value behind it with          dnsdrill explain FILE
# Change one without editing with         dnsdrill run FILE --set timeline.0.for=1h
#
# Durations are written 90s, 10m, 1h30m; shares 30% or 0.3. Only duration, zones and clients are required.
schema: 1
title: My first drill
duration: 1h # virtual time, played in seconds

# The data to be served. Instead of records, a master file beside this one: - file: example.com.zone
zones:
  - name: example.com
    records: |
      app 60 IN A 203.0.113.10

# What users connect to. Checks tell the DNS provider which of them are healthy.
endpoints:
  us-east: { address: 203.0.113.10, check: { https: /health, interval: 10s, failures: 3 } }
  eu-west: { address: 198.51.100.20, check: { https: /health, interval: 10s, failures: 3 } }

# Who answers what: the primary while it is healthy, else the secondary.
policies:
  app.example.com/A:
    failover: { primary: us-east, secondary: eu-west, ttl: 60s }

# Recursive resolvers between users and zones. Profiles: unbound, bind, google-public-dns, isp-typical ...;
# dnsdrill profiles lists them all, also those of applications and operating systems.
resolvers:
  isp: { profile: unbound, count: 50 }
  google: { profile: google-public-dns, count: 5, fragments: 16 }

# Users. 10,000 are simulated and stand for a million. For everybody at once write population: public-internet
# instead of app, os and resolvers; the resolvers above are then not needed.
clients:
  browsers:
    count: 10000
    represents: 1000000
    app: chrome # or firefox, jvm, curl, nginx-static ..., or settings of your own
    os: windows # or macos, linux, glibc, systemd-resolved, none
    resolvers: { isp: 70%, google: 30% }
    requests: { name: app.example.com, every: 60s }

# What goes wrong, and when. Also: slow, lossy, wrong, flood, errors ...; put, ttl, delegate, flush change things.
timeline:
  - { at: 10m, fail: endpoint us-east, for: 30m }

# Variants to compare: the same draws, one difference each.
strategies:
  ttl 60: {}
  ttl 300: { policies.app.example.com/A.failover.ttl: 300s }

# What must hold. A run that misses one ends with exit code 99, so that a pipeline notices.
expect:
  - recovery.population < 15m
  - availability.mean >= 80%
`;
