/** Wallets spell one signature in several ways; the law takes one: lower case, v 27 or 28. */
export function normalSignature(given: string): `0x${string}` {
  const lower = given.toLowerCase()
  if (lower.length !== 132) return lower as `0x${string}`
  const v = Number.parseInt(lower.slice(130), 16)
  return (v < 2 ? `${lower.slice(0, 130)}${(v + 27).toString(16)}` : lower) as `0x${string}`
}
