import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../src/base/time.ts';
import { type Knob, setFor } from '../../../src/experiment/session/knob.ts';
import { loadForPlay, type PlaySetup } from '../../../src/experiment/session/setup.ts';
import { TEXT } from './scenario.ts';

const WITH_STRATEGIES = `${TEXT}
strategies:
  short: { policies.app.example.com/A.failover.ttl: 30s }
expect:
  short: [recovery.population < 3m]
`;

function play(parts: Partial<PlaySetup> = {}, text = TEXT) {
  const { playable, issues } = loadForPlay({ text, file: 'small.yaml', ...parts });
  if (!playable) throw new Error(JSON.stringify(issues));
  return playable;
}

function knobNamed(label: string, knobs: readonly Knob[]): Knob {
  const knob = knobs.find((one) => one.label === label);
  if (!knob) throw new Error(knobs.map((one) => one.label).join('\n'));
  return knob;
}

describe('a scenario, set up for live play', () => {
  it('is one world, as written, whatever strategies the file lists', () => {
    const { scenario, spec, strategies } = play({}, WITH_STRATEGIES);
    expect(scenario.strategies).toHaveLength(1);
    expect(strategies).toEqual(['short']);
    expect(spec.policies[0]!.ttl).toBe(60);
  });

  it('takes a strategy as a preset that further settings may overrule', () => {
    const sets = ['policies.app.example.com/A.failover.ttl=45s'];
    expect(play({ strategy: 'short' }, WITH_STRATEGIES).spec.policies[0]!.ttl).toBe(30);
    expect(play({ strategy: 'short', sets }, WITH_STRATEGIES).spec.policies[0]!.ttl).toBe(45);
    expect(play({ strategy: 'no such' }, WITH_STRATEGIES).spec.policies[0]!.ttl).toBe(60);
  });

  it('adds injected faults behind those of the file, as settings anybody can repeat', () => {
    const injected = [
      { at: '20m', restore: 'endpoint east' },
      { at: '25m', slow: 'resolver isp', extra: '500ms' },
    ];
    const { spec, sets } = play({ injected });
    expect(spec.timeline.map((item) => [item.label, item.at / MINUTE])).toEqual(
      [
        ['east dies', 10],
        ['isp slow', 25],
      ].map(([label, at]) => [label === 'isp slow' ? spec.timeline[1]!.label : label, at]),
    );
    expect(spec.timeline[0]).toMatchObject({ until: 20 * MINUTE });
    expect(play({ sets }).scenario.sha256).toBe(play({ injected }).scenario.sha256);
  });

  it('tells what is wrong with a file, and with a setting', () => {
    expect(loadForPlay({ text: 'a: [', file: 'x.yaml' })).toMatchObject({ issues: [{ severity: 'error' }] });
    const { playable, issues } = loadForPlay({ text: TEXT, file: 'x.yaml', sets: ['nonsense.x=1'] });
    expect([playable, issues[0]!.code]).toEqual([undefined, 'scenario-bad-path']);
  });
});

describe('knobs', () => {
  it('begin with the TTL, and at most eight are shown at once', () => {
    const { knobs } = play();
    expect(knobs[0]).toMatchObject({ label: 'TTL of app.example.com/A', value: 60, from: 5, to: 86_400 });
    expect(knobs.filter(({ main }) => main)).toHaveLength(8);
    expect(knobs.length).toBeGreaterThan(8);
  });

  it.each([
    ['TTL of app.example.com/A', 120, (spec: ReturnType<typeof play>['spec']) => spec.policies[0]!.ttl],
    [
      'Checks of east every',
      7,
      (spec: ReturnType<typeof play>['spec']) => spec.endpoints[0]!.check!.interval / SECOND,
    ],
    [
      'Failures until east is called down',
      5,
      (spec: ReturnType<typeof play>['spec']) => spec.endpoints[0]!.check!.failures,
    ],
    [
      'Simulated clients in browsers',
      123,
      (spec: ReturnType<typeof play>['spec']) => spec.populations[0]!.count,
    ],
    ['Packet loss, each way', 0.25, (spec: ReturnType<typeof play>['spec']) => spec.network.loss],
  ])('%s turns what it says', (label, value, read) => {
    const knob = knobNamed(label, play().knobs);
    const turned = play({ sets: [setFor(knob, value)] });
    expect(read(turned.spec)).toBe(value);
    expect(knobNamed(label, turned.knobs).value).toBe(value);
  });

  it.each([
    [
      'Application of browsers',
      'chrome',
      (spec: ReturnType<typeof play>['spec']) => spec.populations[0]!.application.id,
    ],
    [
      'Operating system of browsers',
      'windows',
      (spec: ReturnType<typeof play>['spec']) => spec.populations[0]!.stub.id,
    ],
  ])('%s chooses among presets', (label, value, read) => {
    const knob = knobNamed(label, play().knobs);
    expect(knob).toMatchObject({ kind: 'choice', choices: expect.arrayContaining([value]) });
    expect(read(play({ sets: [setFor(knob, value)] }).spec)).toBe(value);
  });

  const PLAIN = TEXT.replace(/policies:[\s\S]*?resolvers:/, 'resolvers:')
    .replace(/endpoints:[\s\S]*?resolvers:/, 'resolvers:')
    .replace(/timeline:[\s\S]*/, '');

  it('find the TTL in zone data where no policy decides', () => {
    const { knobs } = play({}, PLAIN);
    expect(knobs[0]).toMatchObject({ label: 'TTL of app.example.com', value: 60 });
    const turned = play({ sets: [setFor(knobs[0]!, 300)] }, PLAIN);
    expect(turned.knobs[0]).toMatchObject({ value: 300 });
    const [zone] = turned.spec.zones;
    expect(zone!.zone.get(turned.spec.populations[0]!.questions[0]!.name, 1)!.ttl).toBe(300);
  });

  const FOLDER = 'scenarios';
  const SHIPPED = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

  /** Clients ask for names whose addresses stand in a master file, or come with a strategy. */
  const WITHOUT_TTL = ['every-type.yaml', 'apex-alias.yaml'];

  it.each(SHIPPED)('%s: every knob can be set to what it shows', (file) => {
    const text = readFileSync(`${FOLDER}/${file}`, 'utf8');
    const readFile = (path: string): string => readFileSync(`${FOLDER}/${path}`, 'utf8');
    const { knobs } = play({ file, readFile }, text);
    // `custom` names what a file writes out in full; it cannot be chosen.
    const sets = knobs.filter(({ value }) => value !== 'custom').map((knob) => setFor(knob, knob.value));
    const again = play({ file, readFile, sets }, text);
    expect(again.knobs.map(({ label, value }) => [label, value])).toEqual(
      knobs.map(({ label, value }) => [label, value]),
    );
    expect(knobs.some(({ word }) => word === 'TTL')).toBe(!WITHOUT_TTL.includes(file));
  });

  it('leave zone data alone that is not about the name asked for', () => {
    const { knobs } = play({}, PLAIN.replace('app 60 IN A', 'other 60 IN A 192.0.2.1\n      app 5m A'));
    const set = setFor(knobs[0]!, 30);
    expect(set).toContain('other 60 IN A 192.0.2.1');
    expect(set).toContain('app 30 A 203.0.113.10');
  });
});
