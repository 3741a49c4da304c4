/** Rules about the drill itself: what a scenario should say to be of use. */
import { type Found, type Rule, scenarioRule } from '../rule.ts';

const NO_EXPECTATION: Rule = scenarioRule(
  {
    code: 'no-expectation',
    severity: 'note',
    title: 'A drill without a verdict',
    why: 'Without an expectation nothing fails when the design gets worse.',
    source: 'checklist of DNS architecture: watch error rates, test failover regularly',
  },
  ({ doc, place }): Found[] => {
    if (doc.expect !== undefined) return [];
    const fix = 'add for example expect: [recovery.p99 < 5m, availability.min >= 50%]';
    return [{ message: 'the scenario expects nothing', place: place([]), fix }];
  },
);

const ONE_RESOLVER: Rule = scenarioRule(
  {
    code: 'one-resolver',
    severity: 'note',
    title: 'Clients with a single resolver',
    why: 'When it is away nothing resolves, however well the zone is served.',
    source: 'RFC 1123 §6.1.3.2: hosts should know several; resolv.conf(5)',
  },
  ({ spec, place }) =>
    spec.populations.flatMap(({ name, resolvers }): Found[] => {
      const [only] = resolvers.length === 1 ? resolvers : [];
      const service = only?.resolvers.length === 1 ? spec.resolvers[only.resolvers[0]!] : undefined;
      if (service?.count !== 1) return [];
      const message = `${name} depends on one instance of ${service.name}`;
      return [
        { message, place: place(['clients', name, 'resolvers']), fix: 'list a second resolver for them' },
      ];
    }),
);

const UNDOCUMENTED: Rule = scenarioRule(
  {
    code: 'undocumented',
    severity: 'note',
    title: 'A design that nobody has written down',
    why: 'Who is on call at night needs to know who serves what, and why it is as it is.',
    source: 'checklist of DNS architecture: document the architecture and the delegation chain',
  },
  ({ doc, remarks, place }): Found[] => {
    if (doc.description !== undefined || remarks) return [];
    const fix =
      'add description: (or a comment at the top) with who serves the zones, how failover is meant to go, and where numbers come from';
    return [
      { message: 'the scenario has neither a description nor a comment at its head', place: place([]), fix },
    ];
  },
);

export const DRILL_RULES: readonly Rule[] = [NO_EXPECTATION, ONE_RESOLVER, UNDOCUMENTED];
