/** The drills that ship, as the page offers them: each in a group, each with a question, its story in parts. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { questionOf, storyOf } from '../../web/shell/story.ts';
import { GROUPS, SHIPPED } from '../../web/shipped.ts';

const FILES = readdirSync('scenarios').filter((name) => name.endsWith('.yaml'));

describe('drills that ship', () => {
  it('belong to one group each', () => {
    const grouped = GROUPS.flatMap(([, files]) => files.map((name) => `${name}.yaml`));
    expect([...grouped].sort((a, b) => (a < b ? -1 : 1))).toEqual(FILES);
    expect(SHIPPED.map(({ file }) => file)).toEqual(grouped);
  });

  it.each(FILES)('%s begins with a sentence to wonder about', (file) => {
    const question = questionOf(readFileSync(`scenarios/${file}`, 'utf8'));
    expect(question).toMatch(/^\S.{20,}[.?]$/);
    expect(question.length).toBeLessThan(220);
  });
});

describe('the story of a scenario', () => {
  it('is its first comment, as paragraphs and lists, without what is for programs', () => {
    const text = [
      '# yaml-language-server: $schema=x',
      '#',
      '# Who is broken?',
      '# Nobody knows.',
      '#',
      '# Two names:',
      '#   www    proxied, and',
      '#          no more',
      '#   api    plain',
      '# Both die.',
      '# Play it:    dnsdrill run x.yaml',
      'schema: 1',
      '# not part of it',
    ].join('\n');
    expect(storyOf(text)).toEqual([
      { kind: 'paragraph', text: 'Who is broken? Nobody knows.' },
      { kind: 'paragraph', text: 'Two names:' },
      { kind: 'entry', term: 'www', text: 'proxied, and no more' },
      { kind: 'entry', term: 'api', text: 'plain' },
      { kind: 'paragraph', text: 'Both die.' },
    ]);
  });

  it('is empty where there is none', () => {
    expect(storyOf('title: plain\n# later\n')).toEqual([]);
    expect(questionOf('')).toBe('');
  });
});
