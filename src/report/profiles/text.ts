/** Profiles for people: the list, one explained, two compared. At most 80 columns. */
import { CONFIDENCE_MEANINGS, type Confidence } from '../../profiles/cited.ts';
import { toAscii } from '../ascii.ts';
import { finish, padEnd, width, wrap } from '../layout.ts';
import { PLAIN, type Style } from '../style.ts';
import type { TextOptions } from '../text.ts';
import type {
  ProfileComparison,
  ProfileDifference,
  ProfileExplanation,
  ProfileSummary,
  ProfileValue,
} from './explanation.ts';

const KINDS: Readonly<Record<ProfileSummary['section'], { readonly title: string; readonly place: string }>> =
  {
    resolvers: { title: 'Resolvers', place: 'resolvers.NAME.profile' },
    os: { title: 'Operating systems', place: 'clients.NAME.os' },
    apps: { title: 'Applications', place: 'clients.NAME.app' },
    populations: { title: 'Populations', place: 'clients.NAME.population' },
  };

/** Longer names push their titles to the right. */
const NAME_ROOM = 24;

/** Every profile with its title and its main values, variants below what they are variants of. */
export function renderProfileList(profiles: readonly ProfileSummary[], options: TextOptions = {}): string {
  const style = options.style ?? PLAIN;
  const sections = profiles.map((one, index) => {
    const before = profiles[index - 1];
    const same = before?.section === one.section && before.group === one.group;
    const indent = ' '.repeat(indentOf(profiles, one));
    const heading = same ? [] : [...(before ? [''] : []), style.heading(groupTitle(one, before))];
    return [...heading, ...listed(one, indent, style)];
  });
  const closing = wrap('dnsdrill profiles NAME says everything about one, --diff A B how two differ.');
  return done([...sections.flat(), '', ...closing], options);
}

/** Where profiles of a kind are named is said once. */
function groupTitle({ section, group }: ProfileSummary, before: ProfileSummary | undefined): string {
  const { title, place } = KINDS[section];
  const whole = group === undefined ? title : `${title}: ${group}`;
  return before?.section === section ? whole : `${whole} (${place})`;
}

/** Two, and two more for each profile above. */
function indentOf(profiles: readonly ProfileSummary[], { section, variantOf }: ProfileSummary): number {
  const above = profiles.find((one) => one.section === section && one.id === variantOf);
  return above ? indentOf(profiles, above) + 2 : 2;
}

function listed({ id, title, summary, isDefault }: ProfileSummary, indent: string, style: Style): string[] {
  const name = padEnd(`${indent}${id}`, NAME_ROOM);
  const [first, ...rest] = wrap(
    `${title}${isDefault ? ' (default)' : ''}`,
    ' '.repeat(NAME_ROOM + 2),
    `${name}  `,
  );
  return [
    style.strong(name) + first!.slice(name.length),
    ...rest,
    ...wrap(summary, `${indent}    `).map((line) => style.dim(line)),
  ];
}

const NOTATION =
  'Keys are as --set takes them; in a file the part before the dot is a map: serve-stale: { enabled: on }.';

/** Everything about one profile: what its values leave out, its variants, each value with its source. */
export function renderProfile(profile: ProfileExplanation, options: TextOptions = {}): string {
  const style = options.style ?? PLAIN;
  const { id, title, values, notes, variants } = profile;
  const groups = [id, ...profile.completedBy, undefined].map((from) => ({
    from,
    values: values.filter((value) => value.from === from),
  }));
  const sections = [
    [style.title(`${id}: ${title}`), ...wrap(introduction(profile))],
    notes.length > 0
      ? [style.heading('What its values do not say'), ...notes.flatMap((note) => wrap(note, '    ', '  - '))]
      : [],
    variants.length > 0
      ? [style.heading('Variants'), ...variants.flatMap((variant) => variantLines(variant, style))]
      : [],
    ...groups.map(({ from, values: own }) => {
      return own.length > 0 ? [style.heading(groupHeading(id, from)), ...valueLines(own, style)] : [];
    }),
    [...legend(values, style), ...wrap(NOTATION).map((line) => style.dim(line))],
  ];
  return done(joined(sections), options);
}

function introduction(profile: ProfileExplanation): string {
  const { section, noun, place, completedBy, variantOf, isDefault } = profile;
  const article = /^[aeiou]/.test(noun) ? 'An' : 'A';
  const where = place.replace('*', 'NAME');
  if (section === 'populations') return `${article} ${noun} (${where}). ${OTHER_SHARES}`;
  const variant = variantOf === undefined ? '' : `, a variant of ${variantOf}`;
  const usual = isDefault ? ' It is what scenarios use that name none.' : '';
  const rest = completedBy.at(-1);
  const completed =
    rest === undefined
      ? ' The others of its kind are completed by it.'
      : ` What it leaves out is as in ${completedBy.join(', then ')}.`;
  return `${article} ${noun} (${where})${variant}.${usual}${completed}`;
}

const OTHER_SHARES = 'A share written under weights: leaves the others their proportions in the rest.';

function groupHeading(id: string, from: string | undefined): string {
  if (from === undefined) return 'Default of the format';
  return from === id ? 'Values of its own' : `As in ${from}`;
}

function variantLines(
  { id, title, differences }: ProfileExplanation['variants'][number],
  style: Style,
): string[] {
  const changes = differences.map(({ key, values: [here, there] }) => {
    return `${key}: ${there.value} instead of ${here.value}`;
  });
  return [
    ...wrap(`${id}: ${title}`, '    ', '  ').map((line) => style.strong(line)),
    ...(changes.length > 0 ? changes : ['the same values']).flatMap((change) =>
      wrap(change, '      ', '    '),
    ),
  ];
}

function valueLines(values: readonly ProfileValue[], style: Style): string[] {
  return values.flatMap(({ key, value, about, source, confidence }) => [
    ...wrap(`${key}: ${value}`, '      ', '  ').map((line) => style.strong(line)),
    ...wrap(about, '    '),
    ...wrap(`${confidence}: ${source}`, '      ', '    ').map((line) => style.dim(line)),
  ]);
}

/** Only what differs, each with both values and both sources. */
export function renderProfileComparison(comparison: ProfileComparison, options: TextOptions = {}): string {
  const style = options.style ?? PLAIN;
  const { ids, differences, compared } = comparison;
  const count = differences.length;
  const verdict =
    count === 0
      ? `${ids[0]} and ${ids[1]} agree in all ${compared} settings.`
      : `${ids[0]} and ${ids[1]} differ in ${count} of ${compared} settings.`;
  const room = Math.max(width(ids[0]), width(ids[1]));
  const values = differences.flatMap((difference) => difference.values);
  const sections = [
    wrap(verdict).map((line) => style.title(line)),
    ...differences.map((difference) => differenceLines(difference, ids, room, style)),
    legend(values, style),
  ];
  return done(joined(sections), options);
}

function differenceLines(
  { key, about, values }: ProfileDifference,
  ids: readonly [string, string],
  room: number,
  style: Style,
): string[] {
  const margin = ' '.repeat(room + 6);
  const sides = values.flatMap(({ value, source, confidence }, index) => [
    ...wrap(value, margin, `    ${padEnd(ids[index]!, room)}  `).map((line) => style.strong(line)),
    ...wrap(`${confidence}: ${source}`, margin).map((line) => style.dim(line)),
  ]);
  return [...wrap(`${key}: ${about}`, '    ', '  '), ...sides];
}

/** What the words in front of the sources mean; only those that were used. */
function legend(values: readonly ProfileValue[], style: Style): string[] {
  const used = new Set(values.map(({ confidence }) => confidence));
  const words = (Object.keys(CONFIDENCE_MEANINGS) as Confidence[]).filter((word) => used.has(word));
  return words.flatMap((word) =>
    wrap(`${word}: ${CONFIDENCE_MEANINGS[word]}`, '  ', '').map((line) => style.dim(line)),
  );
}

function joined(sections: readonly (readonly string[])[]): string[] {
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

function done(lines: readonly string[], options: TextOptions): string {
  const text = finish(lines);
  return options.unicode === false ? toAscii(text) : text;
}
