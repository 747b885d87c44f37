/** Hashes for the eye: whole, in groups that can be compared with a wallet's screen. */

/** The prefix and groups of eight characters: `sha256:` `0123abcd` … */
export function groups(hash: string): { readonly prefix: string; readonly groups: readonly string[] } {
  const found = /^(sha256:|0x)?([0-9a-fA-F]+)$/.exec(hash)
  if (found === null) return { prefix: '', groups: [hash] }
  const [, prefix = '', digits = ''] = found
  return { prefix, groups: digits.match(/.{1,8}/g) ?? [] }
}

/** Beginning and end, where the whole stands nearby or would only be noise. Never for what is signed. */
export function short(hash: string): string {
  const { prefix, groups: all } = groups(hash)
  const digits = all.join('')
  return digits.length <= 16 ? hash : `${prefix}${digits.slice(0, 6)}…${digits.slice(-6)}`
}
