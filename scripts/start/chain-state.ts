/**
 * The file in which the development chain keeps itself, and a copy of it that is whole.
 *
 * anvil writes its state in place, once a second: killed in the middle, it leaves half a file. So a readable state is
 * copied aside as soon as it holds new blocks, and a start that finds half a file begins from that copy.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../../protocol/wire/fault.ts'
import { pause } from '../../runtime/clock/clock.ts'
import { writeWhole } from '../../runtime/files/files.ts'

export function stateFile(folder: string): string {
  return join(folder, 'state.json')
}

function keptFile(folder: string): string {
  return join(folder, 'state.kept.json')
}

/** Copy the state aside when it is whole. Answers its last block; undefined while there is none, or half of one. */
export function keepState(folder: string): number | undefined {
  const read = readState(stateFile(folder))
  if (read === undefined) return undefined
  writeWhole(keptFile(folder), read.text)
  return read.block
}

/** Before a start: half a state gives way to the copy. Answers whether it had to. Throws `chain-state-damaged`. */
export function restoreState(folder: string): boolean {
  const file = stateFile(folder)
  if (!existsSync(file) || readState(file) !== undefined) return false
  const kept = readState(keptFile(folder))
  if (kept === undefined) throw new Fault('chain-state-damaged', { file })
  writeWhole(file, kept.text)
  return true
}

/** Waits until everything up to this block would survive a kill. Throws `chain-not-saving`. */
export async function untilKept(folder: string, block: number, withinMs: number): Promise<void> {
  const until = Date.now() + withinMs
  while ((keepState(folder) ?? -1) < block) {
    if (Date.now() > until) throw new Fault('chain-not-saving', { file: stateFile(folder) })
    await pause(100)
  }
}

function readState(file: string): { readonly text: string; readonly block: number } | undefined {
  try {
    const text = readFileSync(file, 'utf8')
    const block = Number((JSON.parse(text) as { best_block_number?: unknown }).best_block_number)
    return Number.isSafeInteger(block) ? { text, block } : undefined
  } catch {
    return undefined
  }
}
