import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Actor } from '../../app/data/actors.ts'
import { walletFault } from '../../app/errors/wallet.ts'
import { actorOf, walletState, type Connection } from '../../app/wallet/state.ts'
import { WALLET } from './missions.ts'

const noor: Actor = {
  id: 'noor',
  kind: 'human',
  wallet: WALLET,
  operator: null,
  region: 'ME',
  organization: 'h',
  trust_micro: null,
}
const connected: Connection = { status: 'connected', address: WALLET, chainId: 31337, withdrew: false }
const CHAIN = 31337

describe('the state of the wallet', () => {
  it('is ready for a known human on the right network, however the address is spelled', () => {
    const mixed = { ...connected, address: WALLET.toUpperCase().replace('0X', '0x') }
    assert.deepEqual(walletState(mixed, CHAIN, [noor]), { kind: 'ready', address: WALLET, human: noor })
  })

  it('is elsewhere on another network, whoever it is', () => {
    const away = walletState({ ...connected, chainId: 1 }, CHAIN, [noor])
    assert.deepEqual(away, { kind: 'elsewhere', address: WALLET, chainId: 1, human: noor })
    assert.equal(actorOf(away), 'noor')
  })

  it('is a stranger’s when nobody here has that wallet; a machine has none', () => {
    assert.equal(walletState(connected, CHAIN, []).kind, 'stranger')
    assert.equal(walletState(connected, CHAIN, [{ ...noor, kind: 'machine' }]).kind, 'stranger')
    assert.equal(actorOf(walletState(connected, CHAIN, [])), '')
  })

  it('is connecting until it is known who is known', () => {
    assert.equal(walletState(connected, CHAIN, undefined).kind, 'connecting')
    const again: Connection = { status: 'reconnecting', address: undefined, chainId: undefined, withdrew: false }
    assert.equal(walletState(again, CHAIN, []).kind, 'connecting')
  })

  it('is locked when it withdrew, none when its human left', () => {
    const gone: Connection = { status: 'disconnected', address: undefined, chainId: undefined, withdrew: true }
    assert.equal(walletState(gone, CHAIN, []).kind, 'locked')
    assert.equal(walletState({ ...gone, withdrew: false }, CHAIN, []).kind, 'none')
  })
})

describe('what a wallet throws', () => {
  const codes: readonly (readonly [unknown, string])[] = [
    [{ code: 4001 }, 'wallet-rejected'],
    [{ code: 4100 }, 'wallet-locked'],
    [{ code: 4200 }, 'wallet-unsupported'],
    [{ code: 4902 }, 'wallet-network'],
    [{ code: -32002 }, 'wallet-busy'],
    [{ code: -32603 }, 'wallet-failed'],
    [new Error('anything'), 'wallet-failed'],
    ['a text', 'wallet-failed'],
    [undefined, 'wallet-failed'],
  ]

  it('is told by its code, however deep it lies', () => {
    for (const [thrown, code] of codes) {
      assert.equal(walletFault(thrown).code, code)
      assert.equal(walletFault(new Error('outer', { cause: new Error('inner', { cause: thrown }) })).code, code)
    }
  })

  it('may be a chain of causes that goes in circles', () => {
    const circle: { cause?: unknown } = {}
    circle.cause = circle
    assert.equal(walletFault(circle).code, 'wallet-failed')
  })
})
