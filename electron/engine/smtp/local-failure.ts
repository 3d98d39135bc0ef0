// Which system errors of a connect are this machine's own: it could not open or bind a socket, and nothing is known of the
// other side (faults row 59). Pure.

/** Out of file descriptors (of the process, of the system), buffers, memory. */
const OUT_OF_SOCKETS: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);

/** `code`: Node's name of the errno. `bound`: whether the socket was to leave by a certain address. */
export function isLocalFailure(code: string, bound: boolean): boolean {
  // Without an address to bind to this is what running out of local ports looks like; with one the address is wrong.
  if (code === 'EADDRNOTAVAIL') return !bound;
  return OUT_OF_SOCKETS.has(code);
}
