/** Freeze plain data all the way down, so that what was judged is what is read. Expects no circles. */
export function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const key of Reflect.ownKeys(value)) freeze((value as { [key: PropertyKey]: unknown })[key])
  }
  return value
}
