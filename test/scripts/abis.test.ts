/** generated/abis.ts: what is in it, and that it does not depend on the order of a build. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { abisModule } from '../../scripts/hardhat/abis-hook.ts'

const artifact = (contractName: string, file = `contracts/${contractName}.sol`) => ({
  contractName,
  inputSourceName: `project/${file}`,
  abi: [{ type: 'error', name: `${contractName}Failed`, inputs: [] }],
  bytecode: '0x60',
})

const names = (module: string) => [...module.matchAll(/export const (\w+) =/g)].map((match) => match[1])

test('contracts of the project, by name, in one order', () => {
  const [gate, log] = [artifact('FinalGate'), artifact('CommitmentLog')]
  assert.deepEqual(names(abisModule([gate, log])), ['commitmentLogAbi', 'finalGateAbi'])
  assert.equal(abisModule([gate, log]), abisModule([log, gate]))
})

test('not what has no code, not tests, not packages', () => {
  const left = [
    { ...artifact('IFinalGate'), bytecode: '0x' },
    artifact('FinalGateTest', 'contracts/FinalGate.t.sol'),
    artifact('Wallet', 'contracts/test/Wallet.sol'),
    { ...artifact('Ownable'), inputSourceName: 'npm/@openzeppelin/contracts@5.7.0/access/Ownable.sol' },
  ]
  assert.deepEqual(names(abisModule(left)), [])
})

test('two contracts of one name are refused', () => {
  assert.throws(() => abisModule([artifact('Gate', 'contracts/a/Gate.sol'), artifact('Gate', 'contracts/b/Gate.sol')]))
})
