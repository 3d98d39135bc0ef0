// What is said of the store itself, in English: damaged lists and their copies, verdicts of other lists, forgetting by age.
// `date`, `time`, `count`: as the user reads them.

export const enStorage = {
  damaged: {
    title: 'This list cannot be opened',
    offer: (time: string) => `There is a copy of ${time}. What was verified after that would have to be asked again.`,
    noCopy: 'There is no copy of it. Other lists are not affected.',
    restore: 'Restore the copy',
    restored: (name: string, time: string) => `“${name}” is as it was on ${time}.`,
  },
  library: {
    title: 'The lists cannot be opened',
    text: (reason: string) => `${reason}\n\nIt can be set aside, and the list of your lists made again from its last copy and from the lists themselves. Nothing is deleted.`,
    recover: 'Set Aside and Go On',
    quit: 'Quit',
  },
  reused: (count: number, shown: string) => `${shown} ${count === 1 ? 'verdict' : 'verdicts'} of your other lists used again`,
  coming: {
    list: (time: string) => `This list will be deleted on ${time}, as your preferences say. It stays if you work on it before.`,
    verdicts: (time: string) => `The verdicts of this list will be deleted on ${time}, as your preferences say. They stay if you work on the list before.`,
  },
  known: {
    none: 'No verdict is remembered for other lists.',
    some: (count: number, shown: string) =>
      `${shown} ${count === 1 ? 'verdict is' : 'verdicts are'} remembered for other lists. No address is among them: only a code that nobody can turn back without this machine’s key.`,
    forget: 'Forget them now',
    forgotten: 'Nothing is remembered any more.',
  },
  copies: (count: number, shown: string, size: string) => `${shown} ${count === 1 ? 'copy' : 'copies'}, ${size} in all.`,
  networkDrive: (kind: string) =>
    `The lists lie on a network drive (${kind}). Such drives lose locks and writes now and then, which can damage lists. Keep them on a disk of this machine.`,
} as const;
