import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  accountOfRegistry,
  placeOfRegistry,
  registryAccount,
  statementOf,
  tokenId,
} from '../../../protocol/wire/agent-registry.ts'
import { fits } from '../../../protocol/wire/shape.ts'

const ADDRESS = `0x${'8a'.repeat(20)}`

describe('a registry as a CAIP-10 account', () => {
  it('is read as it is written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 49 }),
        fc.bigInt({ min: 0n, max: (1n << 160n) - 1n }),
        (chainId, n) => {
          const place = { chainId, contract: `0x${n.toString(16).padStart(40, '0')}` }
          const account = accountOfRegistry(place)
          assert.ok(fits(registryAccount, account))
          assert.deepEqual(placeOfRegistry(account), place)
        },
      ),
    )
  })

  const bad = [
    ADDRESS,
    `EIP155:1:${ADDRESS}`,
    `eip155:1:${ADDRESS.toUpperCase()}`,
    `eip155:0:${ADDRESS}`,
    `eip155:01:${ADDRESS}`,
    `eip155:1:${ADDRESS}0`,
    `solana:1:${ADDRESS}`,
    '__proto__',
    '',
    22,
  ]
  for (const account of bad) {
    it(`has one spelling, which is not ${JSON.stringify(account)}`, () => {
      assert.equal(fits(registryAccount, account), false)
    })
  }
})

describe('the id of a token', () => {
  it('is any number of 256 bits', () => {
    for (const id of [0n, 1n, 22n, (1n << 256n) - 1n]) assert.ok(fits(tokenId, String(id)))
    assert.equal(fits(tokenId, String(1n << 256n)), false)
  })

  for (const id of ['', '00', '022', '-1', '1e3', '0x16', ' 22', '22\n', 22]) {
    it(`has one spelling, which is not ${JSON.stringify(id)}`, () => {
      assert.equal(fits(tokenId, id), false)
    })
  }
})

describe('the statement of a token’s holder', () => {
  it('is the bytes of a text that a person can read', () => {
    const value = statementOf('sha256:ab', 'worker-1')
    assert.equal(Buffer.from(value.slice(2), 'hex').toString('utf8'), 'genesis:sha256:ab:worker-1')
  })
})
