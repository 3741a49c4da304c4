/** `template` (CoreDNS 1.14 plugin/template/README.md). */
import { goPattern } from '../patterns.ts';
import type { TemplatePlugin } from '../plugins.ts';
import type { OptionReader, StatementReader } from '../statement-reader.ts';

type Draft = { -readonly [K in keyof TemplatePlugin]: TemplatePlugin[K] };

/** What the templates here can say; see the model's reader of templates. */
const SAYABLE =
  /^\s*(?:\.Name|\.Zone|\.Type|\.Class|\.Remote|\.Group\.\w+|index \.Match \d+|parseInt \.Group\.\w+ \d+ \d+)\s*$/;

export function readTemplate(reader: StatementReader): TemplatePlugin {
  const [family, type, ...zones] = reader.arguments;
  if (!type) reader.fail(reader.name, 'needs a class and a type', 'write template IN A');
  else if (!['IN', 'ANY'].includes(family!.text.toUpperCase())) {
    reader.fail(family!, `the class ${family!.text} is never asked for`, 'write template IN A');
  }
  const draft: Draft = {
    plugin: 'template',
    line: reader.name.line,
    zones: reader.zonesOr(zones),
    matches: [],
    answer: [],
    authority: [],
    additional: [],
    rcode: 'NOERROR',
    fallthrough: undefined,
  };
  if (type && type.text.toUpperCase() !== 'ANY') {
    const wanted = reader.type(type);
    if (wanted !== undefined) draft.type = wanted;
  }
  readOptions(reader, draft);
  return draft;
}

function readOptions(reader: StatementReader, draft: Draft): void {
  reader.options(
    {
      match: (words) => {
        for (const word of words.filter(({ text }) => !goPattern(text))) {
          reader.fail(word, `'${word.text}' is no pattern`);
        }
        draft.matches = [...draft.matches, ...words.map(({ text }) => text)];
      },
      answer: section(reader, draft, 'answer'),
      authority: section(reader, draft, 'authority'),
      additional: section(reader, draft, 'additional'),
      rcode: ([word]) => {
        const known = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'] as const;
        draft.rcode = reader.oneOf(word && { ...word, text: word.text.toUpperCase() }, known, 'NOERROR');
      },
      fallthrough: (words) => {
        draft.fallthrough = reader.fallthrough(words, draft.zones);
      },
    },
    ['ederror', 'upstream'],
    { rcode: 1 },
  );
}

function section(
  reader: StatementReader,
  draft: Draft,
  key: 'answer' | 'authority' | 'additional',
): OptionReader {
  return (words) => {
    const text = words.map((word) => word.text).join(' ');
    for (const [whole, said] of text.matchAll(/\{\{(.*?)\}\}/g)) {
      if (SAYABLE.test(said!)) continue;
      reader.warn(words[0]!, 'corefile-not-modelled', `${whole} is not modelled: such an answer is SERVFAIL`);
    }
    draft[key] = [...draft[key], text];
  };
}
