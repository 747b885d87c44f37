/**
 * The anchors that GitHub gives to headings.
 *
 *     Usage            usage
 *     Usage (again)    usage-again
 *     Usage            usage-1
 *
 * Lower case; letters, digits, marks, hyphens, underscores and spaces stay; spaces become hyphens. A slug that is taken
 * gets the next free number.
 */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
}

/** Gives out slugs in the order of the headings. */
export function slugger(): (text: string) => string {
  const taken = new Map<string, number>()
  return (text) => {
    const wanted = slug(text)
    let given = wanted
    let count = taken.get(wanted) ?? 0
    while (taken.has(given)) given = `${wanted}-${++count}`
    taken.set(wanted, count)
    if (given !== wanted) taken.set(given, 0)
    return given
  }
}
