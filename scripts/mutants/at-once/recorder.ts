/** What stands for `node:test` while mutants are tried at once: it writes the tests down, and somebody else runs them. */
export type Recorded = {
  readonly file: string
  readonly name: string
  readonly run: () => unknown
  readonly text: string
}

export const recorded: Recorded[] = []

/** The test file that is being read. */
export const reading = { file: '' }

const path: string[] = []

type Body = (context: unknown) => unknown

export function describe(name: string, ...rest: readonly unknown[]): void {
  path.push(name)
  bodyOf(rest)({})
  path.pop()
}

export function it(name: string, ...rest: readonly unknown[]): void {
  const body = bodyOf(rest)
  const { file } = reading
  const run = async (): Promise<void> => {
    try {
      await body({})
    } finally {
      for (const hook of afterwards.get(file) ?? []) await hook({})
    }
  }
  recorded.push({ file, name: [...path, name].join(' · '), run, text: body.toString() })
}

const afterwards = new Map<string, readonly Body[]>()

/** Of all tests of its file. */
export function afterEach(hook: Body): void {
  afterwards.set(reading.file, [...(afterwards.get(reading.file) ?? []), hook])
}

export const test = it
export default it

/** Options may stand before it. */
function bodyOf(rest: readonly unknown[]): Body {
  const body = rest.find((argument) => typeof argument === 'function')
  if (body === undefined) throw new TypeError('a test without a body')
  return body as Body
}
