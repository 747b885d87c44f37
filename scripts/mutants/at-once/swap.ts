/**
 * One module that can stand for many: its exports ask at every call which copy of it is in force.
 *
 *     in force: none        the law as it is
 *     in force: a mutant    functions of that one file are those of the mutant's copy, wherever they are called from
 *
 * Functions are exchanged, also inside of lists and plain objects (a constraint's `check`, a command's `decide`). Other
 * values are not: a mutant that changes an exported number is tried the other way, by itself.
 */
type Exports = { readonly [name: string]: unknown }

export const inForce: { file: string | undefined; exports: Exports } = { file: undefined, exports: {} }

/** An export of a file as all others see it. */
export function swappable(file: string, name: string, value: unknown): unknown {
  return through(file, [name], value)
}

function through(file: string, path: readonly string[], value: unknown): unknown {
  if (typeof value === 'function') return isClass(value) ? value : asking(file, path, value as Callable)
  if (Array.isArray(value)) return value.map((item, i) => through(file, [...path, String(i)], item))
  if (!isPlain(value) || path.length > 6) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, through(file, [...path, key], item)]))
}

type Callable = (...given: readonly unknown[]) => unknown

function asking(file: string, path: readonly string[], original: Callable): Callable {
  return function (this: unknown, ...given) {
    const called = inForce.file === file ? (at(inForce.exports, path) as Callable) : original
    return Reflect.apply(called, this, given)
  }
}

function at(exports: Exports, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Exports)[key], exports)
}

function isClass(value: unknown): boolean {
  return Function.prototype.toString.call(value).startsWith('class')
}

function isPlain(value: unknown): value is Exports {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
