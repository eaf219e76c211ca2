// libsignal prints private ratchet keys with console.info. Nothing of ours uses the console.
const silent = (): void => {};
Object.assign(console, { log: silent, info: silent, warn: silent, error: silent, debug: silent });
