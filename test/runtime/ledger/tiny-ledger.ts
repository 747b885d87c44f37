/** A ledger under the tiny law, as the tests of this room open it. */
import { millis } from '../../../protocol/wire/time.ts'
import { openLedger, type Opening } from '../../../runtime/ledger/ledger.ts'
import { openSqliteStore } from '../../../runtime/ledger/stores/sqlite.ts'
import type { Answer, Ledger } from '../../../runtime/ports/ledger.ts'
import { verifyWithSodium } from '../../../runtime/signatures/signatures.ts'
import { tinyLaw, type TinyCommand, type TinyState } from '../../support/tiny-law.ts'

export type TinyLedger = Ledger<TinyState, TinyCommand>

export const law = tinyLaw()

/** 2026-02-13T09:05:07.042Z */
export const NOON = millis(1_770_973_507_042)

export function fixedClock(at: number = NOON): { now(): ReturnType<typeof millis>; set(at: number): void } {
  let current = millis(at)
  return {
    now: () => current,
    set: (next) => {
      current = millis(next)
    },
  }
}

export function openTiny(folder: string, parts: Partial<Opening<TinyState, TinyCommand>> = {}): Promise<TinyLedger> {
  return openLedger({
    store: parts.store ?? openSqliteStore(folder),
    law,
    verify: verifyWithSodium,
    clock: fixedClock(),
    ...parts,
  })
}

export function send(ledger: TinyLedger, envelope: string): Promise<Answer> {
  const command = law.admit(envelope)
  if (!command.ok) throw new Error(command.error.code)
  return ledger.submit(command.value)
}

/** The answer, which has to be an entry. */
export async function record(ledger: TinyLedger, envelope: string) {
  const answer = await send(ledger, envelope)
  if (answer.kind !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(answer)}`)
  return answer
}
