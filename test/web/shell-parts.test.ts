/** The pure parts of the shell: addresses, commands, keys, announcements, words. */
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { Announcer } from '../../web/shell/announcer.ts';
import { Commands, keyOf, keyText } from '../../web/shell/commands.ts';
import { formatRoute, parseRoute, type Route } from '../../web/shell/route.ts';
import { WORDS } from '../../web/shell/words.ts';

describe('addresses', () => {
  test.each<[string, Route]>([
    ['', { view: 'play', sets: [], locked: false, state: {} }],
    ['#/compare', { view: 'compare', sets: [], locked: false, state: {} }],
    ['#/nowhere', { view: 'play', sets: [], locked: false, state: {} }],
    [
      '#/play?drill=a.yaml&set=x%3D1&set=y%3Da%26b&seed=7&lock=1&at=12.5&clients=100&strategy=ttl+30',
      {
        view: 'play',
        drill: 'a.yaml',
        sets: ['x=1', 'y=a&b'],
        seed: 7,
        locked: true,
        state: { at: 12.5, clients: 100, strategy: 'ttl 30' },
      },
    ],
    [
      '#/edit?link=1.abc&do=page.help',
      { view: 'edit', link: '1.abc', sets: [], locked: false, state: {}, command: 'page.help' },
    ],
    ['#/play?seed=minus', { view: 'play', sets: [], locked: false, state: {} }],
  ])('%s', (fragment, route) => {
    expect(parseRoute(fragment)).toEqual(route);
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it('names a drill or holds a whole scenario, not both', () => {
    const route = parseRoute('#/play?drill=a.yaml&link=1.x');
    expect(formatRoute(route)).toBe('#/play?link=1.x');
  });

  it('does not let the state of a view change what is reserved', () => {
    const route: Route = { view: 'play', sets: [], locked: false, state: { seed: 9, at: 1 } };
    expect(parseRoute(formatRoute(route))).toMatchObject({ state: { at: 1 } });
    expect(parseRoute(formatRoute(route)).seed).toBeUndefined();
  });
});

describe('commands', () => {
  it('run by name and key while they are there and can', () => {
    const commands = new Commands();
    const ran: string[] = [];
    let able = true;
    const remove = commands.add([
      { id: 'a.one', title: 'One', keys: ['n'], run: () => ran.push('one'), available: () => able },
    ]);
    expect([commands.run('a.one'), commands.run('a.two')]).toEqual([true, false]);
    commands.byKey('n')?.run();
    expect(ran).toEqual(['one', 'one']);
    able = false;
    expect([commands.run('a.one'), commands.byKey('n'), commands.list]).toEqual([false, undefined, []]);
    able = true;
    remove();
    expect(commands.run('a.one')).toBe(false);
  });

  it('wait for a command of a link until somebody has it', async () => {
    const commands = new Commands();
    const ran: string[] = [];
    commands.runWhenReady('b.late');
    commands.add([{ id: 'b.late', title: 'Late', run: () => ran.push('late') }]);
    await Promise.resolve();
    expect(ran).toEqual(['late']);
  });

  it('are found by keys, never by those of the browser', () => {
    const press = (key: string, more = {}): KeyboardEvent =>
      ({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more }) as KeyboardEvent;
    expect(keyOf(press(' '))).toBe('Space');
    expect(keyOf(press('ArrowLeft', { shiftKey: true }))).toBe('Shift+ArrowLeft');
    expect(keyOf(press('+', { shiftKey: true }))).toBe('+');
    expect(keyOf(press('n', { ctrlKey: true }))).toBeUndefined();
    expect(keyText('Shift+ArrowRight')).toBe('Shift →');
  });
});

describe('the live region', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('speaks at most once in two seconds, and the latest wins', () => {
    const said: string[] = [];
    const announcer = new Announcer((text) => said.push(text));
    announcer.say('first');
    vi.advanceTimersByTime(1);
    for (const text of ['second', 'third', 'fourth']) announcer.say(text);
    vi.advanceTimersByTime(1900);
    expect(said).toEqual(['first']);
    vi.advanceTimersByTime(200);
    expect(said).toEqual(['first', 'fourth']);
    vi.advanceTimersByTime(10_000);
    expect(said).toEqual(['first', 'fourth']);
  });
});

describe('words', () => {
  it.each(Object.entries(WORDS))('%s is explained in a sentence', (_, { text, source }) => {
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(text.length).toBeLessThan(170);
    if (source !== undefined) expect(source).toMatch(/^RFC \d{4}/);
  });
});
