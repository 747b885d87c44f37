/**
 * Why a call reverts, as a stable code: the name of the contract's error, or `reverted` where it has none.
 *
 *     error DeadlinePassed(…)  ─▶  'deadline-passed'
 */
import { BaseError, decodeErrorResult, type Hex } from 'viem'
import { commitmentLogAbi, committeeRegistryAbi, finalGateAbi } from '../../generated/abis.ts'

const ERRORS = [...commitmentLogAbi, ...committeeRegistryAbi, ...finalGateAbi].filter(({ type }) => type === 'error')

/** Undefined where something else went wrong than that the call would revert. */
export function revertIn(cause: unknown): string | undefined {
  if (!(cause instanceof BaseError)) return undefined
  const reverted = cause.walk((inner) => inner instanceof Error && /revert/i.test(inner.message))
  if (reverted === null) return undefined
  const carrier = cause.walk((inner) => dataOf(inner) !== undefined)
  const data = carrier === null ? undefined : dataOf(carrier)
  return data === undefined ? 'reverted' : nameOf(data)
}

function dataOf(inner: unknown): Hex | undefined {
  const { data } = inner as { data?: unknown }
  return typeof data === 'string' && /^0x(?:[0-9a-f]{2}){4,}$/i.test(data) ? (data as Hex) : undefined
}

function nameOf(data: Hex): string {
  try {
    const { errorName } = decodeErrorResult({ abi: ERRORS, data })
    return errorName.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()
  } catch {
    return 'reverted'
  }
}
