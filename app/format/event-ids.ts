/** Facts of the ledger as somebody types them: event ids, or numbers of entries, which mean their first event. Pure. */
export function listed(typed: string): readonly string[] {
  return [...new Set(typed.split(/[\s,]+/).filter((one) => one !== ''))]
}

export function eventIdsIn(typed: string): readonly string[] {
  return listed(typed).map((one) => (/^\d{1,12}$/.test(one) ? `${one.padStart(12, '0')}-000` : one))
}
