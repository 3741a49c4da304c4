/** Files that come in: which are scenarios and which are zones, and how a zone is taken into a scenario. */
import { appendAt, removeAt, setAt } from './document/edit.ts';
import { Outline } from './document/outline.ts';

/** A scenario has a duration and clients; everything else is read as a zone. */
export function isScenario(name: string, text: string): boolean {
  if (/\.ya?ml$/i.test(name)) return true;
  if (/\.(zone|db)$/i.test(name)) return false;
  const outline = new Outline(text);
  return outline.sound && outline.keysAt([]).includes('clients');
}

/** Names of the zones a scenario lists, without final dots, by index. */
export function zonesOf(text: string): string[] {
  const outline = new Outline(text);
  return Array.from({ length: outline.lengthAt(['zones']) }, (_, index) => {
    const [name, file] = ['name', 'file'].map((key) => String(outline.valueAt(['zones', index, key]) ?? ''));
    return (name || originOf(file!)).replace(/\.$/, '');
  });
}

function originOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.(zone|db|txt)$/, '');
}

/** The scenario with a zone file in place of the zone of that name, or as one more zone. */
export function withZone(text: string, file: string, origin: string): string {
  const index = zonesOf(text).indexOf(origin);
  const named = originOf(file) === origin ? {} : { name: origin };
  if (index < 0) return appendAt(text, ['zones'], { file, ...named });
  const path = ['zones', index];
  const pointed = setAt(removeAt(text, [...path, 'records']), [...path, 'file'], file);
  return 'name' in named ? setAt(pointed, [...path, 'name'], origin) : pointed;
}
