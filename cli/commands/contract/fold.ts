/**
 * A running deployment's ledger, read through its public interface and folded here: every signature checked, every
 * entry decided again, every property asked. What the contract's evidence says is from this fold, not from its host.
 *
 * Faults: `ledger-does-not-fold` with the entry and the reason, `runtime-unreachable`.
 */
import { brokenByEntry, brokenInState } from '../../../protocol/catalogue/properties/all.ts'
import type { Broken } from '../../../protocol/catalogue/properties/property.ts'
import { checksOf, emptyState, readEntry, replay, type State } from '../../../protocol/genesis.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { verifyWithSodium } from '../../../runtime/signatures/signatures.ts'

export type Fold = {
  readonly state: State
  readonly entries: number
  readonly withheld: number
  readonly signatures: number
  readonly draws: number
  readonly broken: readonly Broken[]
}

const PAGE = 1000

export async function foldLedger(url: string, onProgress: (entries: number) => void): Promise<Fold> {
  const state = emptyState()
  const figures = { withheld: 0, signatures: 0, draws: 0 }
  const broken: Broken[] = []
  for (;;) {
    const texts = await page(url, state.books.next)
    for (const text of texts) take(state, text, figures, broken)
    onProgress(state.books.next)
    if (texts.length < PAGE) break
  }
  return { state, entries: state.books.next, ...figures, broken: [...broken, ...brokenInState(state)] }
}

async function page(url: string, from: number): Promise<readonly string[]> {
  try {
    const response = await fetch(`${url}/v1/entries?from=${from}&limit=${PAGE}`)
    if (!response.ok) throw new Fault('runtime-answer-unreadable', { url, status: response.status })
    return (await response.text()).split('\n').filter((line) => line !== '')
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault('runtime-unreachable', { url }, { cause })
  }
}

function take(
  state: State,
  text: string,
  figures: { withheld: number; signatures: number; draws: number },
  broken: Broken[],
): void {
  const seq = state.books.next
  const entry = readEntry(text, seq)
  if (!entry.ok) throw new Fault('ledger-does-not-fold', { seq, reason: entry.error.code })
  const checks = checksOf(state, entry.value.command)
  if ('code' in checks) throw new Fault('ledger-does-not-fold', { seq, reason: checks.code })
  const signatures = checks.map(({ signature, message, publicKey }) =>
    verifyWithSodium(signature, message(), publicKey),
  )
  if (signatures[0] !== true) throw new Fault('ledger-does-not-fold', { seq, reason: 'signature-invalid' })
  const taken = replay(state, entry.value, signatures)
  if (!taken.ok) throw new Fault('ledger-does-not-fold', { seq, reason: taken.error.code })
  figures.signatures += signatures.length
  if (taken.value.outcome === 'withheld') figures.withheld += 1
  figures.draws += taken.value.events.filter(({ event_type }) => DRAWS.includes(event_type)).length
  broken.push(...brokenByEntry(state, taken.value))
}

const DRAWS = ['review.assigned', 'review.replaced', 'review.panel_seated', 'review.panel_replaced']
