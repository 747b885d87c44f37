/**
 * Whether a text shows anything at all.
 *
 * Spaces of every width, controls, format characters, fillers and variation selectors are drawn as nothing: a
 * reason made of them looks given and is not. The list is fixed here, not taken from the engine's Unicode
 * tables, because two hosts must never disagree on it.
 *
 * Source: Unicode 16, White_Space, Default_Ignorable_Code_Point and general category Cc; U+2800 (braille blank).
 */
const INVISIBLE: readonly (readonly [first: number, last: number])[] = [
  [0x0000, 0x0020],
  [0x007f, 0x00a0],
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x1680, 0x1680],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x2800, 0x2800],
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
]

export function isBlank(text: string): boolean {
  for (const character of text) {
    if (!isInvisible(character.codePointAt(0)!)) return false
  }
  return true
}

/** At least one visible character, as a regular expression with Unicode escapes (flag u). */
export const VISIBLE_PATTERN = `[^${INVISIBLE.map(([first, last]) => `${escaped(first)}-${escaped(last)}`).join('')}]`

function escaped(codePoint: number): string {
  return `\\u{${codePoint.toString(16)}}`
}

function isInvisible(codePoint: number): boolean {
  return INVISIBLE.some(([first, last]) => codePoint >= first && codePoint <= last)
}
