/** Handing things to the user: files to save, text to the clipboard, pictures. */

/** Lets the browser save a text or picture under a name. */
export function save(name: string, content: string | Blob, type = 'text/plain'): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  link.download = name;
  link.click();
  // The download has taken hold of the content by the next task.
  setTimeout(() => URL.revokeObjectURL(link.href));
}

/** Puts a text on the clipboard. @returns whether the browser allowed it */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand(text);
  }
}

/** Where the page has no access to the clipboard (plain HTTP): the selection of a hidden field. */
function copyByCommand(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  const { activeElement } = document;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (activeElement instanceof HTMLElement) activeElement.focus();
  return done;
}

/** A file name out of a title: `a-region-dies`. */
export function fileNameOf(title: string): string {
  const name = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return name || 'dnsdrill';
}

/** The picture as PNG, twice as fine as on screen, in the colours of the page. */
export async function pngOf(svg: string, isDark: boolean, scale = 2): Promise<Blob> {
  const image = new Image();
  const scheme = svg.replace('color-scheme:light dark', `color-scheme:${isDark ? 'dark' : 'light'}`);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(scheme)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * scale;
  canvas.height = image.naturalHeight * scale;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large'))),
      'image/png',
    );
  });
}
