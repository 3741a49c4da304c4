/** What a timeline entry aims at, as it is written: `endpoint us-east`, `plane main/control`, `path a/b`. */
import { didYouMean } from '../base/suggest.ts';
import { PLANES } from '../model/spec.ts';
import { type Kind, nameKind, Problem, quote } from './kinds.ts';

export const TARGET_FORMS = {
  endpoint: 'endpoint NAME',
  server: 'server NAME',
  site: 'site SERVER@REGION',
  provider: 'provider NAME',
  plane: 'plane PROVIDER/PLANE',
  region: 'region NAME',
  resolver: 'resolver NAME',
  path: 'path REGION/REGION',
} as const;

export type TargetWord = keyof typeof TARGET_FORMS;

/** A target split into its parts; names are not looked up yet. */
export interface TargetText {
  readonly word: TargetWord;
  readonly name: string;
  /** Region of a site, plane of a provider, other end of a path. */
  readonly detail?: string;
}

const SEPARATORS: Readonly<Partial<Record<TargetWord, string>>> = { site: '@', plane: '/', path: '/' };

export const targetKind: Kind<TargetText> = {
  noun: 'a target',
  json: { type: 'string', pattern: `^(${Object.keys(TARGET_FORMS).join('|')}) .+$` },
  read(raw) {
    const parts = typeof raw === 'string' ? /^\s*(\S+)\s+(.+?)\s*$/.exec(raw) : null;
    if (!parts) return wrong(raw, `write one of: ${Object.values(TARGET_FORMS).join(', ')}`);
    const [, word, rest] = parts as unknown as [string, string, string];
    if (!Object.hasOwn(TARGET_FORMS, word)) return wrong(raw, didYouMean(word, Object.keys(TARGET_FORMS)));
    return split(word as TargetWord, rest, raw);
  },
  show: (value) => {
    const tail = value.detail === undefined ? '' : `${SEPARATORS[value.word]}${value.detail}`;
    return `${value.word} ${value.name}${tail}`;
  },
};

function split(word: TargetWord, rest: string, raw: unknown): TargetText | Problem {
  const separator = SEPARATORS[word];
  if (separator === undefined) return word === 'server' ? server(rest, raw) : { word, name: rest };
  const at = rest.lastIndexOf(separator);
  if (at <= 0 || at === rest.length - 1) return wrong(raw, `write ${TARGET_FORMS[word]}`);
  const [name, detail] = [rest.slice(0, at).trim(), rest.slice(at + 1).trim()];
  if (word === 'plane' && !PLANES.some((plane) => plane === detail)) {
    return wrong(raw, didYouMean(detail, PLANES));
  }
  if (word !== 'site') return { word, name, detail };
  const read = server(name, raw);
  return read instanceof Problem ? read : { word, name: read.name, detail };
}

function server(text: string, raw: unknown): TargetText | Problem {
  const name = nameKind.read(text);
  return name instanceof Problem ? wrong(raw, name.message) : { word: 'server', name };
}

function wrong(raw: unknown, hint: string | undefined): Problem {
  return new Problem('scenario-bad-target', `${quote(raw)} is not a target`, hint);
}
