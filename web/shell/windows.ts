/** The windows over the page: each is loaded when it is first opened. */
import type { Shared } from '../share/codec.ts';
import type { Source } from '../share/contract.ts';
import type { AboutElement } from './about.ts';
import type { HandOverElement } from './hand-over.ts';
import type { HelpElement } from './help.ts';
import type { PaletteElement } from './palette.ts';

export class Windows {
  readonly #root: ParentNode;

  /** @param root holds an element for each window */
  constructor(root: ParentNode) {
    this.#root = root;
  }

  async about(source: Source): Promise<void> {
    await import('./about.ts');
    await this.#find<AboutElement>('dnsdrill-about').show(source);
  }

  async help(): Promise<void> {
    await import('./help.ts');
    await this.#find<HelpElement>('dnsdrill-help').show();
  }

  async palette(): Promise<void> {
    await import('./palette.ts');
    await this.#find<PaletteElement>('dnsdrill-palette').show();
  }

  /** As `HandOverElement.showLink` has it. */
  async share(shared: Shared, repeat: readonly string[] | undefined): Promise<void> {
    await import('./hand-over.ts');
    await this.#find<HandOverElement>('dnsdrill-hand-over').showLink(shared, repeat);
  }

  async exports(source: Source): Promise<void> {
    await import('./hand-over.ts');
    await this.#find<HandOverElement>('dnsdrill-hand-over').showExports(source);
  }

  #find<E extends HTMLElement>(name: string): E {
    return this.#root.querySelector<E>(name)!;
  }
}
