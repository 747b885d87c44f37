/** A command of `genesis`: its words, and what it does. */
export type Io = {
  /** The answer, on standard output. */
  readonly out: (text: string) => void
  /** Progress and warnings, on standard error. */
  readonly err: (text: string) => void
  /** Whether a person watches standard error: only then is there progress. */
  readonly watched: boolean
}

export type Command = {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** Usage, options, an example or more, exit codes. */
  readonly help: string
  /** Answers the exit code: 0 yes, 1 no, 2 the input could not be used. */
  readonly run: (args: readonly string[], io: Io) => Promise<number>
}

export const EXIT = { yes: 0, no: 1, unusable: 2 } as const
