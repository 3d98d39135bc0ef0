// What Electron's executable is called inside a distribution, by platform.
// Knows nothing of where a distribution lies.

/** Path of the executable inside an unpacked distribution whose product is called `name`. */
export function executableName(name: string): string {
  switch (process.platform) {
    case 'darwin':
      return `${capitalised(name)}.app/Contents/MacOS/${capitalised(name)}`;
    case 'win32':
      return `${name}.exe`;
    default:
      return name;
  }
}

/** Path of the resources folder inside an unpacked distribution. */
export function resourcesPath(name: string): string {
  return process.platform === 'darwin' ? `${capitalised(name)}.app/Contents/Resources` : 'resources';
}

function capitalised(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
