/** `file`, `auto`, `secondary` (CoreDNS 1.14, README.md of each). */
import { MINUTE } from '../../../base/time.ts';
import type { FilePlugin } from '../plugins.ts';
import type { StatementReader } from '../statement-reader.ts';

type Draft = { -readonly [K in keyof FilePlugin]: FilePlugin[K] };

export function readFilePlugin(reader: StatementReader): FilePlugin {
  const plugin = reader.name.text as FilePlugin['plugin'];
  const [source, ...zones] = reader.arguments;
  const isFile = plugin === 'file';
  if (isFile && !source) reader.fail(reader.name, 'names no master file', 'write file db.example.org');
  const draft: Draft = {
    plugin,
    line: reader.name.line,
    zones: reader.zonesOr(isFile ? zones : reader.arguments),
    source: isFile ? (source?.text ?? '') : '',
    from: [],
    reload: plugin === 'secondary' ? 0 : MINUTE,
    fallthrough: undefined,
  };
  reader.options(
    {
      reload: ([word]) => {
        draft.reload = reader.duration(word, MINUTE);
      },
      directory: ([word]) => {
        draft.source = word?.text ?? '';
      },
      fallthrough: (words) => {
        draft.fallthrough = reader.fallthrough(words, draft.zones);
      },
      transfer: ([way, ...words]) => {
        if (way?.text === 'from') draft.from = [...draft.from, ...words.map(({ text }) => text)];
        else if (way?.text === 'to') reader.quiet('transfer to');
        else
          reader.fail(
            way ?? reader.name,
            'transfer goes from or to addresses',
            'write transfer from 192.0.2.1',
          );
      },
    },
    ['upstream', 'no_reload', 'catalog', 'tsig'],
    { reload: 1 },
  );
  if (plugin === 'secondary' && draft.from.length === 0) {
    reader.fail(reader.name, 'names no primary', 'add transfer from ADDRESS');
  }
  if (plugin === 'auto' && draft.source === '') reader.fail(reader.name, 'names no directory');
  return draft;
}
