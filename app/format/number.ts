/** Numbers for people. */
export function whole(value: number): string {
  return new Intl.NumberFormat().format(value)
}

/** Decimal units: 1.5 kB is 1,500 bytes. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  let value = count
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}

export function permille(value: number): string {
  return `${Math.floor(value / 10)} %`
}

/** Millionths as a decimal of one: 512 345 is `0.512345`. Exact. */
export function micro(value: number): string {
  const sign = value < 0 ? '−' : ''
  const digits = String(Math.abs(value)).padStart(7, '0')
  return `${sign}${digits.slice(0, -6)}.${digits.slice(-6).replace(/0{1,4}$/, '')}`
}

export function signedMicro(value: number): string {
  return value > 0 ? `+${micro(value)}` : micro(value)
}
