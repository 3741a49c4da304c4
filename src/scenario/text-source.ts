/** Text that a scenario gives as the name of a file beside it, or inline: configuration of other software. */
import type { Issue } from '../base/issue.ts';
import { nodeAt, type Path, type TreeNode } from './document/tree.ts';
import type { FolderFiles } from './files.ts';
import type { IssueList } from './issues.ts';

/** Where texts and their problems belong. */
export interface TextPlaces {
  readonly files: FolderFiles;
  readonly issues: IssueList;
  readonly tree: TreeNode;
}

export interface TextSource {
  readonly text: string;
  /** How messages name it. */
  readonly file: string;
  /** A file named inside the text; the path is relative to its own folder. */
  beside(path: string): string | undefined;
  /** Problems of the text, in lines and columns of its own. */
  report(issues: readonly Issue[]): void;
}

/** Several lines are the text itself, one line names a file. @returns nothing, reported, where there is no file */
export function textSource(places: TextPlaces, path: Path, written: string): TextSource | undefined {
  return written.includes('\n') ? inline(places, path, written) : fromFile(places, path, written);
}

function fromFile({ files, issues }: TextPlaces, path: Path, file: string): TextSource | undefined {
  const result = files.read(file);
  if ('problem' in result) {
    const outside = result.problem === 'outside';
    const message = outside ? `'${file}' lies outside the scenario's folder` : `there is no file '${file}'`;
    const hint = "the file stands in the scenario's folder or below it, or its text stands here after |";
    issues.add(path, `scenario-file-${result.problem}`, message, { hint });
    return undefined;
  }
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  return {
    text: result.text,
    file: files.display(file),
    beside: (inner) => textOf(files.read(folder + inner)),
    report: (found) => {
      issues.issues.push(...found);
    },
  };
}

function inline({ files, issues, tree }: TextPlaces, path: Path, text: string): TextSource {
  const node = nodeAt(tree, path);
  const block = node?.kind === 'scalar' ? node.block : undefined;
  const at = node?.place ?? tree.place;
  return {
    text,
    file: at.file,
    beside: (inner) => textOf(files.read(inner)),
    report: (found) => {
      for (const issue of found) {
        const { line, column } = issue.place ?? { line: 1, column: 1 };
        const place = block
          ? { file: block.file, line: block.line + line - 1, column: block.column + column - 1 }
          : at;
        issues.issues.push({ ...issue, place });
      }
    },
  };
}

function textOf(result: { readonly text: string } | { readonly problem: string }): string | undefined {
  return 'text' in result ? result.text : undefined;
}
